// SPDX-License-Identifier: BSL-1.0
// The oracle against numbers that NumPy computed, and its edge rules.
#include "support/compare.hpp"

#include <boost/test/unit_test.hpp>

#include <cmath>

namespace {

namespace ir = sinter::ir;
using namespace sinter::test;
using namespace sinter::oracle;
using ir::form;
using ir::reduction;

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr double eps = 6e-8;

array const x({2, 3}, {1.5, -2, 0.25, 3, 3, -1});
array const y({2, 3}, {2, 0, 1, -1, 4, 0.5});

void equal(array const& got, array const& want) {
    std::string const report = difference({}, want, got.shape, got.data, {1e-14});
    BOOST_CHECK_MESSAGE(report.empty(), report);
}

/// Operands, then one term over all of them.
struct formula_of_one {
    program p;
    explicit formula_of_one(std::vector<array> const& operands) {
        for (array const& a : operands) add_operand(a);
    }
    void add_operand(array const& a) {
        ir::term t;
        t.type = ir::dtype::f64;
        t.slot = std::int16_t(p.operands.size());
        p.operands.push_back({a, {}, {}, {}, 0});
        shape(t, a.shape);
    }
    void shape(ir::term t, shape_t const& s) {
        t.rank = std::int8_t(s.size());
        for (std::size_t i = 0; i < s.size(); ++i) {
            t.extent[i] = std::int16_t(p.extents.size());
            p.extents.push_back({ir::extent::source::constant, s[i]});
        }
        p.terms.push_back(t);
    }
    array value(form what, shape_t const& s, ir::term t = {}) {
        t.what = what;
        t.type = ir::dtype::f64;
        t.arity = std::int8_t(p.terms.size());
        for (int i = 0; i < t.arity; ++i) t.arg[i] = std::int16_t(i);
        shape(t, s);
        return evaluate(p);
    }
};

array scalar(double v) { return array({}, v); }

BOOST_AUTO_TEST_CASE(products_are_those_of_numpy) {
    array const yt = permute(y, {1, 0});
    equal(matmul(x, yt, eps), array({2, 2}, {3.25, -9.375, 5.0, 8.5}));
    array a({2, 1, 2, 3}), c({3, 3, 2});
    for (std::size_t i = 0; i < a.size(); ++i) a.data[i] = double(i) - 5;
    for (std::size_t i = 0; i < c.size(); ++i) c.data[i] = double(i % 5) - 1;
    equal(matmul(a, c, eps), array({2, 3, 2, 2}, {-8, -5, 1, -2, -5, -17, -2, -5, -17, -9, -5, -3,
                                                  10, 1, 19, 4, 1, 7, 4, 19, 7, 3, 19, 9}));
    equal(matmul(array({3}, {0, 1, 2}), c, eps), array({3, 2}, {7, 0, 0, 3, 3, 1}));
    equal(matmul(x, array({3}, {1, 2, 4}), eps), array({2}, {-1.5, 5}));
    equal(matmul(array({2}, {1, 2}), array({2}, {3, 4}), eps), scalar(11));
    BOOST_CHECK_THROW(matmul(x, y, eps), std::invalid_argument);
    semiring const min_plus{[](double a, double b) { return std::fmin(a, b); }, std::plus<>(), infinity};
    equal(matmul(x, yt, eps, min_plus), array({2, 2}, {-2, 0.5, 0, -0.5}));
}

BOOST_AUTO_TEST_CASE(reductions_are_those_of_numpy) {
    equal(reduce(reduction::variance, x, 2, false, eps), array({2}, {2.097222222222222, 3.555555555555556}));
    equal(reduce(reduction::logsumexp, x, 2, true, eps), array({2, 1}, {1.775130262247635, 3.702263321439095}));
    equal(reduce(reduction::sum, x, 1, false, eps), array({3}, {4.5, 1, -0.75}));
    equal(reduce(reduction::norm, x, 3, false, eps), scalar(5.031152949374527));
    equal(reduce(reduction::argmax, x, 2, false, eps), array({2}, {0, 0}));
    equal(reduce(reduction::argmin, x, 3, false, eps), scalar(1));
    equal(reduce(reduction::prod, x, 1, true, eps), array({1, 3}, {4.5, -6, -0.25}));
    equal(reduce(reduction::any, array({2, 2}, {0, 0, 0, 3}), 2, false, eps), array({2}, {0, 1}));
    equal(reduce(reduction::all, array({2, 2}, {1, 0, 2, 3}), 2, false, eps), array({2}, {0, 1}));
}

BOOST_AUTO_TEST_CASE(reductions_of_nothing) {
    array const none({2, 0});
    auto of = [&](reduction r, double want) { equal(reduce(r, none, 2, false, eps), array({2}, want)); };
    of(reduction::sum, 0);
    of(reduction::prod, 1);
    of(reduction::amax, -infinity);
    of(reduction::amin, infinity);
    of(reduction::mean, nan);
    of(reduction::logsumexp, -infinity);
    of(reduction::any, 0);
    of(reduction::all, 1);
}

BOOST_AUTO_TEST_CASE(softmax_and_its_masked_rows) {
    equal(softmax(x, 2, false, eps), array({2, 3}, {0.7594731860969822, 0.022934102999540424, 0.21759271090347723,
                                                    0.4954626425778431, 0.4954626425778431, 0.009074714844313747}));
    equal(softmax(x, 1, true, eps), array({2, 3}, {-1.7014132779827524, -5.006715348489118, -0.251929081345373,
                                                   -0.2014132779827524, -0.006715348489118168, -1.5019290813453727}));
    array const masked({3, 2}, {-infinity, -infinity, 0, -infinity, nan, 1});
    equal(softmax(masked, 2, false, eps), array({3, 2}, {0, 0, 1, 0, nan, nan}));
    equal(softmax(masked, 2, true, eps), array({3, 2}, {-infinity, -infinity, 0, -infinity, nan, nan}));
    equal(reduce(reduction::amax, masked, 2, false, eps), array({3}, {-infinity, 0, nan}));
}

BOOST_AUTO_TEST_CASE(row_wise_forms) {
    array const gamma({3}, {1, 2, 0.5}), beta({3}, {0, 1, -1});
    equal(formula_of_one({x, gamma, beta, scalar(1e-2)}).value(form::layer_norm, {2, 3}),
          array({2, 3}, {1.090729818535241, -1.6407142975063729, -0.8851863348910273, 0.7061145048684847,
                         2.4122290097369694, -1.7061145048684847}));
    equal(formula_of_one({x, gamma, scalar(1e-2)}).value(form::rms_norm, {2, 3}),
          array({2, 3}, {1.0316245019995112, -2.7509986719986963, 0.08596870849995926, 1.191139119276737,
                         2.382278238553474, -0.19852318654612286}));
    equal(formula_of_one({x, y}).value(form::cosine_similarity, {2}),
          array({2}, {0.5784924073369802, 0.46951295016619127}));
    BOOST_CHECK_THROW(formula_of_one({x, y}).value(form::cosine_similarity, {3}), std::logic_error);
}

BOOST_AUTO_TEST_CASE(functions_are_those_of_pytorch) {
    array const v({3}, {-1.25, 0, 2.5});
    auto of = [&](ir::function f, std::vector<double> want) { equal(functional(f, {&v}, eps), array({3}, want)); };
    of(ir::function::gelu, {-0.13206221708356913, 0, 2.4844758366855597});
    of(ir::function::gelu_tanh, {-0.13228579703028542, 0, 2.484915733910001});
    of(ir::function::silu, {-0.27837517353163604, 0, 2.3103545499468914});
    of(ir::function::mish, {-0.30841396114152775, 0, 2.471392304557881});
    of(ir::function::softplus, {0.2519290813453729, 0.6931471805599453, 2.5788897342925496});
    of(ir::function::hard_swish, {-0.3645833333333333, 0, 2.2916666666666665});
}

BOOST_AUTO_TEST_CASE(slices_and_coordinates) {
    formula_of_one f({x});
    ir::term t;
    t.order[0] = 1;
    t.step[0] = 2;
    t.fixed[0] = std::int16_t(f.p.extents.size());
    f.p.extents.push_back({ir::extent::source::constant, 1});
    t.start[0] = -1;
    equal(f.value(form::slice, {2}, t), array({2}, {3, -1}));

    formula_of_one g({array({2, 3}, 10)});
    ir::term c;
    c.what = form::coordinate;
    c.order[0] = -1;
    g.p.terms.push_back(c);
    ir::term add;
    add.op = ir::op::add;
    equal(g.value(form::map, {2, 3}, add), array({2, 3}, {10, 11, 12, 10, 11, 12}));
}

BOOST_AUTO_TEST_CASE(error_bounds_cover_float_and_are_not_idle) {
    array a({1, 64}), b({64, 1});
    float sum = 0;
    for (std::size_t i = 0; i < 64; ++i) {
        a.data[i] = double(std::sin(float(i) * 1.7f));
        b.data[i] = double(std::cos(float(i) * 0.3f));
        sum += float(a.data[i]) * float(b.data[i]);
    }
    array const product = matmul(a, b, eps);
    BOOST_CHECK_SMALL(double(sum) - product.data[0], product.error[0]);
    BOOST_CHECK_LT(product.error[0], 1e-4);
    BOOST_CHECK(!difference({}, product, product.shape, {product.data[0] + 1e-3}, by_condition).empty());
    array doubtful({2}, {1, 1 + 1e-9});
    doubtful.error = {1e-7, 1e-7};
    BOOST_CHECK_EQUAL(reduce(reduction::argmax, doubtful, 1, false, eps).error[0], infinity);
    doubtful.data[1] = 2;
    BOOST_CHECK_EQUAL(reduce(reduction::argmax, doubtful, 1, false, eps).error[0], 0);
}

BOOST_AUTO_TEST_CASE(comparison_can_fail) {
    array const want({2}, {1, nan});
    BOOST_CHECK(difference({}, want, {2}, {1, nan}, {1e-6}).empty());
    BOOST_CHECK(!difference({}, want, {2}, {1.00001, nan}, {1e-6}).empty());
    BOOST_CHECK(!difference({}, want, {2}, {1, 2}, {1e-6}).empty());
    BOOST_CHECK(!difference({}, want, {1, 2}, {1, nan}, {1e-6}).empty());
    BOOST_CHECK(!difference({}, array({1}, infinity), {1}, {3e38}, {1e-6}).empty());
}

}  // namespace
