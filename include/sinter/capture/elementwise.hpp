// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/capture/callable.hpp>
#include <sinter/capture/operators.hpp>

#include <limits>
#include <type_traits>

namespace sinter {

// ---- one argument: name, operation ----------------------------------------------------------------------------------

#define SINTER_OPERATIONS(row)                                                                                     \
    row(abs) row(sign) row(floor) row(ceil) row(round) row(exp) row(exp2) row(expm1) row(log) row(log2) row(log1p) \
    row(sqrt) row(rsqrt) row(sin) row(cos) row(tan) row(asin) row(acos) row(atan) row(sinh) row(cosh) row(tanh)    \
    row(erf)

#define SINTER_OPERATION(name)                                              \
    template <array_like X>                                                 \
    constexpr auto name(X&& x) {                                            \
        return ir::checked<ir::map_t<ir::op::name>>(static_cast<X&&>(x));   \
    }                                                                       \
    template <named X>                                                      \
    constexpr auto name(X& x SINTER_LIFETIMEBOUND) {                        \
        return ir::checked<ir::map_t<ir::op::name>>(x);                     \
    }
SINTER_OPERATIONS(SINTER_OPERATION)
#undef SINTER_OPERATION
#undef SINTER_OPERATIONS

// Compositions (capture/function.hpp has their definitions).
#define SINTER_FUNCTIONS(row)                                                                            \
    row(relu) row(square) row(sigmoid) row(selu) row(gelu) row(gelu_tanh) row(silu) row(mish) row(softplus) \
    row(softsign) row(hard_sigmoid) row(hard_swish)

#define SINTER_FUNCTION(name)                                                        \
    template <array_like X>                                                          \
    constexpr auto name(X&& x) {                                                     \
        return ir::checked<ir::function_t<ir::function::name>>(static_cast<X&&>(x)); \
    }                                                                                \
    template <named X>                                                               \
    constexpr auto name(X& x SINTER_LIFETIMEBOUND) {                                 \
        return ir::checked<ir::function_t<ir::function::name>>(x);                   \
    }
SINTER_FUNCTIONS(SINTER_FUNCTION)
#undef SINTER_FUNCTION
#undef SINTER_FUNCTIONS

/// x > 0 ? x : slope · x
template <array_like X, operand_like S = double>
constexpr auto leaky_relu(X&& x, S&& slope = 0.01) {
    return ir::checked_meeting<ir::function_t<ir::function::leaky_relu>>(static_cast<X&&>(x), static_cast<S&&>(slope));
}

/// x > 0 ? x : α(eˣ − 1)
template <array_like X, operand_like S = double>
constexpr auto elu(X&& x, S&& alpha = 1.0) {
    return ir::checked_meeting<ir::function_t<ir::function::elu>>(static_cast<X&&>(x), static_cast<S&&>(alpha));
}

/// max(x, 0) + min(α(e^(x/α) − 1), 0)
template <array_like X, operand_like S = double>
constexpr auto celu(X&& x, S&& alpha = 1.0) {
    return ir::checked_meeting<ir::function_t<ir::function::celu>>(static_cast<X&&>(x), static_cast<S&&>(alpha));
}

// ---- two and three arguments ------------------------------------------------------------------------------------------

#define SINTER_PAIR(name)                                                                                    \
    template <class A, class B> requires operands<A, B>                                                      \
    constexpr auto name(A&& a, B&& b) {                                                                      \
        return ir::checked_meeting<ir::map_t<ir::op::name>>(static_cast<A&&>(a), static_cast<B&&>(b));       \
    }
SINTER_PAIR(pow)
SINTER_PAIR(atan2)
SINTER_PAIR(min)
SINTER_PAIR(max)
#undef SINTER_PAIR

/// min(max(x, lo), hi)
template <array_like X, operand_like L, operand_like H>
constexpr auto clamp(X&& x, L&& lo, H&& hi) {
    return ir::checked_meeting<ir::function_t<ir::function::clamp>>(static_cast<X&&>(x), static_cast<L&&>(lo),
                                                                    static_cast<H&&>(hi));
}

/// mask ? a : b, elementwise; broadcast.
template <array_like M, operand_like A, operand_like B>
constexpr auto where(M&& mask, A&& a, B&& b) {
    constexpr ir::dtype d = ir::strong_type<A, B>();
    return ir::checked<ir::map_t<ir::op::select>>(static_cast<M&&>(mask), ir::beside<d>(static_cast<A&&>(a)),
                                                  ir::beside<d>(static_cast<B&&>(b)));
}

/// The elements converted to U.
template <class U, array_like X>
constexpr auto cast(X&& x) {
    static_assert(ir::dtype_of<U>() < ir::dtype::own, "sinter: cast<U>: U must be bool, an integer, half, bfloat16, float or double");
    return ir::checked<ir::map_t<ir::op::cast, ir::dtype_of<U>()>>(static_cast<X&&>(x));
}

namespace ir {
/// The type of f(x…) on scalars.
template <class Given, class... X>
constexpr dtype result_of_map() {
    using F = captured::checked_function<Given, X...>;
    using R = std::remove_cvref_t<decltype(std::declval<F const&>()(typename captured::element_in<shape_of<X>.type, child_t<X>>::type{}...))>;
    static_assert(dtype_of<R>() != dtype::none, "sinter: map(f, x...): f must return a number where it is given numbers");
    constexpr dtype given = strong_type<X...>();        // arithmetic on floats of 16 bits gives a float
    return is_small_float(given) && dtype_of<R>() == dtype::f32 ? given : dtype_of<R>();
}
}  // namespace ir

/// f(x…), elementwise. f is called with SIMD batches and with scalars, so it must accept both: a generic lambda. What chooses
/// between two values in it is simd::select(x < y, a, b), whose arguments are registers or numbers.
template <class F, class... X>
    requires (!operand_like<F>) && operands<X...>
constexpr auto map(F f, X&&... x) {
    static_assert(sizeof...(X) <= 4, "sinter: map(f, x...): at most four arguments");
    return ir::checked<ir::map_t<ir::op::user, ir::result_of_map<F, X...>()>>(
        captured::function_as<captured::checked_function<F, X...>>(static_cast<F&&>(f)), static_cast<X&&>(x)...);
}

// ---- coordinates ------------------------------------------------------------------------------------------------------

/// The index along axis I of the result that it becomes part of, broadcast; negative axes count from the end.
template <int I>
inline constexpr expr<ir::coord_t<I>> coord{};

/// s where column ≤ row, −∞ elsewhere: what a position may attend to.  (…,i,j) → (…,i,j)
template <array_like S>
constexpr auto causal(S&& s) {
    return where(coord<-1> <= coord<-2>, static_cast<S&&>(s), -std::numeric_limits<double>::infinity());
}

}  // namespace sinter
