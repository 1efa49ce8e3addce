// SPDX-License-Identifier: BSL-1.0
// Every function of xsimd at thousands of values against the C library, and some of them in a formula.
#include <sinter/sinter.hpp>

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>
#include <tuple>

namespace {
namespace s = sinter::simd;
using sinter::ir::op;
using both = std::tuple<float, double>;

/// Distance in units of the last place of `want`, which has more digits than T where the platform has such a type.
template <class T>
double ulps(T got, long double want) {
    if (std::isnan(got)) return std::numeric_limits<double>::infinity();
    int e = 0;
    std::frexp(want, &e);
    e = std::max(e, std::numeric_limits<T>::min_exponent);
    return static_cast<double>(std::abs(got - want) / std::ldexp(1.0L, e - std::numeric_limits<T>::digits));
}

/// The worst error among 512 batches with a value of `draw` in every lane.
template <op O, class T, class Draw>
void sweep(double bound, Draw draw) {
    constexpr int w = s::width<T>;
    std::mt19937_64 random(static_cast<unsigned>(O));
    double worst = 0;
    T at = 0;
    for (int n = 0; n < 512; ++n) {
        T in[w], out[w];
        for (T& x : in) x = static_cast<T>(draw(random));
        s::store(out, s::apply<O>(s::load(in)));
        for (int i = 0; i < w; ++i) {
            double const error = ulps(out[i], s::apply<O>(static_cast<long double>(in[i])));
            if (error > worst) worst = error, at = in[i];
        }
    }
    BOOST_TEST(worst <= bound, sinter::ir::name(O) << "(" << at << "): " << worst << " ULP, " << 8 * sizeof(T) << " bit");
}

auto between(double low, double high) { return std::uniform_real_distribution<double>(low, high); }

/// Numbers 2^low … 2^high of both signs or of one.
auto powers(double low, double high, bool negative_too) {
    return [=](auto& random) {
        double const size = std::exp2(between(low, high)(random));
        return negative_too && random() % 2 == 0 ? -size : size;
    };
}
}  // namespace

BOOST_AUTO_TEST_CASE_TEMPLATE(exponentials_and_logarithms, T, both) {
    using enum op;
    bool const wide = sizeof(T) == 8;
    double const e = wide ? 700 : 86, two = wide ? 1020 : 125;
    sweep<exp, T>(2, between(-e, e));
    sweep<exp2, T>(2, between(-two, two));
    sweep<expm1, T>(3, between(-e, e));
    sweep<expm1, T>(3, powers(-60, 5, true));
    sweep<log, T>(2, powers(-two, two, false));
    sweep<log, T>(2, between(0.5, 2));
    sweep<log2, T>(3, powers(-two, two, false));
    sweep<log2, T>(3, between(0.5, 2));
    sweep<log1p, T>(2, powers(-60, two, false));
    sweep<log1p, T>(2, between(-0.9, 10));
    sweep<sinh, T>(3, between(-e, e));
    sweep<sinh, T>(3, powers(-40, 3, true));
    sweep<cosh, T>(3, between(-e, e));
    sweep<tanh, T>(3, powers(-40, 4, true));
    sweep<erf, T>(wide ? 100 : 3, powers(-40, 2, true));
}

BOOST_AUTO_TEST_CASE_TEMPLATE(angles, T, both) {
    using enum op;
    sweep<sin, T>(3, powers(-40, 10, true));
    sweep<cos, T>(3, powers(-40, 10, true));
    sweep<tan, T>(4, powers(-40, 10, true));
    sweep<asin, T>(3, between(-1, 1));
    sweep<acos, T>(3, between(-1, 1));
    sweep<atan, T>(3, powers(-40, 40, true));
}

BOOST_AUTO_TEST_CASE_TEMPLATE(exact, T, both) {
    using enum op;
    sweep<abs, T>(0, powers(-40, 40, true));
    sweep<sign, T>(0, powers(-40, 40, true));
    sweep<floor, T>(0, powers(-2, 40, true));
    sweep<ceil, T>(0, powers(-2, 40, true));
    sweep<round, T>(0, powers(-2, 40, true));
    sweep<sqrt, T>(0.5001, powers(-40, 40, false));
}

BOOST_AUTO_TEST_CASE_TEMPLATE(in_a_formula, T, both) {
    sinter::matrix<T> x(5, 13), y(5, 13), o(5, 13);
    std::mt19937_64 random(1);
    for (T& v : x) v = static_cast<T>(between(0.5, 4)(random));
    for (T& v : y) v = static_cast<T>(between(-3, 3)(random));
    o = log(x) + 2 * pow(x, y) + 3 * log1p(x) + 5 * (expm1(y) + 1);
    double const tolerance = 64 * std::numeric_limits<T>::epsilon();
    for (int i = 0; i < 5; ++i)
        for (int j = 0; j < 13; ++j) {
            double const a = x(i, j), b = y(i, j);
            double const want = std::log(a) + 2 * std::pow(a, b) + 3 * std::log1p(a) + 5 * (std::expm1(b) + 1);
            BOOST_TEST(std::abs(o(i, j) - want) <= tolerance * std::abs(want), "at (" << i << ", " << j << "): " << o(i, j) << ", expected " << want);
        }
}
