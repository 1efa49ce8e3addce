// SPDX-License-Identifier: BSL-1.0
// Reductions of sums, products and extremes of all up to each element, along the axis of these and along others.
#include "support/types.hpp"

namespace sinter::test {
namespace {

BOOST_AUTO_TEST_CASE(reductions) {
    generator g(seed());
    for (size n : {1, 24, 97, 200}) {
        auto const a = make<matrix<float>>(g, -1, 1, n, 5), b = make<matrix<float>>(g, -1, 1, 5, n);
        verify("sums", sum(cumsum<0>(a), axis<0>), vector<float>(5), near<float>(double(n) * n));
        verify("of columns that are rows", sum(cumsum<0>(transpose(b)), axis<0>), vector<float>(5), near<float>(double(n) * n));
        verify("of some", sum(where(coord<0> < 40, cumsum<0>(a), 0), axis<0>), vector<float>(5), near<float>(double(n) * n));
        verify("of some later ones", sum(where(coord<0> > 110, cumsum<0>(a), 0), axis<0>), vector<float>(5), near<float>(double(n) * n));
        verify("largest", amax(cumsum<0>(a), axis<0>), vector<float>(5), near<float>(n));
        verify("logsumexp", logsumexp(cumsum<0>(a), axis<0>), vector<float>(5), near<float>(4 * n));
        verify("across", amin(cumsum<0>(a), axis<1>), vector<float>(n), near<float>(n));
        verify("all", sum(cummax<0>(a)), tensor<float>(), near<float>(10 * n));
    }
}

BOOST_AUTO_TEST_CASE(products) {
    generator g(seed());
    for (size n : {1, 24, 130}) {
        auto const a = make<matrix<float>>(g, -1, 1, n, 5), b = make<matrix<float>>(g, -1, 1, 7, n);
        verify("sums from the left", cumsum<1>(b) * a, matrix<float>(7, 5), near<float>(double(n) * n));
        verify("from the right", b * cumsum<0>(a), matrix<float>(7, 5), near<float>(double(n) * n));
        verify("of a product", cumsum<1>(b * a), matrix<float>(7, 5), near<float>(6 * n));
        verify("beside a product", cumsum<0>(b) + b * exp(a) * transpose(a), matrix<float>(7, n), near<float>(20 * n));
    }
}

BOOST_AUTO_TEST_CASE(softmax_of_sums) {
    generator g(seed());
    for (size n : {1, 24, 130}) {
        auto const a = make<matrix<float>>(g, -1, 1, n, 5);
        verify("along columns", transpose(softmax(transpose(cumsum<0>(a)))), matrix<float>(n, 5), near<float>(8 * n));
        verify("weights", softmax(transpose(cumsum<0>(a))) * a, matrix<float>(5, 5), near<float>(8 * n));
        verify("of them", cumsum<0>(softmax(a)), matrix<float>(n, 5), near<float>(8 * n));
    }
}

}  // namespace
}  // namespace sinter::test
