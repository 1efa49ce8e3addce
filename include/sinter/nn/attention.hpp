// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/capture/functions.hpp>
#include <sinter/nn/extent.hpp>

#include <cmath>

namespace sinter::nn {

/// What is done to scores where nothing is asked for.
inline constexpr auto unchanged = [](auto scores) { return scores; };

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
    double const scale = 1 / std::sqrt(static_cast<double>(detail::last_extent(q)));
    return dot_product_attention(static_cast<Q&&>(q), static_cast<K&&>(k), static_cast<V&&>(v), scale, f);
}
template <array_like Q, array_like K, array_like V>
constexpr auto dot_product_attention(Q&& q, K&& k, V&& v) {
    return dot_product_attention(static_cast<Q&&>(q), static_cast<K&&>(k), static_cast<V&&>(v), unchanged);
}

}  // namespace sinter::nn
