// SPDX-License-Identifier: BSL-1.0
// Normalisations in front of a product; cosine similarity.
#include "support/types.hpp"

namespace sinter::test {
namespace {

BOOST_AUTO_TEST_CASE_TEMPLATE(before_a_product, T, real_types) {
    generator g(seed());
    for (auto [n, m, d, unused] : volumes) {
        if (d == 0) continue;
        auto x = make<matrix<T>>(g, -1, 1, n, d), w = make<matrix<T>>(g, -1, 1, d, m);
        auto gamma = make<vector<T>>(g, 0.5, 1.5, d), beta = make<vector<T>>(g, -1, 1, d), b = make<vector<T>>(g, -1, 1, m);
        verify("rms_norm(X)*W + b", rms_norm(x, gamma, 1e-2f) * w + b, matrix<T>(n, m), near<T>(d));
        verify("layer_norm(X)*W + b", layer_norm(x, gamma, beta, 1e-2f) * w + b, matrix<T>(n, m), near<T>(d));
    }
}

BOOST_AUTO_TEST_CASE_TEMPLATE(relatives, T, real_types) {
    generator g(seed());
    for (auto [n, m, d, unused] : small_volumes) {
        auto x = make<matrix<T>>(g, -1, 1, n, d), w = make<matrix<T>>(g, -1, 1, d, m);
        auto gamma = make<vector<T>>(g, 0.5, 1.5, d), beta = make<vector<T>>(g, -1, 1, d);
        verify("through a relu", relu(layer_norm(x, gamma, beta, 1e-2f)) * w, matrix<T>(n, m), near<T>(d));
        verify("softmax(X)*W", softmax(x) * w, matrix<T>(n, m), near<T>(d));
        verify("tanh(softmax(X))*W", tanh(softmax(x)) * w, matrix<T>(n, m), near<T>(d));
        verify("weighted mean", (abs(x) * w) / sum(abs(x) + 1, axis<1>, keep), matrix<T>(n, m), near<T>(d));
    }
}

BOOST_AUTO_TEST_CASE_TEMPLATE(cosine, T, real_types) {
    generator g(seed());
    for (size n : lengths) {
        if (n == 0) continue;
        auto a = make<vector<T>>(g, -1, 1, n), b = make<vector<T>>(g, -1, 1, n);
        verify("cosine similarity", cosine_similarity(a, b), tensor<T>(), near<T>(n));
        verify("by hand", dot(a, b) / (norm(a) * norm(b)), tensor<T>(), near<T>(n));
    }
    for (auto [n, m, d, unused] : small_volumes) {
        auto a = make<matrix<T>>(g, 0.1, 1, n, d), b = make<matrix<T>>(g, 0.1, 1, m, d);
        verify("of all pairs", cosine_similarity(expand<1>(a), expand<0>(b)), matrix<T>(n, m), near<T>(d));
        verify("of all pairs, as a product", normalize(a) * transpose(normalize(b)), matrix<T>(n, m), near<T>(d));
    }
}

}  // namespace
}  // namespace sinter::test
