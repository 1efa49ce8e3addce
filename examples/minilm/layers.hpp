// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/nn.hpp>
#include <sinter/sinter.hpp>

#include <cmath>
#include <cstddef>

/// The layers of BERT as formulas, with the sizes of MiniLM. n is the number of pieces in a sentence. What differs from
/// sinter::nn::encoder_layer is how the weights lie: in blocks of columns, and queries, keys and values as one product.
namespace minilm {

using sinter::dyn, sinter::tensor, sinter::vector, sinter::view;

inline constexpr std::size_t width = 384;               // of a piece
inline constexpr std::size_t heads = 12;
inline constexpr std::size_t head_width = width / heads;
inline constexpr std::size_t inner = 1536;              // of the feed-forward layer
inline constexpr float epsilon = 1e-12f;                // of the layer norms

/// Columns that lie together, as many as the kernel of products takes at once.
#ifdef __AVX512F__
inline constexpr std::size_t block = 64;
#else
inline constexpr std::size_t block = 16;
#endif

/// A matrix of weights (In,Out), its columns in blocks, so that a product reads it from beginning to end; and a bias.
template <std::size_t In, std::size_t Out>
struct weights {
    tensor<float, Out / block, In, block> columns;
    tensor<float, Out / block, block> bias;
};

/// Rows that somebody else owns.
template <std::size_t Width>
using rows = view<float, dyn, Width>;
template <std::size_t Width>
using const_rows = view<float const, dyn, Width>;

/// (n,width) as such a product gives it: (n, width/block, block)
template <std::size_t Width>
auto in_blocks(rows<Width> x) { return view<float, dyn, Width / block, block>(x.data(), x.extent(0)); }
template <std::size_t Width>
auto in_blocks(const_rows<Width> x) { return view<float const, dyn, Width / block, block>(x.data(), x.extent(0)); }

/// X·W + b
template <std::size_t In, std::size_t Out>
auto linear(const_rows<In> x, weights<In, Out> const& w) {
    return sinter::einsum<"ik,bkj->ibj">(x, w.columns) + w.bias;       // (n,In) × (In,Out) → (n,Out)
}

/// Queries, keys and values stand side by side in a row; this is one of the three, by heads.
inline auto by_heads(const_rows<3 * width> qkv, std::size_t which) {
    return view<float const, heads, dyn, head_width>(qkv.data() + which * width, {heads, qkv.extent(0), head_width},
                                                     {head_width, 3 * width, 1});
}

/// softmax(Q·Kᵀ/√d)
inline auto attention_weights(const_rows<3 * width> qkv) {
    return softmax(by_heads(qkv, 0) * transpose(by_heads(qkv, 1)) / std::sqrt(float(head_width)));     // (heads,n,n)
}

/// softmax(Q·Kᵀ/√d)·V
inline auto attention(const_rows<3 * width> qkv) {
    return sinter::nn::dot_product_attention(by_heads(qkv, 0), by_heads(qkv, 1), by_heads(qkv, 2));   // (heads,n,head_width)
}

}  // namespace minilm
