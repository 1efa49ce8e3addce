// SPDX-License-Identifier: BSL-1.0
// Einstein sums.
#include "support/types.hpp"

namespace sinter::test {
namespace {

using cube = tensor<float, dyn, dyn, dyn>;
using heads = tensor<float, dyn, dyn, dyn, dyn>;

BOOST_AUTO_TEST_CASE(two_operands) {
    generator g(seed());
    for (auto [n, m, d, unused] : small_volumes) {
        auto const q = make<heads>(g, -1, 1, 2, 3, n, d), k = make<heads>(g, -1, 1, 2, 3, m, d);
        verify("scores", einsum<"bhid,bhjd->bhij">(q, k), heads(2, 3, n, m), near<float>(d));
        verify("scores of all heads", einsum<"bhid,bhjd->bij">(q, k), cube(2, n, m), near<float>(3 * d));
        auto const a = make<matrix<float>>(g, -1, 1, n, m);
        auto const x = make<vector<float>>(g, -1, 1, m);
        verify("matrix and vector", einsum<"ij, j">(a, x), vector<float>(n), near<float>(m));
        verify("outer", einsum<"i,jk->kij">(x, a), cube(m, m, n), near<float>());
        verify("everything", einsum<"ij,kl->">(a, a), tensor<float>(), near<float>(n * m * 64));
    }
}

BOOST_AUTO_TEST_CASE(one_operand) {
    generator g(seed());
    for (auto [n, m] : planes) {
        auto const a = make<matrix<float>>(g, -1, 1, n, m);
        verify("transposed", einsum<"ij->ji">(a), matrix<float>(m, n), near<float>());
        verify("in the order of the alphabet", einsum<"ba">(a), matrix<float>(m, n), near<float>());
        verify("columns", einsum<"ij->j">(a), vector<float>(m), near<float>(n));
    }
}

BOOST_AUTO_TEST_CASE(ellipses) {
    generator g(seed());
    for (auto [n, m, d, unused] : small_volumes) {
        if (m == 0) continue;
        auto const a = make<cube>(g, -1, 1, 3, n, d);
        auto const b = make<heads>(g, -1, 1, 2, 1, d, m);
        verify("batches that broadcast", einsum<"...ij,...jk->...ik">(a, b), heads(2, 3, n, m), near<float>(d));
        verify("without an arrow", einsum<"i...j, j">(a, slice(b, 0, 0, whole, 0)), matrix<float>(n, 3), near<float>(d));
    }
}

BOOST_AUTO_TEST_CASE(more_than_eight_operands) {
    generator g(seed());
    for (size n : {1, 2, 3}) {      // the oracle does what the text says: n¹⁰ products
        auto const a = make<matrix<float>>(g, -1, 1, n, n), b = make<matrix<float>>(g, -1, 1, n, n);
        auto const x = make<vector<float>>(g, -1, 1, n);
        verify("a chain", einsum<"ab,bc,cd,de,ef,fg,gh,hi,ij->aj">(a, b, a, b, a, b, a, b, a), matrix<float>(n, n), near<float>(80 * n));
        verify("elements", einsum<"i,i,i,i,i,i,i,i,i,i,i,i->i">(x, x, x, x, x, x, x, x, x, x, x, x), vector<float>(n), near<float>(16));
    }
}

BOOST_AUTO_TEST_CASE(many_operands) {
    generator g(seed());
    for (auto [n, m, d, e] : small_volumes) {
        auto const a = make<matrix<float>>(g, -1, 1, n, m), b = make<matrix<float>>(g, -1, 1, m, d), c = make<matrix<float>>(g, -1, 1, d, e);
        auto const x = make<vector<float>>(g, -1, 1, n), y = make<vector<float>>(g, -1, 1, m);
        verify("chain", einsum<"ij,jk,kl->il">(a, b, c), matrix<float>(n, e), near<float>(m * d));
        verify("bilinear", einsum<"i,ij,j->">(x, a, y), tensor<float>(), near<float>(n * m));
        verify("scaled rows and columns", einsum<"i,ij,j->ij">(x, a, y), matrix<float>(n, m), near<float>());
        verify("six", einsum<"i,ij,j,jk,kl,l->i">(x, a, y, b, c, row(c, 0)), vector<float>(n), near<float>(m * d * e));
        verify("a number", einsum<",ij->ji">(2, a), matrix<float>(m, n), near<float>());
    }
}

// Columns that lie together as a tile takes them (16 with AVX2, 8 with SSE2, 64 with AVX-512) are read in place, others copied.
BOOST_AUTO_TEST_CASE(columns_in_blocks) {
    generator g(seed());
    for (size block : {8u, 16u, 17u, 64u})
        for (auto [n, m, d, unused] : small_volumes) {
            auto const x = make<matrix<float>>(g, -1, 1, n, d);
            auto const w = make<cube>(g, -1, 1, m, d, block + 8);
            auto const row = static_cast<std::ptrdiff_t>(block), rows = static_cast<std::ptrdiff_t>(d);
            using blocks = view<float const, dyn, dyn, dyn>;
            blocks const dense(w.data(), m, d, block), wide(w.data(), {m, d, block}, {rows * (row + 8), row + 8, 1});
            blocks const backwards(w.data() + (d ? d - 1 : 0) * block, {m, d, block}, {rows * row, -row, 1});
            for (auto const& v : {dense, wide, backwards})
                verify("in blocks", einsum<"ik,bkj->ibj">(x, v), cube(n, m, block), near<float>(d));
        }
}

// Where all extents are the same number, every index could be taken for every other.
BOOST_AUTO_TEST_CASE(equal_extents) {
    generator g(seed());
    using square = matrix<float, 5, 5>;
    auto const a = make<square>(g, -1, 1), b = make<square>(g, -1, 1);
    verify("chain", einsum<"ij,jk,kl->il">(a, b, a), square(), near<float>(25));
    verify("transposed, a sum in between", einsum<"ji,kj,lk->li">(b, a, b), square(), near<float>(25));
}

}  // namespace
}  // namespace sinter::test
