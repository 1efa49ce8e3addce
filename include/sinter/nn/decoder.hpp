// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/nn/encoder.hpp>

#include <cstddef>

namespace sinter::nn {

template <class T, norm_order Order = norm_order::post>
struct decoder_layer_weights {
    multi_head_weights<T> self_attention;
    norm_weights<T> norm_1;
    multi_head_weights<T> cross_attention;
    norm_weights<T> norm_2;
    feed_forward_weights<T> feed_forward;
    norm_weights<T> norm_3;
};

/// Room for one layer at a time; all layers of a model may share it.
template <class T>
struct decoder_workspace {
    encoder_workspace<T> own;
    multi_head_workspace<T> cross;
    tensor<T, dyn> sum;

    /// For up to `rows` rows of the output and `memory_rows` of the encoder's (batches count); h·d and h·e are at most
    /// `head_width` and `value_width` in both attentions.
    decoder_workspace(std::size_t rows, std::size_t memory_rows, std::size_t width, std::size_t hidden_width, std::size_t head_width,
                      std::size_t value_width)
        : own(rows, width, hidden_width, head_width, value_width), cross(rows, memory_rows, head_width, value_width), sum(rows * width) {}
    decoder_workspace(std::size_t rows, std::size_t memory_rows, std::size_t width, std::size_t hidden_width)
        : decoder_workspace(rows, memory_rows, width, hidden_width, width, width) {}
};

inline constexpr auto causal_scores = [](auto scores) { return causal(scores); };

/// Attention to a memory, such as an encoder's output, with residual sum and norm. out must not be x.
/// (…,n,width), (…,m,memory's width) → (…,n,width)
///
///     post:  out = norm(x + heads(x, memory))
///     pre:   out = x + heads(norm(x), memory)
template <norm_order Order, class T, class Out, tensor_like X, tensor_like M, class F = decltype(unchanged)>
void cross_attention_part(Out&& out, X const& x, M const& memory, multi_head_weights<T> const& w, norm_weights<T> const& norm,
                          decoder_workspace<T>& room, F f = {}) {
    if constexpr (Order == norm_order::post) {
        assign(out, normed(detail::seen(x) + multi_head_attention(x, memory, w, room.cross, f), norm));
    } else {
        auto const z = detail::room_like("cross_attention_part", room.own.normed, x, x.extent(x.rank() - 1));
        z = normed(detail::seen(x), norm);
        assign(out, detail::seen(x) + multi_head_attention(z, memory, w, room.cross, f));
    }
}

/// One layer of a decoder: self-attention to what has been written so far, attention to the memory, a feed-forward part.
/// x and out have the same shape and may be the same; `own` and `to_memory` go from scores to scores.
/// (…,n,width), (…,m,memory's width) → (…,n,width)
///
///     post:  y = norm₁(x + heads(x, x)),   z = norm₂(y + heads(y, memory)),   out = norm₃(z + act(zW₁ + b₁)W₂ + b₂)
///     pre:   y = x + heads(norm₁(x), norm₁(x)),   z = y + heads(norm₂(y), memory),   out = z + act(norm₃(z)W₁ + b₁)W₂ + b₂
///
/// Allocates nothing. Throws: shape_error where the workspace is too small or weights do not fit.
template <class T, norm_order Order, class Out, tensor_like X, tensor_like M, class F = decltype(causal_scores),
          class G = decltype(unchanged), class Act = decltype(gelu_activation)>
void decoder_layer(Out&& out, X const& x, M const& memory, decoder_layer_weights<T, Order> const& w, decoder_workspace<T>& room,
                   F own = {}, G to_memory = {}, Act act = {}) {
    auto const y = detail::room_like("decoder_layer", room.own.sum, x, x.extent(x.rank() - 1));
    auto const z = detail::room_like("decoder_layer", room.sum, x, x.extent(x.rank() - 1));
    self_attention_part<Order>(y, x, w.self_attention, w.norm_1, room.own, own);
    cross_attention_part<Order>(z, y, memory, w.cross_attention, w.norm_2, room, to_memory);
    feed_forward_part<Order>(out, z, w.feed_forward, w.norm_3, room.own, act);
}

}  // namespace sinter::nn
