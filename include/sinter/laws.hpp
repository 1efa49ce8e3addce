// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/capture/semiring.hpp>

#include <concepts>
#include <cstddef>
#include <limits>
#include <sstream>
#include <string>
#include <vector>

/// For tests of monoids and semirings that a program defines: do they keep the laws on which reduce() and product() rely?
/// Not part of <sinter/sinter.hpp>.
namespace sinter {

/// Equal, both no numbers, or, where T is floating, as close as a few roundings leave them.
struct nearly_equal {
    template <class T>
    constexpr bool operator()(T const& a, T const& b) const {
        if (a == b || (a != a && b != b)) return true;
        if constexpr (std::floating_point<T>) {
            T const x = a < 0 ? -a : a, y = b < 0 ? -b : b, most = x < y ? y : x;
            T const apart = a < b ? b - a : a - b;
            return most <= std::numeric_limits<T>::max() && apart <= 16 * std::numeric_limits<T>::epsilon() * most;
        } else {
            return false;
        }
    }
};

namespace detail {

/// Tries laws on all samples; keeps the first violation of each.
template <class T, class Same>
struct law_checker {
    std::vector<T> const& samples;
    Same const& same;
    std::vector<std::string> violations = {};

    template <class... P>
    static std::string text(P const&... parts) {
        std::ostringstream s;
        s << std::boolalpha;
        (s << ... << parts);
        return s.str();
    }

    /// `sides(x...)` gives two values that must be the same, and how they were made.
    template <class Sides, class... X>
    bool hold(std::string const& law, Sides const& sides, X const&... x) {
        auto const [left, left_text, right, right_text] = sides(x...);
        if (same(left, right)) return true;
        violations.push_back(text(law, ": ", left_text, " = ", left, ", but ", right_text, " = ", right));
        return false;
    }
    template <class Sides>
    void of_one(std::string const& law, Sides const& sides) {
        for (T const& x : samples)
            if (!hold(law, sides, x)) return;
    }
    template <class Sides>
    void of_two(std::string const& law, Sides const& sides) {
        for (T const& x : samples)
            for (T const& y : samples)
                if (!hold(law, sides, x, y)) return;
    }
    template <class Sides>
    void of_three(std::string const& law, Sides const& sides) {
        for (T const& x : samples)
            for (T const& y : samples)
                for (T const& z : samples)
                    if (!hold(law, sides, x, y, z)) return;
    }

    struct equation {
        T left;
        std::string left_text;
        T right;
        std::string right_text;
    };

    template <class F>
    void associative(std::string const& f, F const& m) {
        of_three(f + " is associative", [&](T const& x, T const& y, T const& z) {
            return equation{T(m(T(m(x, y)), z)), text(f, '(', f, '(', x, ", ", y, "), ", z, ')'),
                            T(m(x, T(m(y, z)))), text(f, '(', x, ", ", f, '(', y, ", ", z, "))")};
        });
    }
    template <class F>
    void commutative(std::string const& f, F const& m) {
        of_two(f + " is commutative", [&](T const& x, T const& y) {
            return equation{T(m(x, y)), text(f, '(', x, ", ", y, ')'), T(m(y, x)), text(f, '(', y, ", ", x, ')')};
        });
    }
    /// f(e, x) = f(x, e) = x; of what annihilates, = e
    template <class F>
    void neutral(std::string const& law, std::string const& f, F const& m, T const& e, bool annihilates = false) {
        auto const side = [&](T const& x, T const& y) {
            return equation{T(m(x, y)), text(f, '(', x, ", ", y, ')'), T{}, {}};
        };
        auto const check = [&](equation q, T const& x) {
            q.right = annihilates ? e : x;
            q.right_text = annihilates ? "the identity of plus" : "the other argument";
            return q;
        };
        of_one(law + " from the left", [&](T const& x) { return check(side(e, x), x); });
        of_one(law + " from the right", [&](T const& x) { return check(side(x, e), x); });
    }
    template <class P, class M>
    void distributive(P const& p, M const& m) {
        of_three("times is distributive from the left", [&](T const& x, T const& y, T const& z) {
            return equation{T(m(x, T(p(y, z)))), text("times(", x, ", plus(", y, ", ", z, "))"),
                            T(p(T(m(x, y)), T(m(x, z)))), text("plus(times(", x, ", ", y, "), times(", x, ", ", z, "))")};
        });
        of_three("times is distributive from the right", [&](T const& x, T const& y, T const& z) {
            return equation{T(m(T(p(x, y)), z)), text("times(plus(", x, ", ", y, "), ", z, ')'),
                            T(p(T(m(x, z)), T(m(y, z)))), text("plus(times(", x, ", ", z, "), times(", y, ", ", z, "))")};
        });
    }
};

template <class M, class T>
concept has_identity = requires { { M::template identity<T>() } -> std::convertible_to<T>; };

}  // namespace detail

/// The laws of a monoid, as reduce() takes it, that are violated by some of the samples: associative, commutative, identity.
/// Each with the first values for which it fails; empty where all hold. Tries n³ triples of n samples.
///
/// Example: `BOOST_TEST(sinter::check_monoid<float>(at_least_one{}, {0, 0.25f, 0.5f, 1}).empty());`
template <class T, class M, class Same = nearly_equal>
std::vector<std::string> check_monoid(M const& m, std::vector<T> const& samples, Same const& same = {}) {
    detail::law_checker<T, Same> check{samples, same};
    check.associative("plus", m);
    check.commutative("plus", m);
    check.neutral("identity<T>() is neutral", "plus", m, M::template identity<T>());
    return check.violations;
}

/// The same for a semiring, as product() takes it: `plus` is a monoid, `times` is associative and distributive over it, the
/// identity of `plus` annihilates, and that of `times`, where it has one, is neutral.
///
/// Example: `for (auto const& v : sinter::check_semiring<float>(min_plus{}, {0, 1, 7})) std::puts(v.c_str());`
template <class T, semiring S, class Same = nearly_equal>
std::vector<std::string> check_semiring(S const& s, std::vector<T> const& samples, Same const& same = {}) {
    using plus = ir::plus_of<S>;
    using times = ir::times_of<S>;
    detail::law_checker<T, Same> check{samples, same, check_monoid<T>(s.plus, samples, same)};
    check.associative("times", s.times);
    check.distributive(s.plus, s.times);
    check.neutral("the identity of plus annihilates", "times", s.times, plus::template identity<T>(), true);
    if constexpr (detail::has_identity<times, T>)
        check.neutral("the identity of times is neutral", "times", s.times, times::template identity<T>());
    return check.violations;
}

}  // namespace sinter
