// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/capture/call.hpp>
#include <sinter/capture/check.hpp>
#include <sinter/capture/commons.hpp>

namespace sinter::ir {

/// Appends the terms of an expression type to a formula; one visit to each node.
template <class E>
struct walk;

/// What an operand looks like at compile time.
constexpr operand_info info_of(shape const& s) {
    operand_info o{s.type, s.rank, s.contiguous || s.rank == 0, {}};
    for (int i = 0; i < s.rank; ++i) o.extent[i] = s.extent[i];
    return o;
}

/// An operand of the formula: a tensor, a view, a number, or a stored intermediate.
template <class E>
struct walk_operand {
    static constexpr int terms = 1, extents = E::info.rank;
    static constexpr int append(builder& b) {
        return append_or_recall<E>(b, [](builder& to) { return to.add_operand(info_of(E::info)); });
    }
};
template <class X> struct walk<borrowed<X>> : walk_operand<borrowed<X>> {};
template <class X> struct walk<owned<X>> : walk_operand<owned<X>> {};
template <class X> struct walk<scalar<X>> : walk_operand<scalar<X>> {};
template <class X> struct walk<expr<materialize_t, X>> : walk_operand<expr<materialize_t, X>> {};

/// What takes a slot and is no tensor.
template <class E>
struct walk_slot {
    static constexpr int terms = 1, extents = 0;    // a term of capacity: there are as many slots as terms
    static constexpr int append(builder& b) { return b.add_slot(info_of(E::info)); }
};
template <class F> struct walk<sinter::function<F>> : walk_slot<sinter::function<F>> {};
template <std::size_t N> struct walk<index_list<N>> : walk_slot<index_list<N>> {};

template <int I, class X>
struct walk<argument<I, X>> {
    static constexpr int terms = 0, extents = 0;
    static constexpr int append(builder& b) { return b.scope[I]; }
};

template <class Tag, class... C>
struct walk<expr<Tag, C...>> {
    static constexpr int terms = (1 + ... + walk<C>::terms);
    static constexpr int own_extents = Tag::ask().term.what == form::einsum ? (0 + ... + C::info.rank)
                                                                            : 3 * expr<Tag, C...>::info.rank + 1;
    static constexpr int extents = (own_extents + ... + walk<C>::extents);
    static constexpr int append(builder& b) { return append_or_recall<expr<Tag, C...>>(b, made); }

  private:
    static constexpr int made(builder& b) {
        int const args[sizeof...(C) + 1] = {walk<C>::append(b)...};
        int const t = ir::append(b, Tag::ask(), args, sizeof...(C));
        b.terms[t].type = expr<Tag, C...>::info.type;
        return t;
    }
};

/// Several results: their terms stand one after another, but for what they share.
template <class... C>
struct walk<expr<together_t, C...>> {
    static constexpr int terms = (0 + ... + walk<C>::terms), extents = (0 + ... + walk<C>::extents);
    static constexpr int append(builder& b) {
        if (b.common) b.common->scope = b.scope;
        (next<C>(b), ...);
        return b.size - 1;
    }

  private:
    template <class X>
    static constexpr void next(builder& b) {
        if (b.common) b.common->result = b.results;
        int const t = walk<X>::append(b);
        b.result[b.results++] = static_cast<std::int16_t>(t);
    }
};

template <class Body, class... Args>
struct walk<call<Body, Args...>> {
    static constexpr int terms = (walk<Body>::terms + ... + walk<Args>::terms);
    static constexpr int extents = (walk<Body>::extents + ... + walk<Args>::extents);
    static constexpr int append(builder& b) { return append_or_recall<call<Body, Args...>>(b, made); }

  private:
    static constexpr int made(builder& b) {
        std::int16_t const args[sizeof...(Args) + 1] = {static_cast<std::int16_t>(walk<Args>::append(b))...};
        std::int16_t const* const around = std::exchange(b.scope, args);
        int const t = walk<Body>::append(b);
        b.scope = around;
        return t;
    }
};

constexpr int capacity_for(int terms, int extents) {
    int const needed = terms > (extents - 8 + 3) / 4 ? terms : (extents - 8 + 3) / 4;
    return needed <= 16 ? 16 : needed <= 64 ? 64 : needed <= 256 ? 256 : 1024;
}

/// What must hold at run time so that a formula of several results is what was asked for.
template <int N>
struct guesses {
    int count = 0;              ///< of the slots of which something is asked
    std::int16_t value_of[N] = {}, shape_of[N] = {};    ///< see commons
};

namespace detail {
template <class E>
inline constexpr int room = capacity_for(walk<E>::terms, walk<E>::extents);

template <class E>
constexpr auto make_formula(commons* common) {
    formula<room<E>> f;
    static_assert(walk<E>::terms <= 1024, "sinter: a formula may have at most 1024 terms");
    builder b{f.terms, f.extents, f.operand};
    b.common = common;
    int const root = walk<E>::append(b);
    // A single root must be the last term: a function may return one of its arguments.
    if (b.results == 0 && root != b.size - 1) b.push(b.terms[root]);
    f.size = b.size;
    f.operands = b.operands_size;
    f.extents_size = b.extents_size;
    f.results = b.results == 0 ? 1 : b.results;
    for (int i = 0; i < max_results; ++i)
        f.result[i] = b.results == 0 ? static_cast<std::int16_t>(b.size - 1) : b.result[i];
    return f;
}

/// The formula of several results with what it takes for granted.
template <class E>
constexpr auto make_common_formula() {
    struct {
        formula<room<E>> f;
        guesses<room<E>> g;
    } made;
    common_part found[2 * room<E>] = {};
    for (int i = 0; i < room<E>; ++i) made.g.value_of[i] = made.g.shape_of[i] = -1;
    constexpr auto types = type_numbers(typename detail::parts<E>::type{});
    commons c{types.data(), found, made.g.value_of, made.g.shape_of};
    made.f = make_formula<E>(&c);
    for (int i = 0; i < room<E>; ++i) made.g.count += made.g.value_of[i] >= 0 || made.g.shape_of[i] >= 0;
    return made;
}
template <class E>
inline constexpr auto common_formula = make_common_formula<E>();

template <class E, bool Valid>
constexpr auto formula_or_nothing() {
    if constexpr (!Valid) return formula<room<E>>{};
    else if constexpr (is_together<E>) return common_formula<E>.f;
    else return make_formula<E>(nullptr);
}

template <class E>
inline constexpr auto formula_of_node = formula_or_nothing<E, check<E>::value>();
}  // namespace detail

/// The formula of an expression (or tensor, view or number), from its type alone. Its terms are in the order of the
/// leaves from left to right. Empty, after one error, where extents that are known at compile time disagree.
template <class E>
inline constexpr auto const& formula_of = detail::formula_of_node<child_t<E>>;

}  // namespace sinter::ir

namespace sinter {
using ir::formula_of;
}
