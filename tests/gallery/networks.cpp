// SPDX-License-Identifier: BSL-1.0
// Einstein sums of many operands: rings, factors of tensors, pairs of products.
#include "support/types.hpp"

namespace sinter::test {
namespace {

using cube = tensor<float, dyn, dyn, dyn>;

BOOST_AUTO_TEST_CASE(networks) {
    generator g(seed());
    for (auto [n, m, d, e] : small_volumes) {
        auto const a = make<matrix<float>>(g, -1, 1, n, m), b = make<matrix<float>>(g, -1, 1, m, d), c = make<matrix<float>>(g, -1, 1, d, n);
        auto const t = make<cube>(g, -1, 1, n, m, d);
        auto const u = make<matrix<float>>(g, -1, 1, m, e), v = make<matrix<float>>(g, -1, 1, d, e), w = make<matrix<float>>(g, -1, 1, n, e);
        verify("ring of three", einsum<"ij,jk,ki->">(a, b, c), tensor<float>(), near<float>(n * m * d));
        verify("ring of four", einsum<"ij,jk,kr,ir->">(a, b, v, w), tensor<float>(), near<float>(n * m * d));
        verify("a tensor and its factors", einsum<"ijk,jr,kr->ir">(t, u, v), matrix<float>(n, e), near<float>(m * d));
        verify("a tensor of three factors", einsum<"ir,jr,kr->ijk">(w, u, v), cube(n, m, d), near<float>(e));
        verify("products of products", einsum<"ij,jk,ir,kr->ik">(a, b, w, v), matrix<float>(n, d), near<float>(m * e));
        verify("two indices at once", einsum<"ijk,ijr->kr">(t, einsum<"ir,jr->ijr">(w, u)), matrix<float>(d, e), near<float>(n * m));
    }
}

}  // namespace
}  // namespace sinter::test
