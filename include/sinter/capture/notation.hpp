// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/capture/operators.hpp>
#include <sinter/capture/rearrange.hpp>

#include <type_traits>
#include <utility>

/// Paper notation, opt-in: `Q*K^T/sqrt(d)`.
///
/// `^` transposes the last factor to its left, and because C++ cannot see parentheses, `(A*B)^T` also means A·Bᵀ; a product
/// is transposed with `transpose(A*B)`. `^` binds looser than `*`, `/`, `+` and `-` in C++, so `A + Q*K^T/s + M` reaches the
/// library as `(A + Q*K) ^ (T/s + M)`. The right side becomes a list of steps that is applied with the precedence it has on
/// paper: multiplicative steps to the last term of the left side, additive ones to the whole.
/// Comparisons bind differently still; write `equal(…)`, or put the product in parentheses with `transpose`.
namespace sinter::notation {
namespace detail {

/// A hole.
struct hole {};

/// A hole and what follows it; `Before` is all but the last step.
template <char Operator, class Before, class X>
struct step {
    Before before;
    X operand;
};

template <class X> inline constexpr bool is_continuation = false;
template <> inline constexpr bool is_continuation<hole> = true;
template <char O, class B, class X> inline constexpr bool is_continuation<step<O, B, X>> = true;

template <class X>
concept continuation = is_continuation<std::remove_cvref_t<X>>;

template <char O, class C, class X>
constexpr auto then(C&& c, X&& x) {
    // Plain numbers stay numbers until they meet a tensor, whose type they take.
    if constexpr (arithmetic<X>) return step<O, std::remove_cvref_t<C>, std::remove_cvref_t<X>>{static_cast<C&&>(c), x};
    else return step<O, std::remove_cvref_t<C>, child_t<X>>{static_cast<C&&>(c), sinter::capture(static_cast<X&&>(x))};
}

template <continuation C, operand_like X>
constexpr auto operator*(C&& c, X&& x) { return then<'*'>(static_cast<C&&>(c), static_cast<X&&>(x)); }
template <continuation C, operand_like X>
constexpr auto operator%(C&& c, X&& x) { return then<'%'>(static_cast<C&&>(c), static_cast<X&&>(x)); }
template <continuation C, operand_like X>
constexpr auto operator/(C&& c, X&& x) { return then<'/'>(static_cast<C&&>(c), static_cast<X&&>(x)); }
template <continuation C, operand_like X>
constexpr auto operator+(C&& c, X&& x) { return then<'+'>(static_cast<C&&>(c), static_cast<X&&>(x)); }
template <continuation C, operand_like X>
constexpr auto operator-(C&& c, X&& x) { return then<'-'>(static_cast<C&&>(c), static_cast<X&&>(x)); }

/// Applies f to the last term of a sum: a + b → a + f(b). What stands on the right of an operator of the same precedence
/// was in parentheses, so it counts as one.
template <class X, class F>
constexpr auto in_last_term(X x, F f) { return f(std::move(x)); }
template <ir::op O, class A, class B, class F>
    requires (O == ir::op::add || O == ir::op::sub)
constexpr auto in_last_term(expr<ir::map_t<O>, A, B> x, F f) {
    using R = decltype(f(std::move(x.b)));
    return expr<ir::map_t<O>, A, R>{std::move(x.a), f(std::move(x.b))};
}

/// xᵀ; numbers have none.
template <class X>
constexpr auto transposed_factor(X x) {
    if constexpr (X::info.rank == 0) return x;
    else return ir::node<ir::transpose_t>(std::move(x));
}

/// Transposes the last factor of a term: a·b → a·bᵀ.
template <class X>
constexpr auto transposed(X x) { return transposed_factor(std::move(x)); }
template <class A, class B>
constexpr auto transposed(expr<ir::matmul_t, A, B> x) {
    static_assert(B::info.rank > 1 || A::info.rank <= 1,
                  "sinter: A*y^T: y is a vector, so y^T has no meaning after a matrix; use outer(x, y) or expand");
    if constexpr (A::info.rank == 1 && B::info.rank == 1) return outer(std::move(x.a), std::move(x.b));    // x yᵀ
    else return std::move(x.a) * transposed_factor(std::move(x.b));
}
template <ir::op O, class A, class B>
    requires (O == ir::op::mul || O == ir::op::div)
constexpr auto transposed(expr<ir::map_t<O>, A, B> x) {
    using R = decltype(transposed_factor(std::move(x.b)));
    return expr<ir::map_t<O>, A, R>{std::move(x.a), transposed_factor(std::move(x.b))};
}
template <class A>
constexpr auto transposed(expr<ir::map_t<ir::op::neg>, A> x) { return -transposed_factor(std::move(x.a)); }

template <class X>
constexpr auto resume(hole, X x) {
    return in_last_term(std::move(x), [](auto term) { return transposed(std::move(term)); });
}
template <char O, class B, class S, class X>
constexpr auto resume(step<O, B, S> c, X lhs) {
    auto x = resume(std::move(c.before), std::move(lhs));
    if constexpr (O == '+') return std::move(x) + std::move(c.operand);
    else if constexpr (O == '-') return std::move(x) - std::move(c.operand);
    else return in_last_term(std::move(x), [&c](auto term) {
        if constexpr (O == '*') return std::move(term) * std::move(c.operand);
        else if constexpr (O == '%') return std::move(term) % std::move(c.operand);
        else return std::move(term) / std::move(c.operand);
    });
}

/// Transposes the last factor of x and goes on with what follows `T`.
template <array_like X, continuation C>
constexpr auto operator^(X&& x, C c) { return resume(std::move(c), sinter::capture(static_cast<X&&>(x))); }

}  // namespace detail

/// The transposed factor: `A^T`.
inline constexpr detail::hole T{};

}  // namespace sinter::notation
