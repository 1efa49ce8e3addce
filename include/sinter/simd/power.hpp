// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/simd/convert.hpp>
#include <sinter/simd/logarithm.hpp>

#include <limits>

/// \file
/// pow and atan2 with the special cases of IEEE 754, which xsimd's leave out.
namespace sinter::simd {
inline namespace SINTER_SIMD_ARCH {

namespace detail {
/// e^(y·ln x) for x ≥ 0. The relative error is that of the logarithm times |y·ln x|: up to 700 ULP for double. Floats are
/// computed in double, two halves of a batch one after the other, and are right to 1 ULP.
SINTER_INLINE batch<double> positive_power(batch<double> const& x, batch<double> const& y) {
    return xsimd::exp(y * logarithm<ir::op::log>(x));
}

SINTER_INLINE batch<float> positive_power(batch<float> const& x, batch<float> const& y) {
    constexpr int half = width<float> / 2;
    lanes<float> base, exponent, result;
    x.store_aligned(base.at);
    y.store_aligned(exponent.at);
    for (int i = 0; i < width<float>; i += half)
        store_as(result.at + i, positive_power(load_as<double>(base.at + i), load_as<double>(exponent.at + i)));
    return batch<float>::load_aligned(result.at);
}

/// pow(x, 0) and pow(1, y) are 1 for every x and y; odd whole exponents keep the sign, of zero too; a negative number to a
/// power that is not whole is NaN.
template <vector V>
SINTER_INLINE V power(V const& x, V const& y) {
    using T = element_t<V>;
    V const one(T(1)), size = xsimd::abs(x), infinity(std::numeric_limits<T>::infinity());
    V const half = y * V(T(0.5)), p = positive_power(size, y);
    auto const whole = xsimd::floor(y) == y;
    auto const odd = mask_and(whole, differs(xsimd::floor(half), half));
    V const magnitude = simd::select(mask_or(size == one, y == V(T(0))), one, p);
    V const exact = simd::select(y == one, size, magnitude);        // at the ends of the range too
    V const signed_ = simd::select(odd, V(xsimd::copysign(exact, x)), exact);
    auto const undefined = mask_and(mask_and(x < V(T(0)), x > -infinity), mask_not(whole));
    return simd::select(undefined, V(std::numeric_limits<T>::quiet_NaN()), signed_);
}

/// xsimd's, with y/x made finite where both are zero or both infinite.
template <vector V>
SINTER_INLINE V angle(V const& y, V const& x) {
    using T = element_t<V>;
    V const one(T(1)), zero(T(0)), infinity(std::numeric_limits<T>::infinity());
    auto const both_infinite = mask_and(xsimd::abs(y) == infinity, xsimd::abs(x) == infinity);
    auto const both_zero = mask_and(y == zero, x == zero);
    V const height = simd::select(both_infinite, V(xsimd::copysign(one, y)), y);
    V const side = simd::select(mask_or(both_infinite, both_zero), V(xsimd::copysign(one, x)), x);
    return xsimd::atan2(height, side);
}
}  // namespace detail

}  // namespace SINTER_SIMD_ARCH
}  // namespace sinter::simd
