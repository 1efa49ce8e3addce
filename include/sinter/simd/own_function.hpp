// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/simd/batch.hpp>

#include <cmath>
#include <limits>

/// \file
/// The operations of core/op.hpp on scalar types of the user's: functions are looked for beside the type, and in std.
namespace sinter::simd {
inline namespace SINTER_SIMD_ARCH {

namespace detail {

/// Whether a type says that there is a largest number of it; others say nothing, or that they are as large as memory.
template <own T>
inline constexpr bool has_largest = std::numeric_limits<T>::is_specialized && std::numeric_limits<T>::is_bounded;

/// The least and the largest: infinite where the type does not say otherwise.
template <own T>
constexpr T infinity() {
    using limits = std::numeric_limits<T>;
    constexpr bool finite = limits::is_specialized && !limits::has_infinity;
    static_assert(!finite || has_largest<T>,
                  "sinter: a minimum or maximum of a scalar type of the user's needs a number beyond all others: an infinity, or "
                  "a largest number (std::numeric_limits<T>::is_bounded)");
    if constexpr (finite) return limits::max();
    else return static_cast<T>(std::numeric_limits<double>::infinity());
}

template <own T>
constexpr T opposite(T const& x) {
    if constexpr (requires { { -x } -> std::convertible_to<T>; }) return static_cast<T>(-x);
    else return static_cast<T>(T(0) - x);
}

template <ir::op O, own T>
constexpr T own_function(T const& x) {
    using enum ir::op;
#define SINTER_FUNCTION(NAME, CALLED)                                                                                       \
    if constexpr (O == NAME) {                                                                                              \
        using std::CALLED;                                                                                                  \
        constexpr bool known = requires { static_cast<T>(CALLED(x)); };                                                     \
        static_assert(known, "sinter: the formula needs " #CALLED "(x) of a scalar type of the user's, and there is none "  \
                             "beside the type or in std");                                                                  \
        if constexpr (known) return static_cast<T>(CALLED(x));                                                              \
        else return x;                                                                                                      \
    } else
    SINTER_FUNCTION(abs, abs) SINTER_FUNCTION(floor, floor) SINTER_FUNCTION(ceil, ceil) SINTER_FUNCTION(round, nearbyint)
    SINTER_FUNCTION(exp, exp) SINTER_FUNCTION(exp2, exp2) SINTER_FUNCTION(expm1, expm1) SINTER_FUNCTION(log, log)
    SINTER_FUNCTION(log2, log2) SINTER_FUNCTION(log1p, log1p) SINTER_FUNCTION(sqrt, sqrt) SINTER_FUNCTION(sin, sin)
    SINTER_FUNCTION(cos, cos) SINTER_FUNCTION(tan, tan) SINTER_FUNCTION(asin, asin) SINTER_FUNCTION(acos, acos)
    SINTER_FUNCTION(atan, atan) SINTER_FUNCTION(sinh, sinh) SINTER_FUNCTION(cosh, cosh) SINTER_FUNCTION(tanh, tanh)
    SINTER_FUNCTION(erf, erf)
    static_assert(O == neg, "not a function of the C library");
#undef SINTER_FUNCTION
}

template <ir::op O, own T>
constexpr T apply_own(T const& x) {
    using enum ir::op;
    if constexpr (O == neg) return opposite(x);
    else if constexpr (O == sign) return compare_own<less>(T(0), x) ? T(1) : compare_own<less>(x, T(0)) ? T(-1) : x;
    else if constexpr (O == rsqrt) return static_cast<T>(T(1) / own_function<sqrt>(x));
    else if constexpr (O == logical_not) return compare_own<equal>(x, T(0)) ? T(1) : T(0);
    else if constexpr (O == finite_or_zero) return compare_own<equal>(x, opposite(infinity<T>())) ? T(0) : x;
    else if constexpr (O == inverse_or_zero) return compare_own<equal>(x, T(0)) ? T(0) : static_cast<T>(T(1) / x);
    else if constexpr (O == bounded) {
        if constexpr (has_largest<T>) return std::numeric_limits<T>::max() < x ? std::numeric_limits<T>::max() : x;
        else return x;
    }
    else return own_function<O>(x);
}

template <ir::op O, own T>
constexpr T apply_own(T const& a, T const& b) {
    using enum ir::op;
    if constexpr (O == add) return static_cast<T>(a + b);
    else if constexpr (O == sub) return static_cast<T>(a - b);
    else if constexpr (O == mul) return static_cast<T>(a * b);
    else if constexpr (O == div) return static_cast<T>(a / b);
    else if constexpr (O == pow) {
        using std::pow;
        return static_cast<T>(pow(a, b));
    } else if constexpr (O == atan2) {
        using std::atan2;
        return static_cast<T>(atan2(a, b));
    }
    else if constexpr (O == afresh) return compare_own<equal>(b, opposite(infinity<T>())) ? opposite(T(1)) : a;
    else if constexpr (O == min) return compare_own<less>(b, a) || compare_own<not_equal>(b, b) ? b : a;
    else if constexpr (O == max) return compare_own<less>(a, b) || compare_own<not_equal>(b, b) ? b : a;
    else return compare<O>(a, b) ? T(1) : T(0);
}
}  // namespace detail

}  // namespace SINTER_SIMD_ARCH
}  // namespace sinter::simd
