// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/capture/builder.hpp>
#include <sinter/capture/operands.hpp>

#include <array>
#include <type_traits>

/// What several results have in common. The type of an expression does not say which tensor it means: the Q of one result
/// and that of the next are two slots. So it is guessed from the spelling, compiled for the guess, and checked when the
/// addresses are known (see docs/design/0015-several-results.md). The guesses:
///  - a part of a result that is spelled as a part of an earlier one, with the same types, has the same value: the first
///    such part as the first of the earlier ones, the second as the second, …;
///  - a tensor that stands alone is the tensor of its type in the earlier results where there is one such, and else has
///    the extents of the first, the second, …
namespace sinter::ir {

/// A part of a result that has terms of its own, or was found to be an earlier one.
struct common_part {
    int type = -1;              ///< a number that parts of the same type share
    std::int16_t term = -1, slot = -1, result = 0;
    bool found = false;
};

/// Grows while the terms of the results are appended. The arrays belong to somebody else.
struct commons {
    int const* type;            ///< of each part, in the order in which they are come to
    common_part* part;
    std::int16_t* value_of;     ///< of each slot, the earlier one whose operand it must be; −1: none
    std::int16_t* shape_of;     ///< of each slot, the earlier one whose extents it must have; −1: none
    std::int16_t const* scope = nullptr;    ///< inside functions within the results nothing is looked for
    int size = 0, result = 0, next = 0;

    /// The earlier part that corresponds to the next part of this type in this result; −1: none. `all`: how many there are.
    constexpr int find(int type, int& all) const {
        int mine = 0;
        all = 0;
        for (int i = 0; i < size; ++i) {
            if (part[i].type != type) continue;
            mine += part[i].result == result;
            all += part[i].result < result && !part[i].found;
        }
        if (all == 0) return -1;
        mine %= all;
        for (int i = 0; i < size; ++i)
            if (part[i].type == type && part[i].result < result && !part[i].found && mine-- == 0) return i;
        return -1;
    }

