// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/simd/batch.hpp>
#include <sinter/simd/convert.hpp>
#include <sinter/simd/exp.hpp>
#include <sinter/simd/extremum.hpp>
#include <sinter/simd/logarithm.hpp>
#include <sinter/simd/own_function.hpp>
#include <sinter/simd/power.hpp>
#include <sinter/simd/scalar.hpp>

#include <limits>

/// \file
/// What each operation of core/op.hpp is on a batch, and `apply`, which serves numbers and batches alike.
namespace sinter::simd {
inline namespace SINTER_SIMD_ARCH {

namespace detail {
template <vector V>
SINTER_INLINE V truth(mask<element_t<V>> const& m) { return simd::select(m, V(element_t<V>(1)), V(element_t<V>(0))); }

/// Functions that xsimd has, under the same name.
template <ir::op O, vector V>
SINTER_INLINE V library(V const& x) {
    using enum ir::op;
#define SINTER_FUNCTION(NAME, XSIMD) if constexpr (O == NAME) return xsimd::XSIMD(x); else
    SINTER_FUNCTION(abs, abs) SINTER_FUNCTION(sign, sign) SINTER_FUNCTION(floor, floor) SINTER_FUNCTION(ceil, ceil)
    SINTER_FUNCTION(round, nearbyint) SINTER_FUNCTION(exp2, exp2)
    SINTER_FUNCTION(expm1, expm1)
    SINTER_FUNCTION(log1p, log1p) SINTER_FUNCTION(sqrt, sqrt) SINTER_FUNCTION(sin, sin) SINTER_FUNCTION(cos, cos)
    SINTER_FUNCTION(tan, tan) SINTER_FUNCTION(asin, asin) SINTER_FUNCTION(acos, acos) SINTER_FUNCTION(atan, atan)
    SINTER_FUNCTION(sinh, sinh) SINTER_FUNCTION(cosh, cosh) SINTER_FUNCTION(tanh, tanh) SINTER_FUNCTION(erf, erf)
    static_assert(O == neg, "no function of xsimd");
#undef SINTER_FUNCTION
}

/// Odd functions (and floor and ceil, whose result is never of the other sign) that give +0 for -0 in xsimd.
constexpr bool loses_sign_of_zero(ir::op o) {
#if defined(__SSE2__) && !defined(__SSE4_1__)
    if (o == ir::op::floor || o == ir::op::ceil) return true;
#endif
    return o == ir::op::expm1 || o == ir::op::log1p;
}

template <ir::op O, vector V>
SINTER_INLINE V apply_batch(V const& x) {
    using enum ir::op;
    using T = element_t<V>;
    using limits = std::numeric_limits<T>;
    if constexpr (O == neg) return V(T(-0.0)) - x;      // xsimd 8.1 subtracts from +0 with AVX-512
    else if constexpr (O == exp) return exponential(x);
    else if constexpr (O == log || O == log2) return logarithm<O>(x);
    else if constexpr (O == erf) {              // xsimd 8.1 squares large doubles to infinity; ±1 long before 10
        return library<erf>(larger(V(T(-10)), smaller(V(T(10)), x)));
    } else if constexpr (loses_sign_of_zero(O)) return xsimd::copysign(library<O>(x), x);
    else if constexpr (O == rsqrt) return V(T(1)) / xsimd::sqrt(x);       // xsimd's own is an estimate
    else if constexpr (O == logical_not) return truth<V>(x == V(T(0)));
    else if constexpr (O == finite_or_zero) return simd::select(x == V(-limits::infinity()), V(T(0)), x);
    else if constexpr (O == inverse_or_zero) return simd::select(x == V(T(0)), V(T(0)), V(T(1)) / x);
    else if constexpr (O == bounded) return smaller(V(limits::max()), x);
    else if constexpr (O == cast) return x;
    else return library<O>(x);
}

template <ir::op O, vector V>
SINTER_INLINE V apply_batch(V const& a, V const& b) {
    using enum ir::op;
    if constexpr (O == add) return a + b;
    else if constexpr (O == sub) return a - b;
    else if constexpr (O == mul) return a * b;
    else if constexpr (O == div) return a / b;
    else if constexpr (O == pow) return power(a, b);
    else if constexpr (O == atan2) return angle(a, b);
    else if constexpr (O == afresh) return simd::select(b == V(-std::numeric_limits<element_t<V>>::infinity()), V(element_t<V>(-1)), a);
    else if constexpr (O == min) return extremum<false>(a, b);
    else if constexpr (O == max) return extremum<true>(a, b);
    else return truth<V>(compare<O>(a, b));
}
}  // namespace detail

/// The operation O of core/op.hpp on numbers (in constant expressions too) or on batches.
///
/// Results that are true or false are 1 or 0; `compare` gives them as masks. As in NumPy, min and max are NaN where either
/// argument is, round goes to even on halves, sign(NaN) is NaN. The first argument of select may also be a mask.
/// Accuracy: docs/accuracy.md.
template <ir::op O, value V>
SINTER_INLINE constexpr V apply(V const& x) {
    if constexpr (own<V>) return detail::apply_own<O>(x);
    else if constexpr (whole<V>) return detail::apply_integer<O>(x);
    else if constexpr (scalar<V>) return detail::apply_scalar<O>(x);
    else return detail::apply_batch<O>(x);
}

template <ir::op O, value V>
SINTER_INLINE constexpr V apply(V const& a, V const& b) {
    if constexpr (own<V>) return detail::apply_own<O>(a, b);
    else if constexpr (whole<V>) return detail::apply_integer<O>(a, b);
    else if constexpr (scalar<V>) return detail::apply_scalar<O>(a, b);
    else return detail::apply_batch<O>(a, b);
}

template <ir::op O, class M, value V>
SINTER_INLINE constexpr V apply(M const& m, V const& a, V const& b) {
    static_assert(O == ir::op::select, "apply with three arguments requires select");
    if constexpr (std::is_same_v<M, V>) return select(is_true(m), a, b);
    else return select(m, a, b);
}

namespace detail {
/// Integers that wrap around as a U does.
template <class U, whole V>
SINTER_INLINE constexpr V cast_integer(V const& x) {
    using T = element_t<V>;
    if constexpr (!is_batch<V>) return static_cast<T>(static_cast<U>(x));
    else if constexpr (sizeof(U) >= sizeof(T)) return x;
    else return V::from(__builtin_convertvector(__builtin_convertvector(x.v, typename raw<U, width<T>>::type), typename V::vec));
}
}  // namespace detail

/// x converted to the element type U and back, as `static_cast` does it: what a cast node computes in registers.
template <class U, value V>
SINTER_INLINE constexpr V cast(V const& x) {
    using T = element_t<V>;
    if constexpr (own<V>) return static_cast<V>(as_element<U>(x));
    else if constexpr (std::is_same_v<U, bool>) return select(is_true(x), V(T(1)), V(T(0)));
    else if constexpr (whole<V>) return detail::cast_integer<U>(x);
    else if constexpr (std::is_integral_v<U>) {
        auto const down = apply<ir::op::floor>(x), up = apply<ir::op::ceil>(x);
        return select(x < V(T(0)), up, down);
    }
    else if constexpr (scalar<V>) return static_cast<T>(static_cast<U>(x));
    else if constexpr (sizeof(U) < sizeof(T)) {
        U rounded[width<T>];
        store_as(rounded, x);
        return load_as<T>(rounded);
    }
    else return x;
}

}  // namespace SINTER_SIMD_ARCH
}  // namespace sinter::simd
