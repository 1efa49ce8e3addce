// SPDX-License-Identifier: BSL-1.0
// Interval arithmetic: whatever numbers lie within the bounds of the arguments, the result lies within the bounds of the map.
#include "support/random.hpp"

#include <sinter/graph/bounds.hpp>

#include <boost/test/unit_test.hpp>

#include <cmath>
#include <limits>

namespace {

using namespace sinter::ir;
using sinter::bfloat16, sinter::half;
using sinter::test::generator, sinter::test::seed;
using B = bounds<double>;
constexpr double infinity = B::infinity;

constexpr B of(op o, B const& a, B const& b = {}, B const& c = {}) { return bounds_rules<double>::of(o, dtype::f64, a, b, c); }

double computed(op o, double a, double b, double c) {
    switch (o) {
        case op::neg: return -a;
        case op::abs: return std::fabs(a);
        case op::floor: return std::floor(a);
        case op::ceil: return std::ceil(a);
        case op::round: return std::nearbyint(a);
        case op::sign: return a > 0 ? 1 : a < 0 ? -1 : a;
        case op::sqrt: return std::sqrt(a);
        case op::rsqrt: return 1 / std::sqrt(a);
        case op::exp: return std::exp(a);
        case op::exp2: return std::exp2(a);
        case op::expm1: return std::expm1(a);
        case op::log: return std::log(a);
        case op::log2: return std::log2(a);
        case op::log1p: return std::log1p(a);
        case op::asin: return std::asin(a);
        case op::acos: return std::acos(a);
        case op::atan: return std::atan(a);
        case op::sinh: return std::sinh(a);
        case op::erf: return std::erf(a);
        case op::add: return a + b;
        case op::sub: return a - b;
        case op::mul: return a * b;
        case op::div: return a / b;
        case op::min: return a != a || a < b ? a : b;
        case op::max: return a != a || a > b ? a : b;
        case op::less: return a < b;
        case op::less_equal: return a <= b;
        case op::greater: return a > b;
        case op::greater_equal: return a >= b;
        case op::equal: return a == b;
        case op::not_equal: return a != b;
        case op::logical_not: return a == 0;
        case op::logical_and: return a != 0 && b != 0;
        case op::logical_or: return a != 0 || b != 0;
        case op::select: return a != 0 ? b : c;
        case op::cast: return a;
        case op::tanh: return std::tanh(a);
        default: return std::numeric_limits<double>::quiet_NaN();
    }
}

/// What lanes may give instead.
double off(op o, double x, generator& g) {
    return info(o).is_nearest ? x : x * (1 + g.uniform(-100, 100) * std::numeric_limits<double>::epsilon());
}

/// Small whole numbers, so that equality and zero happen; now and then nothing is known, or the number is infinite, or none.
B random_bounds(generator& g) {
    auto const whole = [&] { return double(g.below(7)) - 3; };
    switch (g.below(10)) {
        case 0: return {};
        case 1: return B::exactly(whole());
        case 2: return B::exactly(g.below(2) ? infinity : -infinity);
        case 3: return {whole() - 3, whole() + 3, false};
        case 4: return g.below(2) ? B{whole(), infinity, true} : B{-infinity, whole(), g.below(2) == 0};
        default: {
            double const x = whole(), y = whole() / 2;
            return x < y ? B{x, y} : B{y, x};
        }
    }
}
double within(B const& b, generator& g) {
    if (!b.is_number && g.below(4) == 0) return std::numeric_limits<double>::quiet_NaN();
    if (b.is_exact()) return b.low;
    if (!b.is_finite() && g.below(6) == 0) return b.low == -infinity ? b.low : b.high;
    if (!b.is_finite() && g.below(6) == 0) return b.high == infinity ? b.high : b.low;
    if (!b.is_finite()) return g.uniform(b.low > -infinity ? b.low : -9, b.high < infinity ? b.high : 9);
    switch (g.below(4)) {
        case 0: return b.low;
        case 1: return b.high;
        default: return g.uniform(b.low, b.high);
    }
}

BOOST_AUTO_TEST_CASE(bounds_hold) {
    generator g(seed());
    for (int o = 0; o < int(op::user); ++o) {
        op const which = op(o);
        if (std::isnan(computed(which, 1, 1, 1))) {
            BOOST_TEST(!has_bounds(which), name(which) << " is not tested");
            continue;
        }
        int outside = 0, decided = 0;
        for (int i = 0; i < 4000; ++i) {
            B const a = random_bounds(g), b = random_bounds(g), c = random_bounds(g), result = of(which, a, b, c);
            decided += result.is_exact();
            for (int k = 0; k < 8; ++k) {
                double const x = off(which, computed(which, within(a, g), within(b, g), within(c, g)), g);
                outside += std::isnan(x) ? result.is_number : x < result.low || x > result.high;
            }
        }
        BOOST_TEST(outside == 0, name(which) << ": " << outside << " values outside of their bounds");
        BOOST_TEST((decided > 0 || !has_bounds(which) || !info(which).is_nearest), name(which) << " is never decided");
    }
}

/// The compiler may add to a product before it is rounded.
BOOST_AUTO_TEST_CASE(bounds_hold_for_fused_sums) {
    generator g(seed());
    int outside = 0;
    for (int i = 0; i < 20000; ++i) {
        B const a = B::exactly(g.uniform(-3, 3)), b{double(g.below(9)), 100}, c = B::exactly(g.uniform(-300, 300));
        B const result = of(op::add, of(op::mul, a, b), c);
        double const x = std::fma(a.low, g.below(2) ? b.low : b.high, c.low);
        outside += !(result.low <= x && x <= result.high);
    }
    BOOST_TEST(outside == 0);
}

double converted(dtype type, double x) {
    switch (type) {
        case dtype::boolean: return x != 0;
        case dtype::f16: return float(half(x));
        case dtype::bf16: return float(bfloat16(x));
        case dtype::f32: return float(x);
        default: return is_integer(type) ? std::trunc(x) : x;
    }
}

BOOST_AUTO_TEST_CASE(bounds_hold_for_casts) {
    generator g(seed());
    for (int t = 0; t < int(dtype::own); ++t)
        for (int i = 0; i < 4000; ++i) {
            double const scale = g.below(2) ? 1 : 1e3 / 7;
            B const a = random_bounds(g), scaled{a.low * scale, a.high * scale, a.is_number};
            B const result = bounds_rules<double>::of(op::cast, dtype(t), scaled, {}, {});
            double const x = converted(dtype(t), within(a, g) * scale);
            bool const inside = std::isnan(x) ? !result.is_number : result.low <= x && x <= result.high;
            BOOST_TEST(inside, "to type " << t << ": " << x << " is not in [" << result.low << ", " << result.high << "]");
        }
}
static_assert(bounds_rules<float>::of(op::cast, dtype::i32, {-1.5f, 2.5f}, {}, {}) == bounds<float>{-1, 2});
static_assert(bounds_rules<float>::of(op::cast, dtype::u8, {-1.5f, 300.5f}, {}, {}) == bounds<float>{-1, 300});     // it does not wrap
static_assert(bounds_rules<float>::of(op::cast, dtype::f16, {2049, 2051}, {}, {}) == bounds<float>{2048, 2052});
static_assert(bounds_rules<float>::of(op::cast, dtype::boolean, {2049, 2051}, {}, {}).is(1));

// What a masked element makes of what follows.
static_assert(of(op::sub, B::exactly(-infinity), B{}).is(-infinity));
static_assert(of(op::exp, B::exactly(-infinity)).is(0) && of(op::exp2, B::exactly(-infinity)).is(0));
static_assert(of(op::log, B::exactly(0)).is(-infinity) && of(op::sqrt, B::exactly(0)).is(0) && of(op::tanh, B::exactly(0)).is(0));
static_assert(of(op::exp, B{}) == B{0, infinity, false} && of(op::log, B{1, 2}) == B{});     // no C library in the compiler
static_assert(of(op::mul, B::exactly(0), B{}).is(0));
static_assert(of(op::select, B::exactly(0), B{}, B::exactly(-infinity)).is(-infinity));
static_assert(of(op::select, B::truth(), B::exactly(2), B::exactly(1)) == B{1, 2});
static_assert(of(op::add, B::exactly(-infinity), B::exactly(infinity)) == B{});
// What would be NaN or overflow is no error in a constant expression: nothing is known.
static_assert(of(op::div, B::exactly(-infinity), B::exactly(-infinity)) == B{});
static_assert(of(op::mul, B::exactly(1e300), B::exactly(1e300)) == B{});
static_assert(of(op::add, B::exactly(1.7e308), B::exactly(1.7e308)) == B{});
static_assert(of(op::div, B::exactly(1e300), B::exactly(1e-300)) == B{});
// Data may be NaN: nothing follows from a comparison with it.
static_assert(of(op::less_equal, B::exactly(-infinity), B{}) == B::truth());
static_assert(of(op::equal, B{}, B{}) == B::truth());
static_assert(of(op::less_equal, of(op::max, of(op::min, B{}, B::exactly(1)), B::exactly(0)), B::exactly(1)) ==
              B::truth());      // clamp(NaN, 0, 1) ≤ 1 is false
static_assert(of(op::less, of(op::mul, B::exactly(0), B{}), B::exactly(1)) == B::truth());
static_assert(of(op::logical_not, of(op::mul, B::exactly(0), B{})) == B::truth());
static_assert(of(op::logical_not, of(op::mul, B::exactly(0), B{}).supposed()).is(1));
// An infinity is a number.
static_assert(of(op::less, B::exactly(-infinity), B{0, infinity, true}).is(1));
static_assert(of(op::greater, B{0, infinity, true}, B{-infinity, -1, true}).is(1));
static_assert(of(op::less, B{0, 15}, B{16, 31}).is(1) && of(op::less, B{16, 31}, B{0, 16}).is(0));
static_assert(of(op::not_equal, B{0, 1}, B{2, 3}).is(1) && of(op::not_equal, B::exactly(2), B::exactly(2)).is(0));

}  // namespace
