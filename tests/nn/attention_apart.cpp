// SPDX-License-Identifier: BSL-1.0
// Attention over past and new keys that lie apart, and by the tanh of a sum.
#include "support/types.hpp"

#include <sinter/nn.hpp>

namespace sinter::test {
namespace {

using table = matrix<float>;

/// Past keys and values that lie apart from the new ones, of which each query sees those up to its own.
BOOST_AUTO_TEST_CASE(past_and_present) {
    generator g(seed());
    for (auto [n, past, d, e] : {std::array<size, 4>{1, 1, 4, 4}, {1, 100, 16, 8}, {5, 3, 7, 9}, {17, 97, 8, 5}, {33, 31, 8, 16}}) {
        auto const q = make<table>(g, -2, 2, n, d), k0 = make<table>(g, -2, 2, past, d), v0 = make<table>(g, -1, 1, past, e);
        auto const k = make<table>(g, -2, 2, n, d), v = make<table>(g, -1, 1, n, e);
        auto const f = nn::joined_attention(q, k0, v0, k, v, 0.5f, nn::unchanged, [](auto s) { return causal(s); });
        static_assert(decltype(plan(f))::passes == 2);      // each stretch once: its softmax, its values, its log-sum-exp
        table o(n, e);
        verify("past and present", f, o, near<float>(n + past + d));
        table const all_k = eval(concatenate<0>(k0, k)), all_v = eval(concatenate<0>(v0, v));
        auto const whole = nn::dot_product_attention(q, all_k, all_v, 0.5f, [past = past](auto s) { return nn::causal_after(s, past); });
        same("as if joined", eval(whole), o, near<float>(n + past + d));
    }
}

BOOST_AUTO_TEST_CASE(additive) {
    generator g(seed());
    for (auto [n, m, a, e] : {std::array<size, 4>{1, 1, 1, 1}, {2, 3, 4, 5}, {7, 9, 8, 3}, {17, 33, 15, 16}}) {
        auto const q = make<table>(g, -1, 1, n, 6), k = make<table>(g, -1, 1, m, 7), v = make<table>(g, -1, 1, m, e);
        auto const wq = make<table>(g, -1, 1, 6, a), wk = make<table>(g, -1, 1, 7, a);
        auto const w = make<vector<float>>(g, -1, 1, a);
        table const pq = eval(q * wq), pk = eval(k * wk);
        auto const f = nn::additive_attention(pq, pk, v, w);
        static_assert(decltype(plan(f))::passes == 1 && decltype(plan(f))::temporaries == 0);
        table o(n, e);
        verify("additive", f, o, near<float>(m + a));
        auto const whole = nn::additive_attention(q, k, v, wq, wk, w);
        static_assert(decltype(plan(whole))::temporaries == 2);
        same("additive, projected inside", eval(whole), o, near<float>(m + a));
        for (size i = 0; i < n; ++i) {
            std::vector<double> want(e);
            double sum = 0;
            for (size j = 0; j < m; ++j) {
                double s = 0;
                for (size x = 0; x < a; ++x) s += w(x) * std::tanh(double(pq(i, x)) + pk(j, x));
                sum += std::exp(s);
                for (size c = 0; c < e; ++c) want[c] += std::exp(s) * v(j, c);
            }
            for (size c = 0; c < e; ++c) BOOST_CHECK_SMALL(o(i, c) - want[c] / sum, near<float>(m + a).allowed * 2);
        }
    }
}

}  // namespace
}  // namespace sinter::test
