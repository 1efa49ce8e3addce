// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/nn/multi_head.hpp>

#include <cstddef>

namespace sinter::nn {

/// Where a layer normalises: behind each residual sum, as BERT does, or in front of each part.
enum class norm_order : unsigned char { post, pre };

template <class T>
struct norm_weights {
    weight_vector<T> gamma, beta;    // (width)
    double eps = 1e-5;
};

template <class T>
struct feed_forward_weights {
    weight_matrix<T> w_1;            // (width, hidden)
    weight_vector<T> b_1;            // (hidden)
    weight_matrix<T> w_2;            // (hidden, width)
    weight_vector<T> b_2;            // (width)
};

template <class T, norm_order Order = norm_order::post>
struct encoder_layer_weights {
    multi_head_weights<T> attention;
    norm_weights<T> norm_1;
    feed_forward_weights<T> feed_forward;
    norm_weights<T> norm_2;
};

/// Room for one layer at a time; all layers of a model may share it.
template <class T>
struct encoder_workspace {
    multi_head_workspace<T> heads;
    tensor<T, dyn> sum, normed, hidden;

    /// For up to `rows` rows (batches count), with h·d = `head_width` and h·e = `value_width`, which are often `width`.
    encoder_workspace(std::size_t rows, std::size_t width, std::size_t hidden_width, std::size_t head_width, std::size_t value_width)
        : heads(rows, rows, head_width, value_width), sum(rows * width), normed(rows * width), hidden(rows * hidden_width) {}
    encoder_workspace(std::size_t rows, std::size_t width, std::size_t hidden_width)
        : encoder_workspace(rows, width, hidden_width, width, width) {}
};

inline constexpr auto gelu_activation = [](auto x) { return gelu(x); };

/// norm(x) as the weights say.
template <array_like X, class T>
constexpr auto normed(X&& x, norm_weights<T> const& w) {
    return layer_norm(static_cast<X&&>(x), w.gamma, w.beta, w.eps);
}

/// Up to here the two products are one pass, of which hidden values exist a block at a time; with more rows they are stored,
/// since each tile of rows (of floats 8 with SSE2, 16 with AVX2, 64 with AVX-512) would read both matrices again
/// (docs/design/0020-layers.md).
inline constexpr std::size_t few_rows = 32;

/// out = last(x + act(zW₁ + b₁)W₂ + b₂)
template <class T, class Out, tensor_like X, tensor_like Z, class Act, class Last>
void two_products(Out&& out, X const& x, Z const& z, feed_forward_weights<T> const& w, encoder_workspace<T>& room, Act act, Last last) {
    auto const& [w1, b1, w2, b2] = w;
    if (z.size() <= few_rows * w1.extent(0)) {
        assign(out, last(detail::seen(x) + feed_forward(detail::seen(z), w1, b1, w2, b2, act)));
    } else {
        auto const hidden = detail::room_like("feed_forward_part", room.hidden, z, w1.extent(1));
        hidden = act(linear(detail::seen(z), w1, b1));
        assign(out, last(detail::seen(x) + linear(detail::seen(hidden), w2, b2)));
    }
}

/// Two products with their residual sum and norm. x and out have the same shape; out must not be x.
/// (…,n,width) → (…,n,width)
///
///     post:  out = norm(x + act(xW₁ + b₁)W₂ + b₂)
///     pre:   out = x + act(norm(x)W₁ + b₁)W₂ + b₂
template <norm_order Order, class T, class Out, tensor_like X, class Act = decltype(gelu_activation)>
void feed_forward_part(Out&& out, X const& x, feed_forward_weights<T> const& w, norm_weights<T> const& norm,
                       encoder_workspace<T>& room, Act act = {}) {
    if constexpr (Order == norm_order::post) {
        two_products(out, x, x, w, room, act, [&](auto const& e) { return normed(e, norm); });
    } else {
        auto const z = detail::room_like("feed_forward_part", room.normed, x, x.extent(x.rank() - 1));
        z = normed(detail::seen(x), norm);
        two_products(out, x, z, w, room, act, [](auto const& e) { return e; });
    }
}

/// Self-attention with its residual sum and norm. out must not be x.  (…,n,width) → (…,n,width)
///
///     post:  out = norm(x + heads(x, x))
///     pre:   out = x + heads(norm(x), norm(x))
template <norm_order Order, class T, class Out, tensor_like X, class F = decltype(unchanged)>
void self_attention_part(Out&& out, X const& x, multi_head_weights<T> const& w, norm_weights<T> const& norm,
                         encoder_workspace<T>& room, F f = {}) {
    if constexpr (Order == norm_order::post) {
        assign(out, normed(detail::seen(x) + multi_head_attention(x, x, w, room.heads, f), norm));
    } else {
        auto const z = detail::room_like("self_attention_part", room.normed, x, x.extent(x.rank() - 1));
        z = normed(detail::seen(x), norm);
        assign(out, detail::seen(x) + multi_head_attention(z, z, w, room.heads, f));
    }
}

/// One layer of an encoder: self-attention, then a feed-forward part. x and out have the same shape and may be the same;
/// f goes from scores to scores.  (…,n,width) → (…,n,width)
///
///     post:  y = norm₁(x + heads(x, x)),          out = norm₂(y + act(yW₁ + b₁)W₂ + b₂)
///     pre:   y = x + heads(norm₁(x), norm₁(x)),   out = y + act(norm₂(y)W₁ + b₁)W₂ + b₂
///
/// Allocates nothing. Throws: shape_error where the workspace is too small or weights do not fit.
/// Example: `for (auto const& w : layers) nn::encoder_layer(x, x, w, room);`
template <class T, norm_order Order, class Out, tensor_like X, class F = decltype(unchanged), class Act = decltype(gelu_activation)>
void encoder_layer(Out&& out, X const& x, encoder_layer_weights<T, Order> const& w, encoder_workspace<T>& room, F f = {}, Act act = {}) {
    auto const y = detail::room_like("encoder_layer", room.sum, x, x.extent(x.rank() - 1));
    self_attention_part<Order>(y, x, w.attention, w.norm_1, room, f);
    feed_forward_part<Order>(out, y, w.feed_forward, w.norm_2, room, act);
}

}  // namespace sinter::nn
