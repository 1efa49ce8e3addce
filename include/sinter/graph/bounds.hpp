// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/core/dtype.hpp>
#include <sinter/core/op.hpp>

#include <cmath>
#include <cstdint>
#include <limits>
#include <type_traits>

/// Interval arithmetic: what can be said of a value from what can be said of its arguments.
namespace sinter::ir {

/// low ≤ x ≤ high, or x is NaN; where it is known to be a number, only the former. Numbers of the type that formulas are
/// computed in: rounding is monotone, so the bounds hold for what is computed, not only for what is meant.
template <class T>
struct bounds {
    static constexpr T infinity = std::numeric_limits<T>::infinity();
    T low = -infinity, high = infinity;
    bool is_number = low > -infinity && high < infinity;    ///< where nothing else is said: of what is bounded on both sides

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

/// Bounds of map O. The rules for −∞, ∞ and 0 give −∞ − x = −∞ and 0 · x = 0 for whatever x is; that this is a number
/// is known only if x is one for which the operation is defined.
template <class T>
class bounds_rules {
    using B = bounds<T>;
    static constexpr T infinity = B::infinity;

    static constexpr B negated(B const& a) { return {-a.high, -a.low, a.is_number}; }
    static constexpr B absolute(B const& a) {
        if (a.low >= T(0)) return a;
        return a.high <= T(0) ? negated(a) : B{T(0), a.high > -a.low ? a.high : -a.low, a.is_number};
    }

    static constexpr B sum(B const& a, B const& b) {
        bool const a_infinite = a.is(infinity) || a.is(-infinity), b_infinite = b.is(infinity) || b.is(-infinity);
        bool const meet = (a.low == -infinity && b.high == infinity) || (a.high == infinity && b.low == -infinity);     // ∞ − ∞
        bool const is_number = a.is_number && b.is_number && !meet;
        if (a_infinite && b_infinite) return a.low == b.low ? B{a.low, a.high, is_number} : B{};
        if (a_infinite || b_infinite) return {a_infinite ? a.low : b.low, a_infinite ? a.high : b.high, is_number};
        if (a.is_finite() && b.is_finite() && !(is_tame(a) && is_tame(b))) return {};
        return B::between(a.low + b.low, a.high + b.high, is_number);
    }

    static constexpr B hull(T w, T x, T y, T z, bool is_number) {
        if (w != w || x != x || y != y || z != z) return {};
        B const all = B::exactly(w).joined(B::exactly(x)).joined(B::exactly(y)).joined(B::exactly(z));
        return {all.low, all.high, is_number};
    }

    /// Whether numbers of these bounds can be multiplied and divided in a constant expression, where an overflow is an error.
    static constexpr bool is_tame(B const& a) {
        constexpr T most = T(1e30), least = T(1e-30);
        auto const tame = [=](T x) { return x == T(0) || (x < most && x > least) || (x > -most && x < -least); };
        return !std::is_constant_evaluated() || (tame(a.low) && tame(a.high));
    }

    static constexpr B product(B const& a, B const& b) {
        if (a.is(T(0)) || b.is(T(0))) return {T(0), T(0), a.is_number && b.is_number && a.is_finite() && b.is_finite()};
        if (!a.is_finite() || !b.is_finite() || !is_tame(a) || !is_tame(b)) return {};
        return hull(a.low * b.low, a.low * b.high, a.high * b.low, a.high * b.high, a.is_number && b.is_number);
    }

    static constexpr B quotient(B const& a, B const& b) {
        if (a.is(T(0))) return {T(0), T(0), a.is_false() && b.is_true()};
        if (!b.excludes_zero() || !a.is_finite() || !b.is_finite() || !is_tame(a) || !is_tame(b)) return {};
        return hull(a.low / b.low, a.low / b.high, a.high / b.low, a.high / b.high, a.is_number && b.is_number);
    }

    static constexpr B decided(bool always, bool never) {
        return always ? B::exactly(T(1)) : never ? B::exactly(T(0)) : B::truth();
    }
    static constexpr B opposite(B const& a) { return {T(1) - a.high, T(1) - a.low, true}; }

    /// Of NaN, for which every comparison but ≠ is false, nothing is said.
    static constexpr B comparison(op o, B const& a, B const& b) {
        if (!a.is_number || !b.is_number) return B::truth();
        switch (o) {
            case op::less: return decided(a.high < b.low, a.low >= b.high);
            case op::less_equal: return decided(a.high <= b.low, a.low > b.high);
            case op::greater: return comparison(op::less, b, a);
            case op::greater_equal: return comparison(op::less_equal, b, a);
            case op::equal: return decided(a.is_exact() && b.is(a.low), a.high < b.low || b.high < a.low);
            default: return opposite(comparison(op::equal, a, b));
        }
    }

