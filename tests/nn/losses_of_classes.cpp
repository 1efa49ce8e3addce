// SPDX-License-Identifier: BSL-1.0
// The losses whose rows are classes, by their numbers or by probabilities.
#include "nn/losses.hpp"

namespace sinter::test {
namespace {

template <class T>
double log_sum(table<T> const& x, size i) {
    double s = 0;
    for (size j = 0; j < x.extent(1); ++j) s += std::exp(double(x(i, j)));
    return std::log(s);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(classes, T, real_types) {
    generator g(seed());
    for (auto [n, c] : tables) {
        auto const x = make<table<T>>(g, -3, 3, n, c);
        tensor<std::int64_t, dyn> t(n);
        table<T> p(n, c);
        for (size i = 0; i < n; ++i) {
            t(i) = std::int64_t(g.below(c));
            double sum = 0;
            for (size j = 0; j < c; ++j) sum += p(i, j) = T(g.below(4) + (j == 0));      // some are 0
            for (size j = 0; j < c; ++j) p(i, j) = T(p(i, j) / sum);
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
        agrees<T>("cross-entropy of classes", nn::cross_entropy(x, t), (logs - picked) / double(n), n + c);
        agrees<T>("cross-entropy of probabilities", nn::cross_entropy(x, p), soft / double(n), n + c);
        agrees<T>("negative log-likelihood", nn::nll(x, t), -picked / double(n), n + c);
        agrees<T>("divergence", nn::kl_div(x, p), divergence / double(n), n + c);
        vector<T> rows(n);
        verify("cross-entropy of rows", nn::cross_entropy_of_rows(x, t), rows, near<T>(c));
        static_assert(decltype(plan(nn::cross_entropy_of_rows(x, t)))::passes == 2);     // as logsumexp alone
    }
}

BOOST_AUTO_TEST_CASE_TEMPLATE(classes_behind_a_product, T, real_types) {
    generator g(seed());
    auto const x = make<table<T>>(g, -1, 1, 33, 16), w = make<table<T>>(g, -1, 1, 16, 100);
    tensor<std::int32_t, dyn> t(33);
    for (auto& k : t) k = std::int32_t(g.below(100));
    auto const rows = nn::cross_entropy_of_rows(x * w, t);
    static_assert(decltype(plan(rows))::passes == 1);        // the logits are never stored
    vector<T> losses(33);
    verify("logits that are a product", rows, losses, near<T>(116));
}

/// One sweep over the classes, whether their number is known or not, though p might broadcast where it is not.
BOOST_AUTO_TEST_CASE_TEMPLATE(probabilities_behind_a_product, T, real_types) {
    generator g(seed());
    auto const x = make<table<T>>(g, -1, 1, 33, 16), w = make<table<T>>(g, -1, 1, 16, 100), p = make<table<T>>(g, 0, 1, 33, 100);
    auto const rows = nn::cross_entropy_of_rows(x * w, p);
    static_assert(decltype(plan(rows))::passes == 1 && decltype(plan(rows))::temporaries == 0);
    vector<T> losses(33);
    verify("logits that are a product", rows, losses, near<T>(116));
    table<T> const logits = eval(x * w), one = make<table<T>>(g, 0, 1, 1, 100);
    static_assert(decltype(plan(nn::cross_entropy_of_rows(logits, p)))::passes == 2);       // as logsumexp alone
    verify("the same probabilities for all rows", nn::cross_entropy_of_rows(logits, one), losses, near<T>(100));
    table<T> const logits_turned = eval(transpose(logits)), p_turned = eval(transpose(p));
    verify("transposed", nn::cross_entropy_of_rows(transpose(logits_turned), transpose(p_turned)), losses, near<T>(100));
    auto const w5 = make<tensor<T, dyn, 5>>(g, -1, 1, 16), p5 = make<tensor<T, dyn, 5>>(g, 0, 1, 33);
    auto const of_five = nn::cross_entropy_of_rows(x * w5, p5);
    static_assert(decltype(plan(of_five))::passes == 1);
    verify("five classes", of_five, losses, near<T>(21));
}

/// Where a probability is 0, a logit of −∞ costs nothing; elsewhere it costs everything. The rounding is that of the largest logit.
BOOST_AUTO_TEST_CASE_TEMPLATE(impossible_classes, T, real_types) {
    T const inf = infinity<T>;
    table<T> const x{{1, -inf, 2}, {-inf, 1, -inf}, {1, -inf, 2}, {1000, 1001, 1002}}, p{{T(0.25), 0, T(0.75)}, {0, 1, 0}, {T(0.5), T(0.5), 0}, {0, 0, 1}};
    vector<T> const losses = eval(nn::cross_entropy_of_rows(x, p));
    BOOST_CHECK_SMALL(losses(0) - (std::log(std::exp(1.0) + std::exp(2.0)) - 1.75), near<T>(8).allowed);
    BOOST_CHECK_SMALL(double(losses(1)), near<T>(8).allowed);
    BOOST_CHECK_EQUAL(losses(2), inf);
    BOOST_CHECK_SMALL(losses(3) - std::log(1 + std::exp(-1.0) + std::exp(-2.0)), 1002 * near<T>(1).allowed);
}

}  // namespace
}  // namespace sinter::test
