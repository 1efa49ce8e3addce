// SPDX-License-Identifier: BSL-1.0
// The losses against plain loops in double, written from their definitions.
#include "support/types.hpp"

#include <sinter/nn.hpp>

#include <algorithm>

namespace sinter::test {
namespace {

using table = matrix<float>;

void agrees(char const* what, auto const& e, double want, size terms) {
    static_assert(std::remove_cvref_t<decltype(e)>::info.rank == 0);
    tensor<float> got;
    got = e;
    allocation_count const used = allocations_of([&] { got = e; });
    BOOST_CHECK_MESSAGE(used.calls == 0 && plan(e).temporaries == 0, what << ": something is stored");
    double const allowed = near<float>(terms).allowed * (1 + std::abs(want));
    BOOST_CHECK_MESSAGE(std::abs(double(*got.data()) - want) <= allowed, what << ": " << *got.data() << ", expected " << want);
}

/// The mean of f over the elements of two tables.
double mean_of(table const& x, table const& y, auto f) {
    double s = 0;
    for (size i = 0; i < x.size(); ++i) s += f(double(x.data()[i]), double(y.data()[i]));
    return s / double(x.size());
}

double log_sum(table const& x, size i) {
    double s = 0;
    for (size j = 0; j < x.extent(1); ++j) s += std::exp(double(x(i, j)));
    return std::log(s);
}

constexpr std::array<size, 2> tables[] = {{1, 1}, {2, 3}, {7, 9}, {8, 8}, {17, 15}, {33, 31}, {3, 257}, {129, 5}};

BOOST_AUTO_TEST_CASE(distances) {
    generator g(seed());
    for (auto [n, m] : tables) {
        auto const x = make<table>(g, -2, 2, n, m), y = make<table>(g, -2, 2, n, m);
        static_assert(decltype(plan(nn::huber(x, y)))::passes == 1);
        agrees("mse", nn::mse(x, y), mean_of(x, y, [](double a, double b) { return (a - b) * (a - b); }), n * m);
        agrees("l1", nn::l1(x, y), mean_of(x, y, [](double a, double b) { return std::abs(a - b); }), n * m);
        agrees("huber", nn::huber(x, y, 1.5), mean_of(x, y, [](double a, double b) {
            double const z = std::abs(a - b);
            return z <= 1.5 ? z * z / 2 : 1.5 * (z - 0.75);
        }), n * m);
        agrees("smooth l1", nn::smooth_l1(x, y, 0.5), mean_of(x, y, [](double a, double b) {
            double const z = std::abs(a - b);
            return z < 0.5 ? z * z / (2 * 0.5) : z - 0.25;
        }), n * m);
        agrees("poisson", nn::poisson_nll(x, y), mean_of(x, y, [](double a, double b) { return std::exp(a) - a * b; }), n * m);
        auto const v = make<table>(g, 0.25, 2, n, m);
        double s = 0;
        for (size i = 0; i < x.size(); ++i) {
            double const d = double(x.data()[i]) - y.data()[i];
            s += (std::log(double(v.data()[i])) + d * d / v.data()[i]) / 2;
        }
        agrees("gaussian", nn::gaussian_nll(x, y, v), s / double(x.size()), n * m);
    }
}

BOOST_AUTO_TEST_CASE(classes) {
    generator g(seed());
    for (auto [n, c] : tables) {
        auto const x = make<table>(g, -3, 3, n, c);
        tensor<std::int64_t, dyn> t(n);
        table p(n, c);
        for (size i = 0; i < n; ++i) {
            t(i) = std::int64_t(g.below(c));
            double sum = 0;
            for (size j = 0; j < c; ++j) sum += p(i, j) = float(g.below(4) + (j == 0));      // some are 0
            for (size j = 0; j < c; ++j) p(i, j) = float(p(i, j) / sum);
        }
        double picked = 0, soft = 0, divergence = 0;
        for (size i = 0; i < n; ++i) {
            picked += x(i, size(t(i)));
            for (size j = 0; j < c; ++j) {
                soft += p(i, j) * (log_sum(x, i) - x(i, j));
                if (p(i, j) > 0) divergence += p(i, j) * (std::log(double(p(i, j))) - x(i, j));
            }
        }
        double logs = 0;
        for (size i = 0; i < n; ++i) logs += log_sum(x, i);
        agrees("cross-entropy of classes", nn::cross_entropy(x, t), (logs - picked) / double(n), n + c);
        agrees("cross-entropy of probabilities", nn::cross_entropy(x, p), soft / double(n), n + c);
        agrees("negative log-likelihood", nn::nll(x, t), -picked / double(n), n + c);
        agrees("divergence", nn::kl_div(x, p), divergence / double(n), n + c);
        vector<float> rows(n);
        verify("cross-entropy of rows", nn::cross_entropy_of_rows(x, t), rows, near<float>(c));
        static_assert(decltype(plan(nn::cross_entropy_of_rows(x, t)))::passes == 2);     // as logsumexp alone
    }
}

BOOST_AUTO_TEST_CASE(classes_behind_a_product) {
    generator g(seed());
    auto const x = make<table>(g, -1, 1, 33, 16), w = make<table>(g, -1, 1, 16, 100);
    tensor<std::int32_t, dyn> t(33);
    for (auto& k : t) k = std::int32_t(g.below(100));
    auto const rows = nn::cross_entropy_of_rows(x * w, t);
    static_assert(decltype(plan(rows))::passes == 1);        // the logits are never stored
    vector<float> losses(33);
    verify("logits that are a product", rows, losses, near<float>(116));
}

BOOST_AUTO_TEST_CASE(yes_and_no) {
    generator g(seed());
    for (auto [n, m] : tables) {
        auto const x = make<table>(g, -4, 4, n, m), p = make<table>(g, 0, 1, n, m);
        auto y = make<table>(g, 0, 1, n, m);
        agrees("binary", nn::binary_cross_entropy(p, y), mean_of(p, y, [](double a, double b) {
            return -(b * std::max(std::log(a), -100.0) + (1 - b) * std::max(std::log1p(-a), -100.0));
        }), n * m);
        agrees("binary with logits", nn::binary_cross_entropy_with_logits(x, y), mean_of(x, y, [](double a, double b) {
            double const q = 1 / (1 + std::exp(-a));
            return -(b * std::log(q) + (1 - b) * std::log(1 - q));
        }), n * m);
        for (auto& v : y) v = g.below(2) ? 1.0f : -1.0f;
        agrees("hinge", nn::hinge(x, y), mean_of(x, y, [](double a, double b) { return std::max(0.0, 1 - a * b); }), n * m);
        agrees("hinge embedding", nn::hinge_embedding(x, y, 2), mean_of(x, y, [](double a, double b) {
            return b == 1 ? a : std::max(0.0, 2 - a);
        }), n * m);
        agrees("soft margin", nn::soft_margin(x, y), mean_of(x, y, [](double a, double b) { return std::log1p(std::exp(-a * b)); }), n * m);
        double ranking = 0, angles = 0;
        vector<float> sign(n);
        for (size i = 0; i < n; ++i) {
            double ab = 0, aa = 0, bb = 0;
            sign(i) = y(i, 0);
            for (size j = 0; j < m; ++j) {
                ranking += std::max(0.0, 0.5 - y(i, j) * (double(x(i, j)) - p(i, j)));
                ab += double(x(i, j)) * p(i, j), aa += double(x(i, j)) * x(i, j), bb += double(p(i, j)) * p(i, j);
            }
            double const cosine = ab / std::sqrt(aa * bb);
            angles += sign(i) == 1 ? 1 - cosine : std::max(0.0, cosine - 0.25);
        }
        agrees("ranking", nn::margin_ranking(x, p, y, 0.5), ranking / double(n * m), n * m);
        agrees("cosine embedding", nn::cosine_embedding(x, p, sign, 0.25), angles / double(n), n + m);
    }
}

BOOST_AUTO_TEST_CASE(probabilities_at_their_ends) {
    table const p{{0, 1, 1}}, y{{0, 1, 0}}, big{{500, -500}}, no_yes{{0, 1}};
    BOOST_CHECK_CLOSE(double(*eval(nn::binary_cross_entropy(p, y)).data()), 100.0 / 3, 1e-4);
    BOOST_CHECK_EQUAL(*eval(nn::binary_cross_entropy_with_logits(big, no_yes)).data(), 500);
}

}  // namespace
}  // namespace sinter::test
