// SPDX-License-Identifier: BSL-1.0
// Other scores: additive, cosine; epilogues; the entropy of the weights.
#include "support/types.hpp"

namespace sinter::test {
namespace {

BOOST_AUTO_TEST_CASE_TEMPLATE(additive, T, real_types) {
    generator g(seed());
    for (auto [n, m, h, e] : small_volumes) {
        auto wq = make<matrix<T>>(g, -1, 1, n, h), uk = make<matrix<T>>(g, -1, 1, m, h), v = make<matrix<T>>(g, -1, 1, m, e);
        auto w = make<vector<T>>(g, -1, 1, h);
        verify("additive", softmax(tanh(expand<1>(wq) + expand<0>(uk)) * w) * v, matrix<T>(n, e), near<T>(m + h));
    }
}

BOOST_AUTO_TEST_CASE_TEMPLATE(cosine, T, real_types) {
    generator g(seed());
    for (auto [n, m, d, e] : small_volumes) {
        auto q = make<matrix<T>>(g, 0.1, 1, n, d), k = make<matrix<T>>(g, 0.1, 1, m, d), v = make<matrix<T>>(g, -1, 1, m, e);
        verify("cosine scores", softmax(normalize(q) * transpose(normalize(k)) * T(3)) * v, matrix<T>(n, e), near<T>(m + d));
    }
}

BOOST_AUTO_TEST_CASE_TEMPLATE(normalised_epilogue, T, real_types) {
    generator g(seed());
    for (auto [n, m, d, e] : small_volumes) {
        auto q = make<matrix<T>>(g, -1, 1, n, d), k = make<matrix<T>>(g, -1, 1, m, d), v = make<matrix<T>>(g, -1, 1, m, e);
        auto x = make<matrix<T>>(g, -1, 1, n, e);
        auto gamma = make<vector<T>>(g, 0.5, 1.5, e), beta = make<vector<T>>(g, -1, 1, e);
        verify("layer_norm(X + softmax(Q*KT)*V)", layer_norm(x + softmax(q * transpose(k)) * v, gamma, beta, 1e-2f),
               matrix<T>(n, e), near<T>(m + d + e));
    }
}

BOOST_AUTO_TEST_CASE_TEMPLATE(entropy, T, real_types) {
    generator g(seed());
    for (auto [n, m, d, unused] : small_volumes) {
        auto q = make<matrix<T>>(g, -1, 1, n, d), k = make<matrix<T>>(g, -1, 1, m, d);
        auto const s = q * transpose(k);
        verify("entropy of the weights", -sum(softmax(s) % log_softmax(s), axis<-1>), vector<T>(n), near<T>(m + d));
    }
}

BOOST_AUTO_TEST_CASE_TEMPLATE(relatives, T, real_types) {
    generator g(seed());
    for (auto [n, m, d, e] : small_volumes) {
        auto q = make<matrix<T>>(g, -1, 1, n, d), k = make<matrix<T>>(g, -1, 1, m, d), v = make<matrix<T>>(g, -1, 1, m, e);
        auto gate = make<matrix<T>>(g, -1, 1, n, e);
        verify("sigmoid instead of softmax", sigmoid(q * transpose(k)) * v, matrix<T>(n, e), near<T>(m + d));
        verify("gated", (softmax(q * transpose(k)) * v) % sigmoid(gate), matrix<T>(n, e), near<T>(m + d));
        verify("of negative distances", softmax(-sum(abs(expand<1>(q) - expand<0>(k)), axis<2>)) * v, matrix<T>(n, e), near<T>(m + d));
        verify("weighted by squares", (square(q * transpose(k)) * v) / (sum(square(q * transpose(k)), axis<1>, keep) + 1),
               matrix<T>(n, e), near<T>(m * d));
    }
}

}  // namespace
}  // namespace sinter::test
