// SPDX-License-Identifier: BSL-1.0
// Sums that are a row of lanes and no rows of them come in tiles of 8, 4, 2 and 1 batches: every mixture of them.
#include "support/types.hpp"

namespace sinter::test {
namespace {

constexpr std::array<size, 20> columns{0, 1, 3, 4, 7, 8, 9, 15, 17, 24, 31, 33, 56, 63, 64, 65, 100, 129, 200, 257};

BOOST_AUTO_TEST_CASE(a_vector_times_a_matrix) {
    generator g(seed());
    for (size n : columns)
        for (size m : {size{0}, size{1}, size{13}, size{101}}) {
            auto const v = make<vector<float>>(g, -1, 1, m), w = make<vector<float>>(g, -1, 1, n);
            auto const a = make<matrix<float>>(g, -1, 1, m, n);
            verify("v*A", v * a, vector<float>(n), near<float>(m));
            verify("sum over rows", sum(a, axis<0>), vector<float>(n), near<float>(m));
            verify("largest of a column", amax(where(a < 0, a, 0.0f), axis<0>), vector<float>(n), near<float>(1));
            verify("tanh(v*A + w)", tanh(v * a + w), vector<float>(n), near<float>(m));
            verify("exp(v)*A", exp(v) * a, vector<float>(n), near<float>(4 * m));
            verify("two sums", (exp(v) * a) % (tanh(v) * (a - 1)), vector<float>(n), near<float>(9 * m));
            verify("in double", exp(view_of(v)) * cast<double>(a), vector<double>(n), near<double>(4 * m));
        }
}

BOOST_AUTO_TEST_CASE(strided_and_in_other_types) {
    generator g(seed());
    for (size n : columns) {
        auto const v = make<vector<float>>(g, -1, 1, 37);
        auto const a = make<matrix<float>>(g, -1, 1, n, 37), wide = make<matrix<float>>(g, -1, 1, 74, n + 3);
        matrix<half> low(n, 37);
        matrix<int> whole_numbers(n, 37);
        low = a;
        whole_numbers = 9.0f * a;
        verify("v*transpose(A)", v * transpose(a), vector<float>(n), near<float>(37));
        verify("exp(v)*transpose(A)", exp(v) * transpose(a), vector<float>(n), near<float>(150));
        verify("half", exp(v) * transpose(low), vector<float>(n), near<float>(150));
        verify("integers", sum(whole_numbers, axis<0>), vector<int>(37), near<float>());
        auto const part = slice(wide, range(0, 74, by<2>), range(2, int(n) + 2));
        verify("part of a matrix", v * part, vector<float>(n), near<float>(37));
        verify("part of a matrix, exp", exp(v) * part, vector<float>(n), near<float>(150));
    }
}

BOOST_AUTO_TEST_CASE(one_query) {
    generator g(seed());
    for (size d : columns)
        for (size m : {size{1}, size{16}, size{203}}) {
            auto const q = make<tensor<float, dyn, 1, dyn>>(g, -1, 1, 3, d);
            auto const k = make<tensor<float, dyn, dyn, dyn>>(g, -1, 1, 3, m, d), v = make<tensor<float, dyn, dyn, dyn>>(g, -1, 1, 3, m, d);
            auto const s = q * transpose(k);
            tensor<float, dyn, 1, dyn> o(3, d);
            auto const bound = near<float>(4 * (m + d));
            verify("softmax", softmax(s / 2) * v, o, bound);
            verify("sigmoid", sigmoid(s) * v, o, bound);
            verify("window", softmax(where(coord<-1> + 20 > double(m), s, -infinity<float>)) * v, o, bound);
            auto const last_k = make<tensor<float, dyn, dyn, dyn>>(g, -1, 1, 3, 2, d), last_v = make<tensor<float, dyn, dyn, dyn>>(g, -1, 1, 3, 2, d);
            verify("joined keys", softmax(q * transpose(concatenate<-2>(k, last_k))) * concatenate<-2>(v, last_v), o, bound);
            verify("two factors", (exp(s / 8) % tanh(s)) * v, o, bound);
        }
}

}  // namespace
}  // namespace sinter::test
