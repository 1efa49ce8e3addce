// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/nn/heads.hpp>

#include <cmath>
#include <cstddef>
#include <limits>
#include <utility>

namespace sinter::nn {

/// What is done to scores where nothing is asked for.
inline constexpr auto unchanged = [](auto scores) { return scores; };

namespace detail {
/// A vector as the first axis of a shape of the given rank.  (b) → (b,1,…,1)
template <int Rank, array_like X>
constexpr auto in_front(X&& x) {
    if constexpr (rank_of<X> == Rank) return capture(static_cast<X&&>(x));
    else return in_front<Rank>(expand<-1>(static_cast<X&&>(x)));
}
}  // namespace detail

/// softmax(f(QKᵀ·scale))V, one pass; f goes from scores to scores, (…,n,m) → (…,n,m): a mask, a bias, a soft cap.
/// (…,n,d), (…,m,d), (…,m,e) → (…,n,e); leading axes broadcast. A row that f masks throughout gives zeros.
///
/// Example: `o = nn::dot_product_attention(q, k, v, 0.125f, [](auto s) { return causal(s); });`
template <array_like Q, array_like K, array_like V, arithmetic S, class F>
    requires(!operand_like<F>)
constexpr auto dot_product_attention(Q&& q, K&& k, V&& v, S scale, F f) {
    return softmax(f(static_cast<Q&&>(q) * transpose(static_cast<K&&>(k)) * scale)) * static_cast<V&&>(v);
}
template <array_like Q, array_like K, array_like V, arithmetic S>
constexpr auto dot_product_attention(Q&& q, K&& k, V&& v, S scale) {
    return dot_product_attention(static_cast<Q&&>(q), static_cast<K&&>(k), static_cast<V&&>(v), scale, unchanged);
}

/// The same with scale = 1/√d. (In a `fn`, where d is not known yet, pass the scale.)
template <array_like Q, array_like K, array_like V, class F>
    requires(!operand_like<F>)
constexpr auto dot_product_attention(Q&& q, K&& k, V&& v, F f) {
    double const scale = 1 / std::sqrt(static_cast<double>(detail::extent_at<-1>(q)));
    return dot_product_attention(static_cast<Q&&>(q), static_cast<K&&>(k), static_cast<V&&>(v), scale, f);
}
template <array_like Q, array_like K, array_like V>
constexpr auto dot_product_attention(Q&& q, K&& k, V&& v) {
    return dot_product_attention(static_cast<Q&&>(q), static_cast<K&&>(k), static_cast<V&&>(v), unchanged);
}

/// Grouped heads: each of g heads of keys and values serves h/g heads of queries, by broadcasting; g = 1 is multi-query.
/// (…,h,n,d), (…,g,m,d), (…,g,m,e) → (…,g,h/g,n,e): `nn::group_heads(o, g) = nn::grouped_attention(q, k, v);`
/// Each may be a formula: `permute<0, 2, 1, 3>` of (b,n,h,d), past and new keys joined.
template <array_like Q, array_like K, array_like V, class F = decltype(unchanged)>
constexpr auto grouped_attention(Q&& q, K&& k, V&& v, F f = {}) {
    static_assert(rank_of<K> >= 3, "sinter: grouped_attention(q, k, v): k must have at least three axes, (…,g,m,d)");
    std::size_t const groups = detail::extent_at<-3>(k);
    return dot_product_attention(group_heads(static_cast<Q&&>(q), groups), expand<-3>(static_cast<K&&>(k)),
                                 expand<-3>(static_cast<V&&>(v)), f);
}

/// Attention over two stretches of keys and values that lie apart, past ones and new ones, as if they were joined. Each
/// stretch has a softmax of its own; by L = log Σ e^s of both, o = o₁σ(L₁ − L₂) + o₂σ(L₂ − L₁). f₁ and f₂ go from scores to
/// scores; in each the keys count from 0.  (…,n,d), (…,m₁,d), (…,m₁,e), (…,m₂,d), (…,m₂,e) → (…,n,e)
/// A row that sees no key of either gives zeros, as everywhere.
template <array_like Q, array_like K1, array_like V1, array_like K2, array_like V2, arithmetic S, class F1 = decltype(unchanged),
          class F2 = decltype(unchanged)>
constexpr auto joined_attention(Q&& q, K1&& k_past, V1&& v_past, K2&& k, V2&& v, S scale, F1 f1 = {}, F2 f2 = {}) {
    return fn([=](auto a, auto k1, auto v1, auto k2, auto v2, auto factor) {     // an argument, or each use of it were another number
        auto s1 = f1(a * transpose(k1) * factor);
        auto s2 = f2(a * transpose(k2) * factor);
        auto o1 = softmax(s1) * v1;
        auto o2 = softmax(s2) * v2;
        auto const seen = [](auto s) { return max(logsumexp(s, axis<-1>, keep), std::numeric_limits<float>::lowest()); };   // −∞ − (−∞) is NaN
        return o1 + (o2 - o1) % sigmoid(seen(s2) - seen(s1));
    })(static_cast<Q&&>(q), static_cast<K1&&>(k_past), static_cast<V1&&>(v_past), static_cast<K2&&>(k), static_cast<V2&&>(v),
       scale);
}

// ---- additive ---------------------------------------------------------------------------------------------------------

/// softmax(f(s))v with s(i,j) = Σₐ w(a)·tanh(q(i,a) + k(j,a)) (Bahdanau and others, 2015), one pass over queries and keys
/// that have been projected.  (…,n,a), (…,m,a), (…,m,e), (a) → (…,n,e)
template <array_like Q, array_like K, array_like V, array_like W, class F = decltype(unchanged)>
constexpr auto additive_attention(Q&& q, K&& k, V&& v, W&& w, F f = {}) {
    auto s = sum(tanh(expand<-2>(static_cast<Q&&>(q)) + expand<-3>(static_cast<K&&>(k))) % static_cast<W&&>(w), axis<-1>);
    return softmax(f(std::move(s))) * static_cast<V&&>(v);
}

/// The same with the projections qW_q and kW_k, which are stored whole: each is read for every row of the other. Each evaluation
/// allocates them.
/// (…,n,d), (…,m,c), (…,m,e), (d,a), (c,a), (a) → (…,n,e)
template <array_like Q, array_like K, array_like V, array_like A, array_like B, array_like W, class F = decltype(unchanged)>
constexpr auto additive_attention(Q&& q, K&& k, V&& v, A&& w_q, B&& w_k, W&& w, F f = {}) {
    return additive_attention(materialize(static_cast<Q&&>(q) * static_cast<A&&>(w_q)),
                              materialize(static_cast<K&&>(k) * static_cast<B&&>(w_k)), static_cast<V&&>(v), static_cast<W&&>(w), f);
}

// ---- masks ------------------------------------------------------------------------------------------------------------

/// Scores, −∞ for keys from a row's length on: one length for each entry of the first axis.  (b,…,n,m), (b) → (b,…,n,m)
template <array_like S, array_like L>
constexpr auto mask_lengths(S&& scores, L&& lengths) {
    static_assert(rank_of<L> == 1 && rank_of<S> >= 2, "sinter: mask_lengths(scores, lengths): lengths must be a vector");
    return where(coord<-1> < detail::in_front<rank_of<S>>(static_cast<L&&>(lengths)), static_cast<S&&>(scores),
                 -std::numeric_limits<double>::infinity());
}

/// Causal with keys that are older than the queries: query i is at position past + i.  (…,n,m) → (…,n,m)
template <array_like S>
constexpr auto causal_after(S&& scores, std::size_t past) {
    return where(coord<-1> <= coord<-2> + static_cast<double>(past), static_cast<S&&>(scores), -std::numeric_limits<double>::infinity());
}

}  // namespace sinter::nn
