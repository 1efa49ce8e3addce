// SPDX-License-Identifier: BSL-1.0
// Products of products: perceptrons, gated perceptrons, the order of a chain.
#include "support/types.hpp"

namespace sinter::test {
namespace {

BOOST_AUTO_TEST_CASE_TEMPLATE(perceptron, T, real_types) {
    generator g(seed());
    for (auto [n, h, d, e] : volumes) {
        auto x = make<matrix<T>>(g, -1, 1, n, d), w1 = make<matrix<T>>(g, -1, 1, d, h), w2 = make<matrix<T>>(g, -1, 1, h, e);
        auto b1 = make<vector<T>>(g, -1, 1, h), b2 = make<vector<T>>(g, -1, 1, e);
        verify("relu(X*W1 + b1)*W2 + b2", relu(x * w1 + b1) * w2 + b2, matrix<T>(n, e), near<T>(d + h));
    }
}

BOOST_AUTO_TEST_CASE_TEMPLATE(gated, T, real_types) {
    generator g(seed());
    for (auto [n, h, d, e] : volumes) {
        auto x = make<matrix<T>>(g, -1, 1, n, d), w1 = make<matrix<T>>(g, -1, 1, d, h), w2 = make<matrix<T>>(g, -1, 1, h, e);
        auto w3 = make<matrix<T>>(g, -1, 1, d, h);
        verify("(silu(X*W1) % (X*W3))*W2", (silu(x * w1) % (x * w3)) * w2, matrix<T>(n, e), near<T>(d + h));
    }
}

BOOST_AUTO_TEST_CASE_TEMPLATE(linear_chain, T, real_types) {
    generator g(seed());
    for (auto [n, m, d, e] : volumes) {
        auto q = make<matrix<T>>(g, -1, 1, n, d), k = make<matrix<T>>(g, -1, 1, m, d), v = make<matrix<T>>(g, -1, 1, m, e);
        verify("(Q*KT)*V", q * transpose(k) * v, matrix<T>(n, e), near<T>(d * m));
        verify("Q*(KT*V)", q * (transpose(k) * v), matrix<T>(n, e), near<T>(d * m));
    }
}

BOOST_AUTO_TEST_CASE_TEMPLATE(ends_in_a_vector, T, real_types) {
    generator g(seed());
    for (auto [n, m, d, e] : volumes) {
        auto a = make<matrix<T>>(g, -1, 1, n, m), b = make<matrix<T>>(g, -1, 1, m, d), c = make<matrix<T>>(g, -1, 1, d, e);
        auto x = make<vector<T>>(g, -1, 1, e);
        verify("A*B*C*x", a * b * c * x, vector<T>(n), near<T>(m + d * e));
    }
}

BOOST_AUTO_TEST_CASE(static_perceptron) {
    generator g(seed());
    auto x = make<matrix<float, 5, 8>>(g, -1, 1);
    auto w1 = make<matrix<float, 8, 33>>(g, -1, 1);
    auto w2 = make<matrix<float, 33, 7>>(g, -1, 1);
    verify("perceptron, static", relu(x * w1) * w2, matrix<float, 5, 7>(), near<float>(41));
}

}  // namespace
}  // namespace sinter::test
