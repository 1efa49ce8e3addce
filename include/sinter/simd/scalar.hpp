// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/simd/batch.hpp>
#include <sinter/simd/constant.hpp>

#include <cmath>
#include <limits>

/// \file
/// The operations of core/op.hpp on one number: by the C library at run time, by constant.hpp in constant expressions.
namespace sinter::simd {
inline namespace SINTER_SIMD_ARCH {

namespace detail {
template <class T>
constexpr T quotient(T a, T b) {        // in a constant expression: division by zero is no value there
    using limits = std::numeric_limits<T>;
    if (b != 0 || a != a) return a / b;
    if (a == 0 || b != b) return limits::quiet_NaN();
    return constant::is_negative(a) == constant::is_negative(b) ? limits::infinity() : -limits::infinity();
}

/// Functions that the C library has: one line each for both worlds.
template <ir::op O, scalar T>
SINTER_INLINE constexpr T library(T x) {
    using enum ir::op;
#define SINTER_FUNCTION(NAME, RUN_TIME)                                                                                \
    if constexpr (O == NAME) {                                                                                         \
        if (std::is_constant_evaluated()) return constant::narrow<T>(constant::NAME(x));                               \
        return std::RUN_TIME(x);                                                                                       \
    } else
    SINTER_FUNCTION(floor, floor) SINTER_FUNCTION(ceil, ceil) SINTER_FUNCTION(round, nearbyint)
    SINTER_FUNCTION(exp, exp) SINTER_FUNCTION(exp2, exp2) SINTER_FUNCTION(expm1, expm1)
    SINTER_FUNCTION(log, log) SINTER_FUNCTION(log2, log2) SINTER_FUNCTION(log1p, log1p) SINTER_FUNCTION(sqrt, sqrt)
    SINTER_FUNCTION(sin, sin) SINTER_FUNCTION(cos, cos) SINTER_FUNCTION(tan, tan)
    SINTER_FUNCTION(asin, asin) SINTER_FUNCTION(acos, acos) SINTER_FUNCTION(atan, atan)
    SINTER_FUNCTION(sinh, sinh) SINTER_FUNCTION(cosh, cosh) SINTER_FUNCTION(tanh, tanh) SINTER_FUNCTION(erf, erf)
    static_assert(O == neg, "not a function of the C library");
#undef SINTER_FUNCTION
}

template <ir::op O, scalar T>
SINTER_INLINE constexpr T apply_scalar(T x) {
    using enum ir::op;
    using limits = std::numeric_limits<T>;
    if constexpr (O == neg) return -x;
    else if constexpr (O == abs) {
        if (std::is_constant_evaluated()) return static_cast<T>(constant::abs(x));
        return std::abs(x);
    }
    else if constexpr (O == sign) return x > 0 ? T(1) : x < 0 ? T(-1) : x == 0 ? T(0) : x;
    else if constexpr (O == rsqrt) {
        if (std::is_constant_evaluated()) return quotient(T(1), library<sqrt>(x));
        return T(1) / library<sqrt>(x);
    }
    else if constexpr (O == logical_not) return static_cast<T>(x == 0);
    else if constexpr (O == finite_or_zero) return x == -limits::infinity() ? T(0) : x;
    else if constexpr (O == inverse_or_zero) return x == 0 ? T(0) : T(1) / x;
    else if constexpr (O == bounded) return x > limits::max() ? limits::max() : x;
    else if constexpr (O == cast) return x;
    else return library<O>(x);
}

template <ir::op O, scalar T>
SINTER_INLINE constexpr T apply_scalar(T a, T b) {
    using enum ir::op;
    if constexpr (O == add) return a + b;
    else if constexpr (O == sub) return a - b;
    else if constexpr (O == mul) return a * b;
    else if constexpr (O == div) {
        if (std::is_constant_evaluated()) return quotient(a, b);
        return a / b;
    }
    else if constexpr (O == pow) {
        if (std::is_constant_evaluated()) return constant::narrow<T>(constant::pow(a, b));
        return std::pow(a, b);
    }
    else if constexpr (O == atan2) {
        if (std::is_constant_evaluated()) return constant::narrow<T>(constant::atan2(a, b));
        return std::atan2(a, b);
    }
    else if constexpr (O == afresh) return b == -std::numeric_limits<T>::infinity() ? T(-1) : a;
    else if constexpr (O == min) return a != a || a < b ? a : b;
    else if constexpr (O == max) return a != a || a > b ? a : b;
    else return static_cast<T>(compare<O>(a, b));
}

/// Operations on integers and batches of them. What has no integer for a value is computed in floats.
template <ir::op O, whole V>
SINTER_INLINE constexpr V apply_integer(V const& x) {
    using enum ir::op;
    using T = element_t<V>;
    V const zero(T(0));
    if constexpr (O == neg) {
        if constexpr (is_batch<V>) return -x;
        else return wrapped_sub(zero, x);
    } else if constexpr (O == abs) {
        if constexpr (std::is_unsigned_v<T>) return x;
        else return simd::select(x < zero, apply_integer<neg>(x), x);
    } else if constexpr (O == sign) {
        return simd::select(x > zero, V(T(1)), simd::select(x == zero, zero, V(static_cast<T>(-1))));
    } else if constexpr (O == logical_not) {
        return simd::select(x == zero, V(T(1)), zero);
    } else {
        static_assert(O == floor || O == ceil || O == round || O == cast, "not an operation on integers");
        return x;
    }
}

template <ir::op O, whole V>
SINTER_INLINE constexpr V apply_integer(V const& a, V const& b) {
    using enum ir::op;
    using T = element_t<V>;
    constexpr bool one = !is_batch<V>;
    if constexpr (O == add && one) return wrapped_add(a, b);
    else if constexpr (O == add) return a + b;
    else if constexpr (O == sub && one) return wrapped_sub(a, b);
    else if constexpr (O == sub) return a - b;
    else if constexpr (O == mul && one) return wrapped_mul(a, b);
    else if constexpr (O == mul) return a * b;
    else if constexpr (O == min) return simd::select(a < b, a, b);
    else if constexpr (O == max) return simd::select(a > b, a, b);
    else return simd::select(compare<O>(a, b), V(T(1)), V(T(0)));
}
}  // namespace detail

}  // namespace SINTER_SIMD_ARCH
}  // namespace sinter::simd
