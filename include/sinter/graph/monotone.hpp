// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/core/op.hpp>
#include <sinter/graph/interval.hpp>

#include <cmath>
#include <type_traits>

/// Bounds of functions that never fall, or never rise: their values at both ends.
namespace sinter::ir {

template <class T>
class monotone_rules {
    using B = bounds<T>;
    using limits = std::numeric_limits<T>;
    static constexpr T infinity = B::infinity;

    /// What is computed in lanes may be off by units in the last place (docs/accuracy.md; 68 have been seen of erf in double),
    /// 0 where it is subnormal, and infinite a little before it has to be.
    static constexpr int most_error = 256;
    static T below(T x) {
        if (x < -limits::max() / 16) return -infinity;
        if (x > limits::max()) x = limits::max();
        return x - std::abs(x) * (most_error * limits::epsilon()) - 2 * limits::min();
    }
    static T above(T x) { return -below(-x); }

    static T value(op o, T x) {
        switch (o) {
            case op::sign: return x > T(0) ? T(1) : x < T(0) ? T(-1) : x;
            case op::floor: return std::floor(x);
            case op::ceil: return std::ceil(x);
            case op::round: return std::nearbyint(x);
            case op::exp: return std::exp(x);
            case op::exp2: return std::exp2(x);
            case op::expm1: return std::expm1(x);
            case op::log: return std::log(x);
            case op::log2: return std::log2(x);
            case op::log1p: return std::log1p(x);
            case op::sqrt: return std::sqrt(x);
            case op::rsqrt: return x == T(0) ? limits::quiet_NaN() : T(1) / std::sqrt(x);     // ∞ or −∞
            case op::asin: return std::asin(x);
            case op::acos: return std::acos(x);
            case op::atan: return std::atan(x);
            case op::sinh: return std::sinh(x);
            case op::tanh: return std::tanh(x);
            case op::erf: return std::erf(x);
            default: return limits::quiet_NaN();
        }
    }

    /// Nothing where the argument reaches beyond what a function is defined for.
    static B between_ends(op o, B const& a) {
        bool const rises = info(o).goes == course::rises, is_nearest = info(o).is_nearest;
        T const low = value(o, rises ? a.low : a.high), high = value(o, rises ? a.high : a.low);
        if (!(low <= high)) return {};
        return {is_nearest ? low : below(low), is_nearest ? high : above(high), a.is_number};
    }

  public:
    /// Values that are exact, also in constant expressions: e^(−∞) = 0, log 0 = −∞, and odd functions at 0. NaN elsewhere.
    static constexpr T exact(op o, T x) {
        switch (o) {
            case op::exp: case op::exp2: return x == -infinity ? T(0) : limits::quiet_NaN();
            case op::log: case op::log2: return x == T(0) ? -infinity : limits::quiet_NaN();
            case op::rsqrt: case op::acos: return limits::quiet_NaN();
            default: return x == T(0) ? T(0) : limits::quiet_NaN();
        }
    }

    static constexpr B of(op o, B const& a) {
        T const least = exact(o, -infinity);
        if (a.is_exact())
            if (T const x = exact(o, a.low); x == x) return {x, x, a.is_number};
        B all;
        if (!std::is_constant_evaluated()) all = between_ends(o, a);
        if (all.low < least) all.low = least;
        return all;
    }
};

}  // namespace sinter::ir
