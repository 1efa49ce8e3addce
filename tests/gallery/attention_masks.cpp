// SPDX-License-Identifier: BSL-1.0
// What may stand between the scores and the softmax: bias, masks, caps, windows.
#include "support/types.hpp"

namespace sinter::test {
namespace {

BOOST_AUTO_TEST_CASE_TEMPLATE(bias_and_cap, T, real_types) {
    generator g(seed());
    for (auto [n, m, d, e] : small_volumes) {
        auto q = make<matrix<T>>(g, -2, 2, n, d), k = make<matrix<T>>(g, -2, 2, m, d), v = make<matrix<T>>(g, -1, 1, m, e);
        auto b = make<matrix<T>>(g, -1, 1, n, m);
        auto const s = q * transpose(k) / 4;
        verify("bias", softmax(s + b) * v, matrix<T>(n, e), near<T>(m + d));
        verify("soft cap", softmax(3 * tanh(s / 3)) * v, matrix<T>(n, e), near<T>(m + d));
    }
}

BOOST_AUTO_TEST_CASE_TEMPLATE(masks_by_coordinates, T, real_types) {
    generator g(seed());
    for (auto [n, m, d, e] : small_volumes) {
        auto q = make<matrix<T>>(g, -2, 2, n, d), k = make<matrix<T>>(g, -2, 2, m, d), v = make<matrix<T>>(g, -1, 1, m, e);
        auto const s = q * transpose(k) / 4;
        verify("causal", softmax(causal(s)) * v, matrix<T>(n, e), near<T>(m + d));
        verify("causal, in words", softmax(where(coord<-1> <= coord<-2>, s, -infinity<T>)) * v, matrix<T>(n, e), near<T>(m + d));
        verify("window", softmax(where(coord<-2> - coord<-1> < 4 && coord<-1> <= coord<-2>, s, -infinity<T>)) * v,
               matrix<T>(n, e), near<T>(m + d));
        verify("distance bias", softmax(s - abs(coord<-1> - coord<-2>) * T(0.25)) * v, matrix<T>(n, e), near<T>(m + d));
    }
}

BOOST_AUTO_TEST_CASE(mask_tensor_and_masked_rows) {
    generator g(seed());
    for (auto [n, m, d, e] : small_volumes) {
        auto q = make<matrix<float>>(g, -2, 2, n, d), k = make<matrix<float>>(g, -2, 2, m, d), v = make<matrix<float>>(g, -1, 1, m, e);
        tensor<bool, dyn, dyn> mask(n, m);
        for (auto& x : mask) x = g.below(3) != 0;
        for (size j = 0; j < m && n > 1; ++j) mask(1, j) = false;
        verify("mask", softmax(where(mask, q * transpose(k), -infinity<float>)) * v, matrix<float>(n, e), near<float>(m + d));
        auto lengths_of_rows = make<vector<float>>(g, 0, 5, n);
        verify("lengths", softmax(where(coord<-1> < expand<1>(lengths_of_rows), q * transpose(k), -infinity<float>)) * v,
               matrix<float>(n, e), near<float>(m + d));
    }
}

}  // namespace
}  // namespace sinter::test
