// SPDX-License-Identifier: BSL-1.0
// Diagonals and traces: one index along two axes of an operand.
#include "support/types.hpp"

namespace sinter::test {
namespace {

BOOST_AUTO_TEST_CASE(of_one_matrix) {
    generator g(seed());
    for (size n : lengths) {
        if (n > 300) continue;
        auto const a = make<matrix<float>>(g, -1, 1, n, n);
        auto const x = make<vector<float>>(g, -1, 1, n);
        verify("diagonal", einsum<"ii->i">(a), vector<float>(n), near<float>());
        verify("a map of diagonals", exp(einsum<"ii->i">(a)) + x, vector<float>(n), near<float>());
        verify("trace", einsum<"ii">(a), tensor<float>(), near<float>(n));
        verify("diagonal times rows", einsum<"ii,ij->ij">(a, a), matrix<float>(n, n), near<float>());
        strided_view<float const, dyn, dyn> const turned(a.data(), {n, n}, {1, std::ptrdiff_t(n)});
        verify("of a turned view", einsum<"ii,i->i">(turned, x), vector<float>(n), near<float>());
    }
}

BOOST_AUTO_TEST_CASE(of_batches) {
    generator g(seed());
    for (size n : {0, 1, 3, 8, 17, 33}) {
        auto const a = make<tensor<float, dyn, dyn, dyn>>(g, -1, 1, 5, n, n);
        auto const b = make<tensor<float, dyn, dyn, dyn>>(g, -1, 1, n, 5, n);
        verify("traces", einsum<"...ii->...">(a), vector<float>(5), near<float>(n));
        verify("diagonals", einsum<"bii->bi">(a), matrix<float>(5, n), near<float>());
        verify("first and last axis", einsum<"iji->ji">(b), matrix<float>(5, n), near<float>());
        verify("sum of diagonals", einsum<"iji->i">(b), vector<float>(n), near<float>(5));
    }
}

BOOST_AUTO_TEST_CASE(in_contractions) {
    generator g(seed());
    for (size n : {1, 3, 8, 17, 33, 97}) {
        auto const a = make<tensor<float, dyn, dyn, dyn>>(g, -1, 1, n, 7, n);
        auto const b = make<matrix<float>>(g, -1, 1, 7, 19);
        auto const c = make<tensor<float, dyn, dyn, dyn>>(g, -1, 1, n, n, 7);
        auto const d = make<tensor<float, dyn, dyn, dyn>>(g, -1, 1, 19, n, n);
        verify("rows", einsum<"iki,kj->ij">(a, b), matrix<float>(n, 19), near<float>(7));
        verify("columns", einsum<"iki,kj->ji">(a, b), matrix<float>(19, n), near<float>(7));
        verify("rows far apart", einsum<"iik,kj->ij">(c, b), matrix<float>(n, 19), near<float>(7));
        verify("summed", einsum<"kii,ji->kj">(d, transpose(slice(a, whole, whole, 0))), matrix<float>(19, 7), near<float>(n));
    }
    auto const e = make<tensor<float, 9, 7, 9>>(g, -1, 1);
    auto const f = make<matrix<float, 7, 19>>(g, -1, 1);
    verify("static", einsum<"iki,kj->ij">(e, f), matrix<float, 9, 19>(), near<float>(7));
}

}  // namespace
}  // namespace sinter::test
