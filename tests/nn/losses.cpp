// SPDX-License-Identifier: BSL-1.0
// The losses of elements and of pairs of rows.
#include "nn/losses.hpp"

#include <algorithm>

namespace sinter::test {
namespace {

/// The mean of f over the elements of two tables.
template <class T>
double mean_of(table<T> const& x, table<T> const& y, auto f) {
    double s = 0;
    for (size i = 0; i < x.size(); ++i) s += f(double(x.data()[i]), double(y.data()[i]));
    return s / double(x.size());
}

BOOST_AUTO_TEST_CASE_TEMPLATE(distances, T, real_types) {
    generator g(seed());
    for (auto [n, m] : tables) {
        auto const x = make<table<T>>(g, -2, 2, n, m), y = make<table<T>>(g, -2, 2, n, m);
        static_assert(decltype(plan(nn::huber(x, y)))::passes == 1);
        agrees<T>("mse", nn::mse(x, y), mean_of(x, y, [](double a, double b) { return (a - b) * (a - b); }), n * m);
        table<T> const turned = eval(transpose(x));
        agrees<T>("mse of what is transposed", nn::mse(transpose(turned), y), mean_of(x, y, [](double a, double b) { return (a - b) * (a - b); }), n * m);
        agrees<T>("l1", nn::l1(x, y), mean_of(x, y, [](double a, double b) { return std::abs(a - b); }), n * m);
        agrees<T>("huber", nn::huber(x, y, 1.5), mean_of(x, y, [](double a, double b) {
            double const z = std::abs(a - b);
            return z <= 1.5 ? z * z / 2 : 1.5 * (z - 0.75);
        }), n * m);
        agrees<T>("smooth l1", nn::smooth_l1(x, y, 0.5), mean_of(x, y, [](double a, double b) {
            double const z = std::abs(a - b);
            return z < 0.5 ? z * z / (2 * 0.5) : z - 0.25;
        }), n * m);
        agrees<T>("poisson", nn::poisson_nll(x, y), mean_of(x, y, [](double a, double b) { return std::exp(a) - a * b; }), n * m);
        auto const v = make<table<T>>(g, 0.25, 2, n, m);
        double s = 0;
        for (size i = 0; i < x.size(); ++i) {
            double const d = double(x.data()[i]) - y.data()[i];
            s += (std::log(double(v.data()[i])) + d * d / v.data()[i]) / 2;
        }
        agrees<T>("gaussian", nn::gaussian_nll(x, y, v), s / double(x.size()), n * m);
    }
}

BOOST_AUTO_TEST_CASE_TEMPLATE(yes_and_no, T, real_types) {
    generator g(seed());
    for (auto [n, m] : tables) {
        auto const x = make<table<T>>(g, -4, 4, n, m), p = make<table<T>>(g, 0, 1, n, m);
        auto y = make<table<T>>(g, 0, 1, n, m);
        agrees<T>("binary", nn::binary_cross_entropy(p, y), mean_of(p, y, [](double a, double b) {
            return -(b * std::max(std::log(a), -100.0) + (1 - b) * std::max(std::log1p(-a), -100.0));
        }), n * m);
        agrees<T>("binary with logits", nn::binary_cross_entropy_with_logits(x, y), mean_of(x, y, [](double a, double b) {
            double const q = 1 / (1 + std::exp(-a));
            return -(b * std::log(q) + (1 - b) * std::log(1 - q));
        }), n * m);
        for (auto& v : y) v = g.below(2) ? T(1) : T(-1);
        agrees<T>("hinge", nn::hinge(x, y), mean_of(x, y, [](double a, double b) { return std::max(0.0, 1 - a * b); }), n * m);
        agrees<T>("hinge embedding", nn::hinge_embedding(x, y, 2), mean_of(x, y, [](double a, double b) {
            return b == 1 ? a : std::max(0.0, 2 - a);
        }), n * m);
        agrees<T>("soft margin", nn::soft_margin(x, y), mean_of(x, y, [](double a, double b) { return std::log1p(std::exp(-a * b)); }), n * m);
        double ranking = 0, angles = 0;
        vector<T> sign(n);
        for (size i = 0; i < n; ++i) {
            double ab = 0, aa = 0, bb = 0;
            sign(i) = y(i, 0);
            for (size j = 0; j < m; ++j) {
                ranking += std::max(0.0, 0.5 - y(i, j) * (double(x(i, j)) - p(i, j)));
                ab += double(x(i, j)) * double(p(i, j)), aa += double(x(i, j)) * x(i, j), bb += double(p(i, j)) * p(i, j);
            }
            double const cosine = ab / std::sqrt(aa * bb);
            angles += sign(i) == 1 ? 1 - cosine : std::max(0.0, cosine - 0.25);
        }
        agrees<T>("ranking", nn::margin_ranking(x, p, y, 0.5), ranking / double(n * m), n * m);
        agrees<T>("cosine embedding", nn::cosine_embedding(x, p, sign, 0.25), angles / double(n), n + m);
    }
}

BOOST_AUTO_TEST_CASE_TEMPLATE(probabilities_at_their_ends, T, real_types) {
    table<T> const p{{0, 1, 1}}, y{{0, 1, 0}}, big{{500, -500}}, no_yes{{0, 1}};
    BOOST_CHECK_CLOSE(double(*eval(nn::binary_cross_entropy(p, y)).data()), 100.0 / 3, 1e-4);
    BOOST_CHECK_EQUAL(*eval(nn::binary_cross_entropy_with_logits(big, no_yes)).data(), 500);
}

}  // namespace
}  // namespace sinter::test
