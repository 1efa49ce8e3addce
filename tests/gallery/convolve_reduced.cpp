// SPDX-License-Identifier: BSL-1.0
// Reductions over the places of a convolution: pooling over everything, largest responses, sums behind a function.
#include "support/types.hpp"

namespace sinter::test {
namespace {

using signals = tensor<float, dyn, dyn>;
using images = tensor<float, dyn, dyn, dyn>;

BOOST_AUTO_TEST_CASE(over_one_axis) {
    generator g(seed());
    for (size c : {1, 4})
        for (size o : {1, 6, 17})
            for (size n : {4, 9, 40, 97, 200})
                for (size k : {1, 2, 3}) {
                    auto const x = make<signals>(g, -1, 1, c, n);
                    auto const w = make<images>(g, -1, 1, o, c, k);
                    vector<float> out(o);
                    auto const near_it = near<float>(4 * c * k * n);
                    verify("largest", amax(convolve<1>(x, w), axis<1>), out, near_it);
                    verify("squares", sum(square(convolve<1>(x, w, padding(1))), axis<1>), out, near_it);
                    verify("einsum", amax(einsum<"cxk,ock->ox">(windows<1>(x, k), w), axis<1>), out, near_it);
                }
}

BOOST_AUTO_TEST_CASE(over_two_axes) {
    generator g(seed());
    for (size c : {1, 3})
        for (size o : {1, 5, 18})
            for (size h : {3, 10})
                for (size n : {4, 33, 100}) {
                    auto const x = make<images>(g, -1, 1, c, h, n);
                    auto const w = make<tensor<float, dyn, dyn, dyn, dyn>>(g, -1, 1, o, c, 3, 2);
                    auto const bias = make<tensor<float, dyn, 1, 1>>(g, -1, 1, o);
                    vector<float> out(o);
                    auto const near_it = near<float>(24 * c * h * n);
                    verify("pooled", mean(relu(convolve<2>(x, w, padding(1)) + bias), axis<-2, -1>), out, near_it);
                    verify("in steps", sum(convolve<2>(x, w, stride(2), padding(1)) + bias, axis<-2, -1>), out, near_it);
                    verify("log of sums", logsumexp(convolve<2>(x, w, padding(1)), axis<-2, -1>), out, near_it);
                }
}

/// Blocks of several axes stand in each other: what is kept of them has room in a cache, however many there are.
BOOST_AUTO_TEST_CASE(workspace) {
    generator g(seed());
    using batch = tensor<float, dyn, dyn, dyn, dyn>;
    auto const x = make<batch>(g, -1, 1, 2, 2, 12, 110), w = make<batch>(g, -1, 1, 3, 2, 3, 3);
    auto const classes = make<matrix<float>>(g, -1, 1, 3, 5);
    auto const near_it = near<float>(20000);
    auto const few = [](auto const& e) { BOOST_TEST(sinter::plan(e).workspace_bytes < (1u << 22)); };
    auto const squares = sum(square(convolve<2>(x, w)), axis<-2, -1>);
    few(squares);
    verify("squares", squares, matrix<float>(2, 3), near_it);
    auto const head = mean(relu(convolve<2>(x, w)), axis<-2, -1>) * classes;
    few(head);
    verify("classified", head, matrix<float>(2, 5), near_it);
    verify_workspace("classified", head, matrix<float>(2, 5));
    verify("softmax of means", softmax(mean(relu(convolve<2>(x, w)), axis<-2, -1>)), matrix<float>(2, 3), near_it);
}

}  // namespace
}  // namespace sinter::test
