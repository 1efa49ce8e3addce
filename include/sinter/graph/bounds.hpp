// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/core/dtype.hpp>
#include <sinter/graph/monotone.hpp>

#include <cstdint>
#include <limits>
#include <type_traits>

/// Interval arithmetic: what can be said of a value from what can be said of its arguments.
namespace sinter::ir {

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

    /// Also for products that are not rounded before something is added to them.
    static constexpr B unrounded(B const& x) {
        constexpr T all_exact = T(1) / std::numeric_limits<T>::epsilon(), e = std::numeric_limits<T>::epsilon();
        bool const is_small = x.low > -all_exact && x.high < all_exact;
        if (std::is_constant_evaluated() || (is_small && whole(x.low) == x.low && whole(x.high) == x.high)) return x;
        auto const size = [](T v) { return v < T(0) ? -v : v; };
        return {x.low - e * size(x.low), x.high + e * size(x.high), x.is_number};
    }

    static constexpr B product(B const& a, B const& b) {
        if (a.is(T(0)) || b.is(T(0))) return {T(0), T(0), a.is_number && b.is_number && a.is_finite() && b.is_finite()};
        if (!a.is_finite() || !b.is_finite() || !is_tame(a) || !is_tame(b)) return {};
        return unrounded(hull(a.low * b.low, a.low * b.high, a.high * b.low, a.high * b.high, a.is_number && b.is_number));
    }

    static constexpr B quotient(B const& a, B const& b) {
        if (a.is(T(0))) return {T(0), T(0), a.is_false() && b.is_true()};
        if (!b.excludes_zero() || !a.is_finite() || !is_tame(a) || !is_tame(b)) return {};
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

  public:
    static constexpr B of(op o, dtype type, B const& a, B const& b, B const& c) {
        switch (o) {
            case op::neg: return negated(a);
            case op::abs: return absolute(a);
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
            default: return info(o).goes != course::any ? monotone_rules<T>::of(o, a) : B{};
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
        case op::cast: case op::neg: case op::abs: case op::add: case op::sub: case op::mul: case op::div:
        case op::min: case op::max: case op::less: case op::less_equal: case op::greater: case op::greater_equal:
        case op::equal: case op::not_equal: case op::logical_not: case op::logical_and: case op::logical_or: case op::select:
            return true;
        default: return info(o).goes != course::any;
    }
}

/// Whether an operation may give one number for many.
constexpr bool is_flat_somewhere(op o) {
    return info(o).is_mask || o == op::select || o == op::min || o == op::max || o == op::sign || o == op::floor ||
           o == op::ceil || o == op::round;
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
