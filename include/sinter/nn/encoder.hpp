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

template <class T>
struct encoder_layer_weights {
    multi_head_weights<T> attention;
    norm_weights<T> norm_1;
    feed_forward_weights<T> feed_forward;
    norm_weights<T> norm_2;
    norm_order order = norm_order::post;
};

/// Room for one layer at a time; all layers of a model may share it.
template <class T>
struct encoder_workspace {
    multi_head_workspace<T> heads;
    tensor<T, dyn> sum, normed, hidden;

    /// For up to `rows` rows (batches count).
    encoder_workspace(std::size_t rows, std::size_t width, std::size_t hidden_width)
        : heads(rows, width), sum(rows * width), normed(rows * width), hidden(rows * hidden_width) {}
};

inline constexpr auto gelu_activation = [](auto x) { return gelu(x); };

/// One layer of an encoder. x and out have the same shape and may be the same.  (…,n,width) → (…,n,width)
///
///     post:  y = norm₁(x + heads(x, x)),          out = norm₂(y + act(yW₁ + b₁)W₂ + b₂)
///     pre:   y = x + heads(norm₁(x), norm₁(x)),   out = y + act(norm₂(y)W₁ + b₁)W₂ + b₂
///
/// f goes from scores to scores. Allocates nothing. Throws: shape_error where the workspace is too small.
template <class T, class Out, tensor_like X, class F = decltype(unchanged), class Act = decltype(gelu_activation)>
void encoder_layer(Out&& out, X const& x, encoder_layer_weights<T> const& w, encoder_workspace<T>& room, F f = {}, Act act = {}) {
    auto const normed = [](auto const& e, norm_weights<T> const& n) { return layer_norm(e, n.gamma, n.beta, n.eps); };
    auto const& ff = w.feed_forward;
    auto const y = detail::room_like("encoder_layer", room.sum, x, x.extent(x.rank() - 1));
    auto const hidden = detail::room_like("encoder_layer", room.hidden, x, ff.w_1.extent(1));
    if (w.order == norm_order::post) {
        y = normed(x + multi_head_attention(x, x, w.attention, room.heads, f), w.norm_1);
        hidden = act(linear(y, ff.w_1, ff.b_1));
        assign(out, normed(y + linear(hidden, ff.w_2, ff.b_2), w.norm_2));
    } else {
        auto const z = detail::room_like("encoder_layer", room.normed, x, x.extent(x.rank() - 1));
        z = normed(x, w.norm_1);
        y = x + multi_head_attention(z, z, w.attention, room.heads, f);
        z = normed(y, w.norm_2);
        hidden = act(linear(z, ff.w_1, ff.b_1));
        assign(out, y + linear(hidden, ff.w_2, ff.b_2));
    }
}

}  // namespace sinter::nn
