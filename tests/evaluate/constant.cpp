// SPDX-License-Identifier: BSL-1.0
// The same formulas in constant expressions.
#include "support/types.hpp"

namespace sinter::test {
namespace {

// (wine, gin, juice) by (three cocktails), and what a round costs
constexpr float ordered() {
    matrix<float, 2, 3> const parts{{4, 2, 1}, {0, 5, 3}};
    vector<float, 3> const price{1.5f, 2.f, 0.5f};
    vector<float, 2> cost;
    cost = parts * price;
    return cost(0) * 100 + cost(1);
}
static_assert(ordered() == 1050.f + 11.5f);

constexpr double weight(int i) {
    vector<double, 3> const x{1, 2, 3};
    vector<double, 3> p;
    p = softmax(x);
    return p(i);
}
constexpr bool close(double a, double b) { return a - b < 1e-6 && b - a < 1e-6; }
static_assert(close(weight(0), 0.09003057317038046));
static_assert(close(weight(1), 0.24472847105479767));
static_assert(close(weight(2), 0.6652409557748219));

constexpr matrix<double, 2, 2> product_of_three() {
    matrix<double, 2, 3> const a{{1, 2, 3}, {4, 5, 6}};
    matrix<double, 3, 2> const b{{1, 0}, {0, 1}, {1, 1}};
    matrix<double, 2, 2> const c{{4, 10}, {5, 11}};
    matrix<double, 2, 2> o;
    o = a * b * c - 1;
    return o;
}
static_assert(product_of_three()(0, 0) == 40 && product_of_three()(0, 1) == 94);
static_assert(product_of_three()(1, 0) == 94 && product_of_three()(1, 1) == 220);

constexpr float in_float() {
    matrix<float, 3, 2> const q{{1, 0}, {0, 1}, {1, 1}};
    matrix<float, 3, 2> o;
    o = softmax(q * transpose(q)) * q;
    return o(0, 0) + o(0, 1);
}

constexpr double reductions() {
    vector<double, 4> const x{3, -1, 4, 1};
    tensor<double> const s = sum(x) + amax(x) * 10 + amin(x) * 100 + prod(x) * 1000;
    return s();
}
static_assert(reductions() == 7 + 40 - 100 - 12000);

BOOST_AUTO_TEST_CASE(constant_and_not) {
    constexpr float at_compile_time = in_float();
    matrix<float, 3, 2> const q{{1, 0}, {0, 1}, {1, 1}};
    matrix<float, 3, 2> o;
    o = softmax(q * transpose(q)) * q;
    BOOST_CHECK_SMALL(double(at_compile_time - (o(0, 0) + o(0, 1))), 1e-6);
}

}  // namespace
}  // namespace sinter::test
