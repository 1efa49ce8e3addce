// SPDX-License-Identifier: BSL-1.0
// Every operation on batches against the C library on numbers, at special values in every lane.
#define BOOST_TEST_MODULE simd.apply
#include <sinter/simd/simd.hpp>

#include <boost/test/included/unit_test.hpp>

#include <cmath>
#include <limits>
#include <tuple>
#include <vector>

namespace {

// A mask of several lanes is no condition: `x > 0 ? x : y` in a function of the user's does not compile, whatever the instruction set.
static_assert(!std::is_constructible_v<bool, sinter::simd::mask<float>> && !std::is_constructible_v<bool, sinter::simd::mask<double>>);
static_assert(!std::is_constructible_v<bool, sinter::simd::mask<std::int32_t>>);
using namespace sinter;
namespace s = sinter::simd;

template <class T>
std::vector<T> special_values() {
    using l = std::numeric_limits<T>;
    std::vector<T> v{0, 1, 2, 3, T(0.5), T(1.5), T(2.5), T(3.5), T(0.25), T(0.1), T(0.49999997), 10, 20, 64, 87, 100, 709, 1000,
                     T(1e-3), T(1e-7), T(1e-20), T(8388609), T(4503599627370497.0), T(1e9), T(1e20), l::max(), l::min(), l::infinity(),
                     l::quiet_NaN(), T(0.7853981633974483), T(1.5707963267948966), T(3.141592653589793), T(6.25), T(1.0000001)};
    auto const n = v.size();
    for (std::size_t i = 0; i < n; ++i) v.push_back(-v[i]);
    return v;
}

/// Distance in units of the last place of `want`; 0 where both are NaN.
template <class T>
double ulps(T got, T want) {
    if (std::isnan(want) || std::isnan(got)) return std::isnan(want) && std::isnan(got) ? 0 : 1e30;
    if (got == want) return std::signbit(got) == std::signbit(want) ? 0 : 1e29;
    if (std::abs(want) < std::numeric_limits<T>::min() && got == 0) return 0;      // subnormal results may be 0
    if (std::isinf(got) || std::isinf(want)) return 1e30;
    int e = 0;
    std::frexp(want, &e);
    int const least = std::numeric_limits<T>::min_exponent;
    return std::abs(static_cast<double>(got) - static_cast<double>(want)) /
           std::ldexp(1.0, std::max(e, least) - std::numeric_limits<T>::digits);
}

template <ir::op O, class T, class... Args>
T in_lane(int lane, Args... args) {     // the same in every lane, but another value in the neighbours
    constexpr int w = s::width<T>;
    auto const spread = [&](T x) {
        T all[w];
        for (int i = 0; i < w; ++i) all[i] = i == lane ? x : T(0.75);
        return s::load(all);
    };
    T out[w];
    s::store(out, s::apply<O>(spread(args)...));
    return out[lane];
}

/// What has to be known of an operation's result: within `bound` ULP of the number's.
template <ir::op O, class T>
void check_one(double bound, T from = -std::numeric_limits<T>::infinity(), T to = std::numeric_limits<T>::infinity()) {
    int lane = 0;
    for (T const x : special_values<T>()) {
        if (x < from || x > to) continue;
        T const got = in_lane<O, T>(lane++ % s::width<T>, x), want = s::apply<O>(x);
        BOOST_TEST(ulps(got, want) <= bound, name(O) << "(" << x << ") = " << got << ", expected " << want << ", " << ulps(got, want) << " ULP, "
                                                     << 8 * sizeof(T) << " bit");
    }
}

template <ir::op O, class T>
void check_two(double bound) {
    int lane = 0;
    for (T const x : special_values<T>())
        for (T const y : special_values<T>()) {
            T const got = in_lane<O, T>(lane++ % s::width<T>, x, y), want = s::apply<O>(x, y);
            // the error of a power's logarithm is multiplied by the exponent (double; floats are computed in double)
            double const tail = O == ir::op::pow && sizeof(T) == 8 ? 3 * std::abs(y * std::log(std::abs(x))) : 0;
            BOOST_TEST(ulps(got, want) <= bound + (tail < 3000 ? tail : 0), name(O) << "(" << x << ", " << y << ") = " << got << ", expected " << want << ", "
                                                         << ulps(got, want) << " ULP, " << 8 * sizeof(T) << " bit");
        }
}
}  // namespace

using both = std::tuple<float, double>;

BOOST_AUTO_TEST_CASE_TEMPLATE(exact_functions, T, both) {
    using enum ir::op;
    check_one<neg, T>(0); check_one<abs, T>(0); check_one<sign, T>(0); check_one<floor, T>(0); check_one<ceil, T>(0);
    check_one<round, T>(0); check_one<sqrt, T>(0); check_one<rsqrt, T>(0); check_one<logical_not, T>(0);
    check_one<finite_or_zero, T>(0); check_one<inverse_or_zero, T>(0); check_one<bounded, T>(0); check_one<cast, T>(0);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(functions_of_one, T, both) {
    using enum ir::op;
    check_one<exp, T>(2); check_one<exp2, T>(2); check_one<expm1, T>(2);
    check_one<log, T>(2); check_one<log2, T>(2); check_one<log1p, T>(2);
    double const loose = sizeof(T) == 8 ? 20 : 2;       // xsimd's in double, beside π and in the middle of erf
    check_one<sin, T>(loose); check_one<cos, T>(loose); check_one<tan, T>(loose); check_one<erf, T>(loose);
    check_one<asin, T>(2); check_one<acos, T>(2); check_one<atan, T>(2);
    check_one<sinh, T>(2); check_one<cosh, T>(2); check_one<tanh, T>(2);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(functions_of_two, T, both) {
    using enum ir::op;
    check_two<add, T>(0); check_two<sub, T>(0); check_two<mul, T>(0); check_two<div, T>(0);
    check_two<min, T>(0); check_two<max, T>(0);
    check_two<less, T>(0); check_two<less_equal, T>(0); check_two<greater, T>(0); check_two<greater_equal, T>(0);
    check_two<equal, T>(0); check_two<not_equal, T>(0); check_two<logical_and, T>(0); check_two<logical_or, T>(0);
    check_two<pow, T>(2); check_two<atan2, T>(2);
}
