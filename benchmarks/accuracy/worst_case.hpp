// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bit>
#include <cmath>
#include <cstdint>

namespace accuracy {

/// The distance of neighbouring floats at x ≥ 0.
inline double last_place(double x) {
    return std::bit_cast<double>(std::bit_cast<std::uint64_t>(x) & 0x7ff0000000000000u) * 0x1p-23;
}

/// The largest errors so far. Results that are normal floats count; of the others it is asked that they are NaN, infinite,
/// or 0 or subnormal, too.
struct worst_case {
    double ulps = 0, of_argument = 0;
    float at = 0, special_at = 0;
    bool special_wrong = false;

    void judge(float x, float got, double want) {
        double const size = std::fabs(want);
        bool special_right = true;
        if (std::isnan(want)) special_right = std::isnan(got);
        else if (size > 0x1.fffffep127) special_right = std::fabs(got) >= 0x1.fffffep127f;
        else if (!std::isfinite(got)) special_right = false;
        else if (size < 0x1p-126) special_right = std::fabs(got) < 0x1.8p-126f;
        else {
            double const off = std::fabs(got - want), argument = std::fabs(static_cast<double>(x));
            double const place = last_place(argument > size ? argument : size);
            if (off > of_argument * place) of_argument = off / place;
            take_error(off / last_place(size), x);
        }
        if (!special_right) take_special(x);
    }

    /// What another thread found. The result does not depend on which thread found what.
    void take(worst_case const& other) {
        if (other.of_argument > of_argument) of_argument = other.of_argument;
        take_error(other.ulps, other.at);
        if (other.special_wrong) take_special(other.special_at);
    }

private:
    static bool is_before(float a, float b) { return std::bit_cast<std::uint32_t>(a) < std::bit_cast<std::uint32_t>(b); }

    void take_error(double error, float x) {
        if (error > ulps || (error == ulps && error > 0 && is_before(x, at))) ulps = error, at = x;
    }

    void take_special(float x) {
        if (!special_wrong || is_before(x, special_at)) special_wrong = true, special_at = x;
    }
};

}  // namespace accuracy
