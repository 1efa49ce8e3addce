// SPDX-License-Identifier: BSL-1.0
// Cross-entropy, the backward pass of softmax, sums over everything.
#include "support/types.hpp"

namespace sinter::test {
namespace {

BOOST_AUTO_TEST_CASE_TEMPLATE(cross_entropy, T, real_types) {
    generator g(seed());
    for (auto [n, c, d, unused] : small_volumes) {
        if (n == 0) continue;
        auto x = make<matrix<T>>(g, -1, 1, n, d), w = make<matrix<T>>(g, -1, 1, d, c);
        tensor<std::int32_t, dyn> t(n);
        for (auto& v : t) v = std::int32_t(g.below(c + 1));
        auto const s = x * w;
        auto const picked = sum(where(equal(coord<-1>, expand<1>(t)), s, T(0)), axis<1>);
        verify("losses of rows", logsumexp(s, axis<1>) - picked, vector<T>(n), near<T>(c + d));
        verify("cross-entropy", mean(logsumexp(s, axis<1>) - picked), tensor<T>(), near<T>(c + d + n));
    }
}

BOOST_AUTO_TEST_CASE_TEMPLATE(softmax_backward, T, real_types) {
    generator g(seed());
    for (auto [n, m] : planes) {
        auto x = make<matrix<T>>(g, -3, 3, n, m), dy = make<matrix<T>>(g, -1, 1, n, m);
        auto const y = softmax(x);
        verify("y % (g - sum(g % y))", y % (dy - sum(dy % y, axis<-1>, keep)), matrix<T>(n, m), near<T>(m));
    }
}

BOOST_AUTO_TEST_CASE_TEMPLATE(everything, T, real_types) {
    generator g(seed());
    for (auto [n, m, k, unused] : small_volumes) {
        auto x = make<matrix<T>>(g, -1, 1, n, k), y = make<matrix<T>>(g, -1, 1, k, m);
        verify("sum of squares of a product", sum(square(x * y)), tensor<T>(), near<T>(n * m * k));
        verify("mean of squares by columns", mean(square(x * y), axis<0>), vector<T>(m), near<T>(n * k));
    }
    for (auto [n, m] : planes) {
        auto a = make<matrix<T>>(g, -1, 1, n, m), b = make<matrix<T>>(g, -1, 1, n, m);
        verify("squared error", mean(square(a - b)), tensor<T>(), near<T>(n * m));
        verify("trace of a product", sum(a % b), tensor<T>(), near<T>(n * m));
        verify("Huber", sum(where(abs(a - b) < 1, square(a - b) / 2, abs(a - b) - T(0.5)), axis<1>), vector<T>(n), near<T>(m));
        verify("divergence", sum(softmax(a) % (log_softmax(a) - log_softmax(b)), axis<1>), vector<T>(n), near<T>(m));
    }
}

}  // namespace
}  // namespace sinter::test
