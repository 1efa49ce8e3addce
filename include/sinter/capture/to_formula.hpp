// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/capture/call.hpp>
#include <sinter/capture/check.hpp>

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
    static constexpr int append(builder& b) { return b.add_operand(info_of(E::info)); }
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
    static constexpr int append(builder& b) {
        int const args[sizeof...(C) + 1] = {walk<C>::append(b)...};
        int const t = ir::append(b, Tag::ask(), args, sizeof...(C));
        b.terms[t].type = expr<Tag, C...>::info.type;
        return t;
    }
};

template <class Body, class... Args>
struct walk<call<Body, Args...>> {
    static constexpr int terms = (walk<Body>::terms + ... + walk<Args>::terms);
    static constexpr int extents = (walk<Body>::extents + ... + walk<Args>::extents);
    static constexpr int append(builder& b) {
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

namespace detail {
template <class E, bool Valid>
constexpr auto make_formula() {
    formula<capacity_for(walk<E>::terms, walk<E>::extents)> f;
    static_assert(walk<E>::terms <= 1024, "sinter: a formula may have at most 1024 terms");
    builder b{f.terms, f.extents, f.operand};
    if constexpr (Valid) {
        int const root = walk<E>::append(b);
        // The root must be the last term: a function may return one of its arguments.
        if (root != b.size - 1) b.push(b.terms[root]);
        f.size = b.size;
        f.operands = b.operands_size;
        f.extents_size = b.extents_size;
    }
    return f;
}

template <class E>
inline constexpr auto formula_of_node = make_formula<E, check<E>::value>();
}  // namespace detail

/// The formula of an expression (or tensor, view or number), from its type alone. Its terms are in the order of the
/// leaves from left to right. Empty, after one error, where extents that are known at compile time disagree.
template <class E>
inline constexpr auto const& formula_of = detail::formula_of_node<child_t<E>>;

}  // namespace sinter::ir

namespace sinter {
using ir::formula_of;
}
