// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/capture/check.hpp>

#include <concepts>
#include <cstdint>
#include <type_traits>

/// Functions and monoids of the user's, looked at where they are given. Whether they take registers, too, is seen when the
/// formula is evaluated (lower/callable.hpp): which registers is not known before.
namespace sinter {

namespace captured {
/// The type in which elements of type D are computed with.
template <ir::dtype D, class X> struct number_for { using type = typename element_in<D, X>::type; };
template <ir::dtype D, class X> requires (ir::is_small_float(D)) struct number_for<D, X> { using type = float; };
template <ir::dtype D, class X> requires (D < ir::dtype::i32) struct number_for<D, X> { using type = std::int32_t; };
template <class X> struct number_for<ir::dtype::u32, X> { using type = std::int64_t; };

template <class X>
using number_of = typename number_for<shape_of<X>.type, child_t<X>>::type;

/// Stands for a function or a monoid that is none, after the error that says so.
struct no_function {
    template <class T> static constexpr T identity() { return T(0); }
    template <class X, class... Y> constexpr X operator()(X const& x, Y const&...) const { return x; }
};
}  // namespace captured

namespace mismatch {
template <class F, class... Number>
struct function {
    static constexpr bool fits = std::is_invocable_v<F const&, Number...>;
    static_assert(fits, "sinter: map(f, x...): f must be callable with as many numbers as there are x");
    using type = std::conditional_t<fits, F, captured::no_function>;
};

template <class M, class Number>
struct monoid {
    static constexpr bool has_identity = requires { { M::template identity<Number>() } -> std::convertible_to<Number>; };
    static constexpr bool combines = requires(M const& m, Number const& a) { { m(a, a) } -> std::convertible_to<Number>; };
    static_assert(has_identity, "sinter: reduce(m, x): m needs a member `template <class T> static constexpr T identity()`, the value "
                                "that changes nothing");
    static_assert(combines || !has_identity, "sinter: reduce(m, x): m needs `template <class T> constexpr T operator()(T const& a, "
                                             "T const& b) const`, for numbers and for registers of them");
    using type = std::conditional_t<has_identity && combines, M, captured::no_function>;
};
}  // namespace mismatch

namespace captured {
/// F, where it can be called with elements of X..., and M, where it combines those of X; else what stops further errors.
template <class F, class... X>
using checked_function = typename mismatch::function<F, typename element_in<shape_of<X>.type, child_t<X>>::type...>::type;
template <class M, class X>
using checked_monoid = typename mismatch::monoid<M, number_of<X>>::type;

/// The function itself, or what stands for it.
template <class As, class F>
constexpr function<As> function_as([[maybe_unused]] F&& f) {
    if constexpr (std::is_same_v<As, std::remove_cvref_t<F>>) return function<As>{static_cast<F&&>(f)};
    else return function<As>{};
}
}  // namespace captured

}  // namespace sinter
