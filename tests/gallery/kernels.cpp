// SPDX-License-Identifier: BSL-1.0
// Sums over pairs without the matrix of pairs: Gaussian kernels, nearest neighbours, Sinkhorn.
#include "support/types.hpp"

namespace sinter::test {
namespace {

template <class X, class Y>
auto distances(X const& x, Y const& y) {
    return sum(square(expand<1>(x) - expand<0>(y)), axis<2>);  // (n,d), (m,d) -> (n,m)
}

BOOST_AUTO_TEST_CASE_TEMPLATE(gaussian, T, real_types) {
    generator g(seed());
    for (auto [n, m, d, e] : small_volumes) {
        auto x = make<matrix<T>>(g, -1, 1, n, d), y = make<matrix<T>>(g, -1, 1, m, d), w = make<matrix<T>>(g, -1, 1, m, e);
        auto u = make<vector<T>>(g, -1, 1, m);
        verify("kernel times matrix", exp(T(-0.5) * distances(x, y)) * w, matrix<T>(n, e), near<T>(m + d));
        verify("kernel times vector", exp(T(-0.5) * distances(x, y)) * u, vector<T>(n), near<T>(m + d));
        verify("its log-sum-exp", logsumexp(T(-0.5) * distances(x, y) + u, axis<1>), vector<T>(n), near<T>(m + d));
    }
}

BOOST_AUTO_TEST_CASE_TEMPLATE(nearest, T, real_types) {
    generator g(seed());
    for (auto [n, m, d, unused] : small_volumes) {
        if (m == 0) continue;
        matrix<T> x(n, d), y(m, d);
        fill_whole(x, g, -3, 3);  // ties are exact: the first one counts
        fill_whole(y, g, -3, 3);
        verify("nearest neighbour", argmin(distances(x, y), axis<1>), vector<std::int64_t>(n), near<double>());
        verify("farthest", argmax(distances(x, y), axis<1>), vector<std::int64_t>(n), near<double>());
        verify("distance to the nearest", amin(distances(x, y), axis<1>), vector<T>(n), near<T>(d));
        verify("one-sided Chamfer", mean(amin(distances(x, y), axis<1>)), tensor<T>(), near<T>(d + n));
    }
}

BOOST_AUTO_TEST_CASE_TEMPLATE(sinkhorn, T, real_types) {
    generator g(seed());
    for (auto [n, m] : planes) {
        if (m == 0) continue;
        auto c = make<matrix<T>>(g, 0, 1, n, m);
        auto v = make<vector<T>>(g, 0.5, 1.5, m), u = make<vector<T>>(g, 0.5, 1.5, n);
        verify("1 / (K*v)", 1 / (exp(-c / T(0.5)) * v), vector<T>(n), near<T>(m));
        if (n > 0) verify("1 / (KT*u)", 1 / (transpose(exp(-c / T(0.5))) * u), vector<T>(m), near<T>(n));
        verify("in logarithms", -logsumexp(v - c / T(0.5), axis<1>), vector<T>(n), near<T>(m));
    }
}

BOOST_AUTO_TEST_CASE(other_kernels) {
    generator g(seed());
    for (auto [n, m, d, e] : small_volumes) {
        auto x = make<matrix<float>>(g, -1, 1, n, d), y = make<matrix<float>>(g, -1, 1, m, d), w = make<matrix<float>>(g, -1, 1, m, e);
        verify("Laplace", exp(-sum(abs(expand<1>(x) - expand<0>(y)), axis<2>)) * w, matrix<float>(n, e), near<float>(m + d));
        verify("Cauchy", (1 / (1 + distances(x, y))) * w, matrix<float>(n, e), near<float>(m + d));
        verify("polynomial", square(x * transpose(y) + 1) * w, matrix<float>(n, e), near<float>(m * d));
        verify("Chebyshev", exp(-amax(abs(expand<1>(x) - expand<0>(y)), axis<2>)) * w, matrix<float>(n, e), near<float>(m + d));
    }
}

}  // namespace
}  // namespace sinter::test