    constexpr void add(int type, int term, int slot, bool found) {
        part[size++] = common_part{type, static_cast<std::int16_t>(term), static_cast<std::int16_t>(slot),
                                   static_cast<std::int16_t>(result), found};
    }
};

namespace detail {

/// Whether two parts of this type can be found to be the same when they are evaluated: what the formula owns is different,
/// functions with a state may be.
template <class E> inline constexpr bool is_comparable = false;
template <class X> inline constexpr bool is_comparable<borrowed<X>> = true;
template <class X> inline constexpr bool is_comparable<owned<X>> = !captured::is_owner<X>;
template <class X> inline constexpr bool is_comparable<scalar<X>> = true;
template <class F> inline constexpr bool is_comparable<sinter::function<F>> = std::is_empty_v<F>;
template <std::size_t N> inline constexpr bool is_comparable<index_list<N>> = true;
template <int I, class X> inline constexpr bool is_comparable<argument<I, X>> = true;
template <class Tag, class... C> inline constexpr bool is_comparable<expr<Tag, C...>> = (true && ... && is_comparable<C>);
template <class C> inline constexpr bool is_comparable<expr<materialize_t, C>> = false;
template <class Body, class... Args>
inline constexpr bool is_comparable<call<Body, Args...>> = (is_comparable<Body> && ... && is_comparable<Args>);

/// What is looked for: parts that do something, and tensors. Numbers that stand alone are just numbers.
template <class E> inline constexpr bool is_part = is_comparable<E> && E::info.rank > 0;
template <class Tag, class... C> inline constexpr bool is_part<expr<Tag, C...>> = is_comparable<expr<Tag, C...>>;
template <class E> inline constexpr bool is_leaf_part = true;
template <class Tag, class... C> inline constexpr bool is_leaf_part<expr<Tag, C...>> = false;
template <class Body, class... Args> inline constexpr bool is_leaf_part<call<Body, Args...>> = false;

/// The parts of an expression, in the order in which they are come to: a whole before what it is made of.
template <class E, bool = is_part<E>> struct itself { using type = captured::type_list<E>; };
template <class E> struct itself<E, false> { using type = captured::type_list<>; };
template <class E> struct parts : itself<E> {};
template <class Tag, class... C>
struct parts<expr<Tag, C...>> : captured::joined<typename itself<expr<Tag, C...>>::type, typename parts<C>::type...> {};
template <class C> struct parts<expr<materialize_t, C>> : itself<expr<materialize_t, C>> {};
template <class F> struct parts<sinter::function<F>> { using type = captured::type_list<>; };
template <std::size_t N> struct parts<index_list<N>> { using type = captured::type_list<>; };
template <int I, class X> struct parts<argument<I, X>> { using type = captured::type_list<>; };
template <class... C> struct parts<expr<together_t, C...>> : captured::joined<typename parts<C>::type...> {};
template <class Body, class... Args>
struct parts<call<Body, Args...>>
    : captured::joined<typename itself<call<Body, Args...>>::type, typename parts<Args>::type...> {};
template <class... C, class... Args>
struct parts<call<expr<together_t, C...>, Args...>> : captured::joined<typename parts<Args>::type..., typename parts<C>::type...> {};

template <class X, class... P>
constexpr int first_of() {
    bool const same[] = {std::is_same_v<X, P>...};
    int i = 0;
    while (!same[i]) ++i;
    return i;
}
/// Of each part the number of the first of its type.
template <class... P>
constexpr auto type_numbers(captured::type_list<P...>) {
    return std::array<int, sizeof...(P) + 1>{first_of<P, P...>()..., 0};
}
template <class... P>
constexpr int count_types(captured::type_list<P...>) { return sizeof...(P); }

constexpr bool looks(builder const& b) { return b.common && b.scope == b.common->scope; }

/// The term of an earlier part, for one that must have the same value. Its slots are passed over.
constexpr int recall(builder& b, int at, int slots) {
    auto& c = *b.common;
    int const from = c.part[at].slot, shift = b.operands_size - from;
    for (int i = 0; i <= at; ++i) {     // what it is made of has occurred as well
        auto const p = c.part[i];
        if (!p.found && p.slot >= from && p.slot < from + slots) c.add(p.type, p.term, p.slot + shift, true);
    }
    for (int s = from; s < from + slots; ++s) {
        c.value_of[b.operands_size] = c.value_of[s] >= 0 ? c.value_of[s] : static_cast<std::int16_t>(s);
        b.operands[b.operands_size++] = b.operands[s];
    }
    return c.part[at].term;
}

/// A tensor that is not the earlier one, but must have its extents.
constexpr void take_extents(builder& b, int at, int to) {
    auto& c = *b.common;
    ir::term const& x = b.terms[c.part[at].term];
    bool known = true;
    for (int d = 0; d < x.rank; ++d) {
        known = known && b.known(x.extent[d]) != dyn;
        b.terms[to].extent[d] = x.extent[d];
    }
    if (!known) c.shape_of[b.terms[to].slot] = x.slot;
}

}  // namespace detail

/// Appends E by `make`, or finds it among the parts of earlier results.
template <class E, class Make>
constexpr int append_or_recall(builder& b, Make make) {
    if constexpr (detail::is_part<E>) {
        if (detail::looks(b)) {
            int all = 0;
            int const type = b.common->type[b.common->next++];
            int const at = b.common->find(type, all), slot = b.operands_size;
            bool const same = at >= 0 && (!detail::is_leaf_part<E> || all == 1);
            if (same) {
                b.common->next += detail::count_types(typename detail::parts<E>::type{}) - 1;
                return detail::recall(b, at, captured::handle_list<E>::count);
            }
            int const t = make(b);
            if (at >= 0 && detail::is_leaf_part<E>) detail::take_extents(b, at, t);
            b.common->add(type, t, slot, false);
            return t;
        }
    }
    return make(b);
}

}  // namespace sinter::ir
