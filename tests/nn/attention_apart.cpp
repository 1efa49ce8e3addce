// SPDX-License-Identifier: BSL-1.0
// Attention over past and new keys that lie apart, and by the tanh of a sum.
#include "support/types.hpp"

#include <sinter/nn.hpp>

namespace sinter::test {
namespace {

template <class T>
using table = matrix<T>;

/// Past keys and values that lie apart from the new ones, of which each query sees those up to its own.
BOOST_AUTO_TEST_CASE_TEMPLATE(past_and_present, T, real_types) {
    generator g(seed());
    for (auto [n, past, d, e] : {std::array<size, 4>{1, 1, 4, 4}, {1, 100, 16, 8}, {5, 3, 7, 9}, {17, 97, 8, 5}, {33, 31, 8, 16}}) {
        auto const q = make<table<T>>(g, -2, 2, n, d), k0 = make<table<T>>(g, -2, 2, past, d), v0 = make<table<T>>(g, -1, 1, past, e);
        auto const k = make<table<T>>(g, -2, 2, n, d), v = make<table<T>>(g, -1, 1, n, e);
        auto const f = nn::joined_attention(q, k0, v0, k, v, T(0.5), nn::unchanged, [](auto s) { return causal(s); });
        static_assert(decltype(plan(f))::passes == 2);      // each stretch once: its softmax, its values, its log-sum-exp
        table<T> o(n, e);
        verify("past and present", f, o, near<T>(n + past + d));
        table<T> const all_k = eval(concatenate<0>(k0, k)), all_v = eval(concatenate<0>(v0, v));
        auto const whole = nn::dot_product_attention(q, all_k, all_v, T(0.5), [past = past](auto s) { return nn::causal_after(s, past); });
        same("as if joined", eval(whole), o, near<T>(n + past + d));
    }
}

/// Rows that see nothing of one stretch, of the other, of both: zeros.
BOOST_AUTO_TEST_CASE_TEMPLATE(rows_without_keys, T, real_types) {
    generator g(seed());
    auto const q = make<table<T>>(g, -2, 2, 5, 4), k0 = make<table<T>>(g, -2, 2, 9, 4), v0 = make<table<T>>(g, -1, 1, 9, 3);
    auto const k = make<table<T>>(g, -2, 2, 5, 4), v = make<table<T>>(g, -1, 1, 5, 3);
    auto const from = [](int row) { return [row](auto s) { return where(coord<-2> >= row, s, -infinity<T>); }; };
    table<T> o(5, 3), past(5, 3);
    o = nn::joined_attention(q, k0, v0, k, v, T(0.5), from(1), from(3));
    past = nn::dot_product_attention(q, k0, v0, T(0.5));
    for (size j = 0; j < 3; ++j) {
        BOOST_CHECK_EQUAL(o(0, j), 0);
        for (size i : {1, 2}) BOOST_CHECK_SMALL(double(o(i, j)) - past(i, j), near<T>(14).allowed);
    }
    verify("rows without keys", nn::joined_attention(q, k0, v0, k, v, T(0.5), from(2), from(2)), o, near<T>(14));
    for (size j = 0; j < 3; ++j) BOOST_CHECK(o(0, j) == 0 && o(1, j) == 0 && o(2, j) != 0);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(additive, T, real_types) {
    generator g(seed());
    for (auto [n, m, a, e] : {std::array<size, 4>{1, 1, 1, 1}, {2, 3, 4, 5}, {7, 9, 8, 3}, {17, 33, 15, 16}}) {
        auto const q = make<table<T>>(g, -1, 1, n, 6), k = make<table<T>>(g, -1, 1, m, 7), v = make<table<T>>(g, -1, 1, m, e);
        auto const wq = make<table<T>>(g, -1, 1, 6, a), wk = make<table<T>>(g, -1, 1, 7, a);
        auto const w = make<vector<T>>(g, -1, 1, a);
        table<T> const pq = eval(q * wq), pk = eval(k * wk);
        auto const f = nn::additive_attention(pq, pk, v, w);
        static_assert(decltype(plan(f))::passes == 1 && decltype(plan(f))::temporaries == 0);
        table<T> o(n, e);
        verify("additive", f, o, near<T>(m + a));
        auto const whole = nn::additive_attention(q, k, v, wq, wk, w);
        static_assert(decltype(plan(whole))::temporaries == 2);
        same("additive, projected inside", eval(whole), o, near<T>(m + a));
        for (size i = 0; i < n; ++i) {
            std::vector<double> want(e);
            double sum = 0;
            for (size j = 0; j < m; ++j) {
                double s = 0;
                for (size x = 0; x < a; ++x) s += w(x) * std::tanh(double(pq(i, x)) + double(pk(j, x)));
                sum += std::exp(s);
                for (size c = 0; c < e; ++c) want[c] += std::exp(s) * v(j, c);
            }
            for (size c = 0; c < e; ++c) BOOST_CHECK_SMALL(o(i, c) - want[c] / sum, near<T>(m + a).allowed * 2);
        }
    }
}

}  // namespace
}  // namespace sinter::test