    static constexpr B connective(op o, B const& a, B const& b) {
        if (o == op::logical_and) return decided(a.is_true() && b.is_true(), a.is_false() || b.is_false());
        return decided(a.is_true() || b.is_true(), a.is_false() && b.is_false());
    }

    /// Toward zero.
    static constexpr T whole(T x) {
        constexpr T all_are = T(1) / std::numeric_limits<T>::epsilon();
        return x < all_are && x > -all_are ? static_cast<T>(static_cast<std::int64_t>(x)) : x;
    }
    /// The nearest number of a type, and the one that is reached by way of float, where they differ.
    template <class U>
    static constexpr B rounded(B const& a) {
        B const once{static_cast<T>(static_cast<U>(a.low)), static_cast<T>(static_cast<U>(a.high)), a.is_number};
        if constexpr (!sinter::detail::is_small_float<U> || sizeof(T) == sizeof(float)) return once;
        else return once.joined(bounds<T>{static_cast<T>(static_cast<U>(static_cast<float>(a.low))),
                                          static_cast<T>(static_cast<U>(static_cast<float>(a.high))), a.is_number});
    }
    /// Casts never fall. Integers in a register of floats do not wrap around: only what is behind the point is lost.
    static constexpr B converted(dtype to, B const& a) {
        if (is_integer(to)) return {whole(a.low), whole(a.high), a.is_number};
        switch (to) {
            case dtype::boolean: return decided(a.is_true(), a.is_false());
            case dtype::f16: return rounded<half>(a);
            case dtype::bf16: return rounded<bfloat16>(a);
            case dtype::f32: return rounded<float>(a);
            default: return a;
        }
    }

    /// A monotone function that is not known at compile time.
    template <class F>
    static constexpr B monotone(B const& a, F f) {
        if (std::is_constant_evaluated() || !a.is_finite()) return {};
        return {f(a.low), f(a.high), a.is_number};
    }

  public:
    static constexpr B of(op o, dtype type, B const& a, B const& b, B const& c) {
        switch (o) {
            case op::neg: return negated(a);
            case op::abs: return absolute(a);
            case op::exp: case op::exp2: return {T(0), a.is(-infinity) ? T(0) : infinity, a.is_number};
            case op::floor: return monotone(a, [](T x) { return std::floor(x); });
            case op::ceil: return monotone(a, [](T x) { return std::ceil(x); });
            case op::cast: return converted(type, a);
            case op::add: return sum(a, b);
            case op::sub: return sum(a, negated(b));
            case op::mul: return product(a, b);
            case op::div: return quotient(a, b);
            case op::min: return {a.low < b.low ? a.low : b.low, a.high < b.high ? a.high : b.high, a.is_number && b.is_number};
            case op::max: return {a.low > b.low ? a.low : b.low, a.high > b.high ? a.high : b.high, a.is_number && b.is_number};
            case op::less: case op::less_equal: case op::greater: case op::greater_equal: case op::equal: case op::not_equal:
                return comparison(o, a, b);
            case op::logical_not: return decided(a.is_false(), a.is_true());
            case op::logical_and: case op::logical_or: return connective(o, a, b);
            case op::select: return a.is_true() ? b : a.is_false() ? c : b.joined(c);
            default: return {};
        }
    }
};

/// Of a map and of what is known of its arguments, by their numbers.
template <class T, class Map>
constexpr bounds<T> bounds_of(Map const& x, bounds<T> const* known) {
    auto const argument = [&](int i) { return i < x.arity ? known[x.arg[i]] : bounds<T>{}; };
    return bounds_rules<T>::of(x.op, x.type, argument(0), argument(1), argument(2));
}

/// Whether `bounds_of` can say of an operation what its arguments' bounds say.
constexpr bool has_bounds(op o) {
    switch (o) {
        case op::cast: case op::neg: case op::abs: case op::floor: case op::ceil: case op::add: case op::sub: case op::mul: case op::div:
        case op::min: case op::max: case op::less: case op::less_equal: case op::greater: case op::greater_equal:
        case op::equal: case op::not_equal: case op::logical_not: case op::logical_and: case op::logical_or: case op::select:
            return true;
        default: return false;
    }
}

/// identity ⊕ x = x, where that is a number of every floating type; NaN elsewhere.
template <class T>
constexpr T identity_of(monoid m) {
    switch (m) {
        case monoid::sum: return T(0);
        case monoid::product: return T(1);
        case monoid::minimum: case monoid::argmin: return std::numeric_limits<T>::infinity();
        case monoid::maximum: case monoid::argmax: return -std::numeric_limits<T>::infinity();
        default: return std::numeric_limits<T>::quiet_NaN();
    }
}

}  // namespace sinter::ir
