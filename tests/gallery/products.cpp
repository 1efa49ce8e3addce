// SPDX-License-Identifier: BSL-1.0
// One contraction in all layouts.
#include "support/types.hpp"

namespace sinter::test {
namespace {

BOOST_AUTO_TEST_CASE_TEMPLATE(of_matrices, T, real_types) {
    generator g(seed());
    for (auto [n, m, k, unused] : volumes) {
        auto a = make<matrix<T>>(g, -1, 1, n, k), b = make<matrix<T>>(g, -1, 1, k, m);
        auto at = make<matrix<T>>(g, -1, 1, k, n), bt = make<matrix<T>>(g, -1, 1, m, k);
        verify("A*B", a * b, matrix<T>(n, m), near<T>(k));
        verify("AT*B", transpose(at) * b, matrix<T>(n, m), near<T>(k));
        verify("A*BT", a * transpose(bt), matrix<T>(n, m), near<T>(k));
        verify("AT*BT", transpose(at) * transpose(bt), matrix<T>(n, m), near<T>(k));
    }
}

BOOST_AUTO_TEST_CASE_TEMPLATE(with_vectors, T, real_types) {
    generator g(seed());
    for (auto [n, m] : planes) {
        auto a = make<matrix<T>>(g, -1, 1, n, m);
        auto x = make<vector<T>>(g, -1, 1, m), y = make<vector<T>>(g, -1, 1, n);
        verify("A*x", a * x, vector<T>(n), near<T>(m));
        verify("yT*A", y * a, vector<T>(m), near<T>(n));
        verify("AT*y", transpose(a) * y, vector<T>(m), near<T>(n));
        verify("outer", outer(y, x), matrix<T>(n, m), near<T>());
        verify("dot", dot(x, x), tensor<T>(), near<T>(m));
    }
}

BOOST_AUTO_TEST_CASE_TEMPLATE(static_extents, T, real_types) {
    generator g(seed());
    auto a = make<matrix<T, 17, 9>>(g, -1, 1);
    auto b = make<matrix<T, 9, 33>>(g, -1, 1);
    verify("A*B, static", a * b, matrix<T, 17, 33>(), near<T>());
    auto c = make<matrix<T, 3, 3>>(g, -1, 1), d = make<matrix<T, 3, 3>>(g, -1, 1);
    verify("3 by 3", c * transpose(d), matrix<T, 3, 3>(), near<T>());
}

BOOST_AUTO_TEST_CASE_TEMPLATE(epilogues, T, real_types) {
    generator g(seed());
    for (auto [n, m, k, unused] : volumes) {
        auto a = make<matrix<T>>(g, -1, 1, n, k), b = make<matrix<T>>(g, -1, 1, k, m), c = make<matrix<T>>(g, -1, 1, n, m);
        auto bias = make<vector<T>>(g, -1, 1, m);
        verify("2 A*B - C/2", 2 * a * b - c / 2, matrix<T>(n, m), near<T>(k));
        verify("tanh(A*B + b)", tanh(a * b + bias), matrix<T>(n, m), near<T>(k));
    }
}

}  // namespace
}  // namespace sinter::test
