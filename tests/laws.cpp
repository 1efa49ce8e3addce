// SPDX-License-Identifier: BSL-1.0
// The checker of laws: says nothing of what keeps them, and names what is broken.
#include <sinter/laws.hpp>

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <complex>

namespace {

using laws = std::vector<std::string>;

/// Whether the only laws that are broken are those that begin with one of the names.
bool broken(laws const& found, std::initializer_list<char const*> names) {
    auto const named = [&](std::string const& v) {
        return std::any_of(names.begin(), names.end(), [&](char const* n) { return v.rfind(n, 0) == 0; });
    };
    bool const good = !found.empty() && std::all_of(found.begin(), found.end(), named);
    for (std::string const& v : found) BOOST_TEST_MESSAGE(v);
    return good;
}

struct at_least_one {
    template <class T> static constexpr T identity() { return T(0); }
    template <class T> constexpr T operator()(T const& a, T const& b) const { return a + b - a * b; }
};
struct difference {
    template <class T> static constexpr T identity() { return T(0); }
    template <class T> constexpr T operator()(T const& a, T const& b) const { return a - b; }
};
struct middle {
    template <class T> static constexpr T identity() { return T(0); }
    template <class T> constexpr T operator()(T const& a, T const& b) const { return (a + b) / 2; }
};
struct first {
    template <class T> static constexpr T identity() { return T(0); }
    template <class T> constexpr T operator()(T const& a, T const&) const { return a; }
};
struct largest_of_nothing_is_zero {
    template <class T> static constexpr T identity() { return T(0); }
    template <class T> constexpr T operator()(T const& a, T const& b) const { return a < b ? b : a; }
};

BOOST_AUTO_TEST_CASE(monoids) {
    std::vector<float> const few{-2, -0.5f, 0, 1, 3};
    BOOST_CHECK(sinter::check_monoid<float>(at_least_one{}, few).empty());
    BOOST_CHECK(sinter::check_monoid<int>(sinter::monoids::product{}, {-2, 0, 1, 3}).empty());
    BOOST_CHECK(sinter::check_monoid<double>(sinter::monoids::minimum{}, {-2, 0, 1, 3}).empty());
    BOOST_CHECK(broken(sinter::check_monoid<float>(difference{}, few),
                       {"plus is associative", "plus is commutative", "identity<T>() is neutral from the left"}));
    BOOST_CHECK(broken(sinter::check_monoid<float>(middle{}, few), {"plus is associative", "identity"}));
    BOOST_CHECK(broken(sinter::check_monoid<float>(first{}, few), {"plus is commutative", "identity<T>() is neutral from the left"}));
    BOOST_CHECK(broken(sinter::check_monoid<float>(largest_of_nothing_is_zero{}, few), {"identity"}));
    BOOST_CHECK(sinter::check_monoid<float>(largest_of_nothing_is_zero{}, {0, 1, 3}).empty());
}

BOOST_AUTO_TEST_CASE(the_values_are_told) {
    laws const found = sinter::check_monoid<int>(difference{}, {1, 2});
    BOOST_CHECK_EQUAL(found.at(0), "plus is associative: plus(plus(1, 1), 1) = -1, but plus(1, plus(1, 1)) = 1");
    BOOST_CHECK_EQUAL(found.at(1), "plus is commutative: plus(1, 2) = -1, but plus(2, 1) = 1");
    BOOST_CHECK_EQUAL(found.at(2), "identity<T>() is neutral from the left: plus(0, 1) = -1, but the other argument = 1");
}

struct plus_minus {
    sinter::monoids::sum plus;
    difference times;
};
struct min_of_sums_and_one {
    static constexpr sinter::monoids::minimum plus{};
    static constexpr auto times = [](auto a, auto b) { return a + b + 1; };
};

BOOST_AUTO_TEST_CASE(semirings) {
    std::vector<double> const few{0, 0.25, 1, 3, 8}, infinite{0, 2, 5, std::numeric_limits<double>::infinity()};
    BOOST_CHECK(sinter::check_semiring<double>(sinter::plus_times{}, few).empty());
    BOOST_CHECK(sinter::check_semiring<double>(sinter::min_plus{}, infinite).empty());
    BOOST_CHECK(sinter::check_semiring<double>(sinter::max_plus{}, few).empty());
    BOOST_CHECK(sinter::check_semiring<bool>(sinter::or_and{}, {false, true}).empty());
    BOOST_CHECK(sinter::check_semiring<double>(min_of_sums_and_one{}, few).empty());
    // The largest of no products is −∞, which 0 turns into NaN.
    BOOST_CHECK(broken(sinter::check_semiring<double>(sinter::max_times{}, few), {"the identity of plus annihilates"}));
    BOOST_CHECK(sinter::check_semiring<double>(sinter::max_times{}, {0.25, 1, 3}).empty());
    BOOST_CHECK(broken(sinter::check_semiring<double>(plus_minus{}, few), {"times is ", "the identity of "}));
}

BOOST_AUTO_TEST_CASE(types_and_comparisons_of_the_user) {
    using number = std::complex<float>;
    BOOST_CHECK(sinter::check_monoid<number>(sinter::monoids::product{}, {{1, 2}, {0, -1}, {3, 0}}).empty());
    auto const within_ten = [](float a, float b) { return a - b <= 10 && b - a <= 10; };
    BOOST_CHECK(sinter::check_monoid<float>(difference{}, {1, 2}, within_ten).empty());
    float const infinity = std::numeric_limits<float>::infinity();
    BOOST_CHECK(!sinter::nearly_equal{}(infinity, 1.0f) && sinter::nearly_equal{}(infinity, infinity));
    BOOST_CHECK(sinter::nearly_equal{}(1.0f, 1.0000001f) && !sinter::nearly_equal{}(1.0f, 1.00001f));
}

}  // namespace
