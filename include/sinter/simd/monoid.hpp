// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/simd/apply.hpp>

/// \file
/// What reductions combine with.
namespace sinter::simd {
inline namespace SINTER_SIMD_ARCH {

/// identity ⊕ x = x
template <ir::monoid M, scalar T>
SINTER_INLINE constexpr T identity() {
    using limits = std::numeric_limits<T>;
    if constexpr (M == ir::monoid::sum) return T(0);
    else if constexpr (own<T> && M != ir::monoid::product)
        return M == ir::monoid::minimum || M == ir::monoid::argmin ? detail::infinity<T>() : detail::opposite(detail::infinity<T>());
    else if constexpr (M == ir::monoid::product) return T(1);
    else if constexpr (M == ir::monoid::minimum || M == ir::monoid::argmin)
        return limits::has_infinity ? limits::infinity() : limits::max();
    else return limits::has_infinity ? -limits::infinity() : limits::lowest();
}

/// a ⊕ b. A minimum or maximum is NaN where either argument is (one instruction more than the hardware's with AVX-512,
/// two elsewhere).
template <ir::monoid M, value V>
SINTER_INLINE constexpr V combine(V const& a, V const& b) {
    if constexpr (M == ir::monoid::sum) return apply<ir::op::add>(a, b);
    else if constexpr (M == ir::monoid::product) return apply<ir::op::mul>(a, b);
    else if constexpr (M == ir::monoid::minimum) return apply<ir::op::min>(a, b);
    else if constexpr (M == ir::monoid::maximum) return apply<ir::op::max>(a, b);
    else static_assert(M == ir::monoid::sum, "combine requires sum, product, minimum or maximum");
}

namespace detail {
/// Folds the lanes of x with those `Half` further on, then with those half as far; what stands in the first one counts.
template <int Half, vector V, class F>
SINTER_INLINE V fold_halves(V const& x, F const& f) {
    using T = element_t<V>;
    auto const raw = to_vec<T>(x);
    V const other = [&]<int... I>(std::integer_sequence<int, I...>) SINTER_INLINE_LAMBDA {
        return V(from_vec<T>(__builtin_shufflevector(raw, raw, (I + Half) % width<T>...)));
    }(std::make_integer_sequence<int, width<T>>{});
    if constexpr (Half > 1) return fold_halves<Half / 2>(V(f(x, other)), f);
    else return f(x, other);
}
}  // namespace detail

/// All lanes folded with f, which takes and returns batches, or numbers: neighbours in halves, so f must be associative and commutative.
template <vector V, class F>
SINTER_INLINE element_t<V> horizontal(V const& x, F const& f) {
    using T = element_t<V>;
    if constexpr (std::is_floating_point_v<T> && width<T> > 1 && std::is_invocable_v<F const&, V, V>) {
        return detail::to_vec<T>(detail::fold_halves<width<T> / 2>(x, f))[0];
    } else {
        detail::lanes<T> l;
        x.store_aligned(l.at);
        for (int half = width<T> / 2; half > 0; half /= 2)
            for (int i = 0; i < half; ++i) l.at[i] = f(l.at[i], l.at[i + half]);
        return l.at[0];
    }
}

template <own T, class F>
constexpr T horizontal(T const& x, F const&) { return x; }

/// All lanes combined.
template <ir::monoid M, vector V>
SINTER_INLINE element_t<V> horizontal(V const& x) {
    return horizontal(x, [](auto const& a, auto const& b) SINTER_INLINE_LAMBDA { return combine<M>(a, b); });
}

template <ir::monoid M, scalar T>
SINTER_INLINE constexpr T horizontal(T x) { return x; }

}  // namespace SINTER_SIMD_ARCH
}  // namespace sinter::simd
