// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <limits>

namespace sinter::ir {

/// low ≤ x ≤ high, or x is NaN; where it is known to be a number, only the former. Numbers of the type that formulas are
/// computed in: rounding is monotone, so the bounds hold for what is computed, not only for what is meant.
template <class T>
struct bounds {
    static constexpr T infinity = std::numeric_limits<T>::infinity();
    T low = -infinity, high = infinity;
    bool is_number = false;

    constexpr bounds() = default;
    constexpr bounds(T l, T h, bool number) : low(l), high(h), is_number(number) {}
    /// What is bounded on both sides is a number.
    constexpr bounds(T l, T h) : bounds(l, h, l > -infinity && h < infinity) {}

    static constexpr bounds exactly(T x) { return {x, x, x == x}; }
    static constexpr bounds truth() { return {T(0), T(1), true}; }
    /// Bounds of what was computed: nothing is known where that is NaN.
    static constexpr bounds between(T low, T high, bool is_number) { return low <= high ? bounds{low, high, is_number} : bounds{}; }

    constexpr bool is(T x) const { return low == x && high == x; }
    constexpr bool is_exact() const { return low == high; }
    constexpr bool is_finite() const { return low > -infinity && high < infinity; }
    constexpr bool excludes_zero() const { return low > T(0) || high < T(0); }
    constexpr bool is_true() const { return is_number && excludes_zero(); }
    constexpr bool is_false() const { return is_number && is(T(0)); }
    constexpr bounds joined(bounds const& o) const {
        return {low < o.low ? low : o.low, high > o.high ? high : o.high, is_number && o.is_number};
    }
    /// The same if NaN is left out of account, as it is in rules that give one number for whatever the other argument is.
    constexpr bounds supposed() const { return {low, high, is_number || is_exact()}; }
    bool operator==(bounds const&) const = default;
};

}  // namespace sinter::ir
