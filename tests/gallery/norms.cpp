// SPDX-License-Identifier: BSL-1.0
// layer_norm, rms_norm, normalize and variance, also far from the origin.
#include "support/types.hpp"

namespace sinter::test {
namespace {

BOOST_AUTO_TEST_CASE_TEMPLATE(of_rows, T, real_types) {
    generator g(seed());
    for (auto [n, m] : planes) {
        if (m == 0) continue;
        auto x = make<matrix<T>>(g, -2, 2, n, m);
        auto gamma = make<vector<T>>(g, 0.5, 1.5, m), beta = make<vector<T>>(g, -1, 1, m);
        verify("layer_norm", layer_norm(x, gamma, beta, 1e-2f), matrix<T>(n, m), near<T>(m));
        verify("rms_norm", rms_norm(x, gamma, 1e-2f), matrix<T>(n, m), near<T>(m));
        verify("normalize", normalize(x), matrix<T>(n, m), near<T>(m));
    }
}

BOOST_AUTO_TEST_CASE_TEMPLATE(variances, T, real_types) {
    generator g(seed());
    for (auto [n, m] : planes) {
        auto x = make<matrix<T>>(g, -2, 2, n, m);
        verify("variance of rows", variance(x, axis<1>), vector<T>(n), near<T>(m));
        verify("variance of columns", variance(x, axis<0>), vector<T>(m), near<T>(n));
        verify("variance", variance(x), tensor<T>(), near<T>(n * m));
        verify("norm of columns", norm(x, axis<0>), vector<T>(m), near<T>(n));
    }
}

BOOST_AUTO_TEST_CASE(far_from_the_origin) {
    generator g(seed());
    for (size m : {17, 257, 1031}) {
        auto x = make<matrix<float>>(g, 9999, 10001, 5, m);
        auto gamma = make<vector<float>>(g, 0.5, 1.5, m), beta = make<vector<float>>(g, -1, 1, m);
        verify("layer_norm at 1e4", layer_norm(x, gamma, beta, 1e-5f), matrix<float>(5, m), {2e-3});
        verify("variance at 1e4", variance(x, axis<1>), vector<float>(5), {2e-5});
        auto w = make<matrix<float>>(g, -1, 1, m, 7);
        verify("layer_norm at 1e4, times W", layer_norm(x, gamma, beta, 1e-5f) * w, matrix<float>(5, 7), {2e-2});
    }
}

BOOST_AUTO_TEST_CASE_TEMPLATE(relatives, T, real_types) {
    generator g(seed());
    for (auto [n, m] : planes) {
        if (n * m == 0) continue;
        auto x = make<matrix<T>>(g, -2, 2, n, m);
        verify("normalised by the sum of magnitudes", x / (sum(abs(x), axis<1>, keep) + 1), matrix<T>(n, m), near<T>(m));
        verify("normalised by the largest magnitude", x / (amax(abs(x), axis<1>, keep) + 1), matrix<T>(n, m), near<T>());
        verify("mean absolute deviation", mean(abs(x - mean(x, axis<1>, keep)), axis<1>), vector<T>(n), near<T>(m));
    }
}

BOOST_AUTO_TEST_CASE(static_extents) {
    generator g(seed());
    auto x = make<matrix<float, 5, 33>>(g, -2, 2);
    auto gamma = make<vector<float, 33>>(g, 0.5, 1.5), beta = make<vector<float, 33>>(g, -1, 1);
    verify("layer_norm, static", layer_norm(x, gamma, beta, 1e-2f), matrix<float, 5, 33>(), near<float>(33));
}

}  // namespace
}  // namespace sinter::test
