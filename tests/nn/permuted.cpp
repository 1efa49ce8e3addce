// SPDX-License-Identifier: BSL-1.0
// Heads and groups of what is no tensor: (b,n,h,d) as `permute<0, 2, 1, 3>`, joined keys, formulas.
#include "nn/layouts.hpp"

namespace sinter::test {
namespace {

struct sizes { size b, n, m, h, groups, d, e; };
constexpr sizes volumes[] = {{1, 1, 1, 1, 1, 1, 1}, {2, 5, 7, 4, 1, 3, 5}, {1, 17, 33, 6, 2, 8, 7}, {3, 9, 65, 4, 4, 7, 4}, {2, 1, 131, 8, 4, 16, 9}};

/// (b,n,h,d) → (b,n,h·e), the heads of queries and of the result side by side.
BOOST_AUTO_TEST_CASE_TEMPLATE(groups_of_tokens, T, real_types) {
    generator g(seed());
    for (auto [b, n, m, h, groups, d, e] : volumes) {
        auto const q = make<batch_of_heads<T>>(g, -2, 2, b, n, h, d), k = make<batch_of_heads<T>>(g, -2, 2, b, m, groups, d);
        auto const v = make<batch_of_heads<T>>(g, -1, 1, b, m, groups, e);
        auto const q_of_heads = exchanged(q), k_of_heads = exchanged(k), v_of_heads = exchanged(v);
        auto const in_memory = nn::grouped_attention(q_of_heads, k_of_heads, v_of_heads);
        auto const close = near<T>(m + d);
        tensor<T, dyn, dyn, dyn> rows(b, n, h * e);
        auto const out = nn::split_heads(rows, h);
        one_pass("queries", nn::grouped_attention(permute<0, 2, 1, 3>(q), k_of_heads, v_of_heads), in_memory, nn::group_heads(out, groups), close);
        one_pass("keys", nn::grouped_attention(q_of_heads, permute<0, 2, 1, 3>(k), permute<0, 2, 1, 3>(v)), in_memory, nn::group_heads(out, groups), close);
        one_pass("all", nn::grouped_attention(permute<0, 2, 1, 3>(q), permute<0, 2, 1, 3>(k), permute<0, 2, 1, 3>(v)), in_memory,
                 nn::group_heads(out, groups), close);
    }
}

/// Past keys of each group joined with new ones, of which each query sees those up to its own.
BOOST_AUTO_TEST_CASE_TEMPLATE(groups_of_joined_keys, T, real_types) {
    generator g(seed());
    for (auto [b, n, past, h, groups, d, e] : volumes) {
        auto const q = make<batch_of_heads<T>>(g, -2, 2, b, h, n, d);
        auto const k_past = make<batch_of_heads<T>>(g, -2, 2, b, groups, past, d), k = make<batch_of_heads<T>>(g, -2, 2, b, groups, n, d);
        auto const v_past = make<batch_of_heads<T>>(g, -1, 1, b, groups, past, e), v = make<batch_of_heads<T>>(g, -1, 1, b, groups, n, e);
        auto const seen = [past = past](auto s) { return nn::causal_after(s, past); };
        batch_of_heads<T> const all_k = eval(concatenate<-2>(k_past, k)), all_v = eval(concatenate<-2>(v_past, v));
        batch_of_heads<T> o(b, h, n, e);
        one_pass("joined", nn::grouped_attention(q, concatenate<-2>(k_past, k), concatenate<-2>(v_past, v), seen),
                 nn::grouped_attention(q, all_k, all_v, seen), nn::group_heads(o, groups), near<T>(past + n + d));
    }
}

BOOST_AUTO_TEST_CASE_TEMPLATE(rows_of_heads, T, real_types) {
    generator g(seed());
    for (auto [b, n, h, d] : {std::array<size, 4>{1, 1, 1, 1}, {2, 5, 3, 4}, {1, 17, 2, 7}, {2, 33, 4, 16}, {2, 3, 1, 9}}) {
        auto const x = make<batch_of_heads<T>>(g, -1, 1, b, n, h, d);
        tensor<T, dyn, dyn, dyn> rows(b, n, h * d);
        one_pass("rows", nn::merge_heads(permute<0, 2, 1, 3>(x)), reshape(x, b, n, h * d), rows, near<T>());
        auto const of_heads = exchanged(x);
        one_pass("rows of a formula", nn::merge_heads(of_heads * 2), reshape(x, b, n, h * d) * 2, rows, near<T>());
        nn::split_heads(rows, h) = of_heads;
        one_pass("there and back", nn::merge_heads(nn::split_heads(rows + 1, h)), rows + 1, tensor<T, dyn, dyn, dyn>(b, n, h * d), near<T>());
    }
}

BOOST_AUTO_TEST_CASE(what_does_not_fit) {
    batch_of_heads<float> x(1, 2, 6, 5);
    BOOST_CHECK_THROW(nn::group_heads(permute<0, 2, 1, 3>(x), 4), shape_error);
    BOOST_CHECK_THROW(nn::group_heads(permute<0, 2, 1, 3>(x), 0), shape_error);
}

}  // namespace
}  // namespace sinter::test
