// SPDX-License-Identifier: BSL-1.0
// Masks, reductions, constant expressions.
#define BOOST_TEST_MODULE simd.monoid
#include <sinter/simd/simd.hpp>

#include <boost/test/included/unit_test.hpp>

#include <limits>
#include <tuple>

namespace {
using namespace sinter;
namespace s = sinter::simd;

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr bool is_nan(double x) { return x != x; }

// The rounded values are those of a table, not of another implementation.
static_assert(s::apply<ir::op::exp>(1.0) == 2.718281828459045235);
static_assert(s::apply<ir::op::exp>(1.0f) == 2.718281828459045235f && s::apply<ir::op::exp>(-infinity) == 0);
static_assert(s::apply<ir::op::exp>(1000.0) == infinity && s::apply<ir::op::exp2>(10.0) == 1024);
static_assert(s::apply<ir::op::expm1>(0x1p-30) == 0x1.00000002p-30 && s::apply<ir::op::log1p>(0x1p-30) == 0x1.fffffffcp-31);
static_assert(s::apply<ir::op::log>(10.0) == 2.302585092994045684 && s::apply<ir::op::log>(0.0) == -infinity);
static_assert(s::apply<ir::op::log2>(8.0) == 3 && is_nan(s::apply<ir::op::log>(-1.0)));
static_assert(s::apply<ir::op::sqrt>(2.0) == 1.414213562373095049 && s::apply<ir::op::sqrt>(64.0) == 8);
static_assert(s::apply<ir::op::rsqrt>(64.0) == 0.125 && s::apply<ir::op::rsqrt>(0.0) == infinity);
static_assert(s::apply<ir::op::sin>(1.0) == 0.8414709848078965067 && s::apply<ir::op::cos>(1.0) == 0.5403023058681397174);
static_assert(s::apply<ir::op::tan>(1.0) == 1.557407724654902231 && s::apply<ir::op::atan>(1.0) == 0.7853981633974483096);
static_assert(s::apply<ir::op::asin>(0.5) == 0.5235987755982988731 && s::apply<ir::op::acos>(0.5) == 1.047197551196597746);
static_assert(s::apply<ir::op::sinh>(1.0) == 1.175201193643801457 && s::apply<ir::op::cosh>(1.0) == 1.543080634815243778);
static_assert(s::apply<ir::op::tanh>(0.5) == 0.4621171572600097585 && s::apply<ir::op::erf>(1.0) == 0.8427007929497148693);
static_assert(s::apply<ir::op::pow>(2.0, 0.5) == 1.414213562373095049 && s::apply<ir::op::pow>(-2.0, 3.0) == -8);
static_assert(s::apply<ir::op::atan2>(1.0, -1.0) == 2.356194490192344929 && s::apply<ir::op::div>(1.0, 0.0) == infinity);
static_assert(s::apply<ir::op::round>(2.5) == 2 && s::apply<ir::op::round>(-3.5) == -4 && s::apply<ir::op::floor>(-0.5) == -1);
static_assert(s::apply<ir::op::inverse_or_zero>(0.0) == 0 && s::apply<ir::op::finite_or_zero>(-infinity) == 0);
static_assert(s::apply<ir::op::less>(1.0, 2.0) == 1 && s::apply<ir::op::select>(0.0, 1.0, 2.0) == 2);
static_assert(is_nan(s::apply<ir::op::max>(1.0, std::numeric_limits<double>::quiet_NaN())));
static_assert(s::fma(2.0, 3.0, 4.0) == 10 && s::cast<int>(-2.7) == -2 && s::cast<bool>(0.5) == 1);
static_assert(s::combine<ir::monoid::product>(2.f, 3.f) == 6 && s::identity<ir::monoid::minimum, float>() > 3e38f);
}  // namespace

using both = std::tuple<float, double>;

BOOST_AUTO_TEST_CASE_TEMPLATE(masks, T, both) {
    constexpr int w = s::width<T>;
    for (int n = 0; n <= w; ++n) {
        auto const low = s::first_lanes<T>(n), high = s::mask_not(low);
        BOOST_TEST(s::any(low) == (n > 0));
        BOOST_TEST(s::all(low) == (n == w));
        BOOST_TEST(s::any(high) == (n < w));
        BOOST_TEST(s::all(s::mask_or(low, high)));
        BOOST_TEST(!s::any(s::mask_and(low, high)));
        T out[w];
        s::store(out, s::select(low, s::iota<T>(), s::broadcast(T(-1))));
        for (int i = 0; i < w; ++i) BOOST_TEST(out[i] == (i < n ? T(i) : T(-1)));
        s::store(out, s::apply<ir::op::select>(low, s::iota<T>(), s::broadcast(T(-2))));
        for (int i = 0; i < w; ++i) BOOST_TEST(out[i] == (i < n ? T(i) : T(-2)));
    }
}

BOOST_AUTO_TEST_CASE_TEMPLATE(horizontals, T, both) {
    constexpr int w = s::width<T>;
    auto const x = s::iota<T>() + s::broadcast(T(1));
    auto const factors = s::select(s::compare<ir::op::greater>(x, s::broadcast(T(2))), s::broadcast(T(3)), s::broadcast(T(-1)));
    T product = 1;                                  // (-1)² · 3^(w-2), exact
    for (int i = 2; i < w; ++i) product *= T(3);
    BOOST_TEST(s::horizontal<ir::monoid::sum>(x) == T(w * (w + 1) / 2));
    BOOST_TEST(s::horizontal<ir::monoid::product>(factors) == product);
    BOOST_TEST(s::horizontal<ir::monoid::minimum>(x) == 1);
    BOOST_TEST(s::horizontal<ir::monoid::maximum>(x) == w);
    BOOST_TEST(s::horizontal(factors, [](T a, T b) { return a * b; }) == product);
    for (int lane = 0; lane < w; ++lane) {          // NaN wins from every lane
        T in[w];
        s::store(in, x);
        in[lane] = std::numeric_limits<T>::quiet_NaN();
        BOOST_TEST(is_nan(s::horizontal<ir::monoid::maximum>(s::load(in))));
        BOOST_TEST(is_nan(s::horizontal<ir::monoid::minimum>(s::load(in))));
        T out[w];
        s::store(out, s::combine<ir::monoid::maximum>(s::load(in), x));
        BOOST_TEST(is_nan(out[lane]));
        s::store(out, s::combine<ir::monoid::maximum>(x, s::load(in)));
        BOOST_TEST(is_nan(out[lane]));
    }
}

BOOST_AUTO_TEST_CASE_TEMPLATE(identities, T, both) {
    constexpr int w = s::width<T>;
    auto const check = [&]<ir::monoid M>(std::integral_constant<ir::monoid, M>) {
        T out[w];
        s::store(out, s::combine<M>(s::broadcast(s::identity<M, T>()), s::iota<T>() - s::broadcast(T(2))));
        for (int i = 0; i < w; ++i) BOOST_TEST(out[i] == T(i - 2));
    };
    check(std::integral_constant<ir::monoid, ir::monoid::sum>{});
    check(std::integral_constant<ir::monoid, ir::monoid::product>{});
    check(std::integral_constant<ir::monoid, ir::monoid::minimum>{});
    check(std::integral_constant<ir::monoid, ir::monoid::maximum>{});
}
