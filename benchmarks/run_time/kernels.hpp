// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "problem.hpp"

/// The contenders. Every function is declared weak: one whose file is not linked has a null address, and its
/// column stays empty. So the programme can be built with any subset of the files in subject/ and peer/.
#define SINTER_BENCH_KERNELS(X)                                                                 \
    X(attention) X(attention_bias) X(attention_causal) X(attention_soft_cap) X(attention_sigmoid) \
    X(attention_cosine) X(attention_window) X(attention_prefix) X(attention_documents) X(attention_lengths) \
    X(attention_alibi) X(attention_grouped) X(attention_cross) X(attention_decode) \
    X(product_nn) X(product_tn) X(product_nt) X(product_tt) X(kernel_sum)     \
    X(softmax_rows) X(layer_norm_rows) X(elementwise) X(perceptron) X(convolution)

namespace bench {

#define SINTER_BENCH_DECLARE(name) [[gnu::weak]] void name(problem const&);
namespace subject {
SINTER_BENCH_KERNELS(SINTER_BENCH_DECLARE)
}
namespace peer {
SINTER_BENCH_KERNELS(SINTER_BENCH_DECLARE)
}
namespace tuned {
SINTER_BENCH_KERNELS(SINTER_BENCH_DECLARE)
}
#undef SINTER_BENCH_DECLARE

/// The constants of the formulas, the same for subject, peer and reference.
inline constexpr float soft_cap = 5.0F;
inline constexpr float temperature = 8.0F;
inline constexpr float epsilon = 1e-5F;
inline constexpr std::size_t window = 256;
inline constexpr std::size_t prefix = 1024;
inline constexpr std::size_t documents = 8;     // of one length
inline constexpr float slope = 0.0625F;

/// The length of sequence b of h, padded to m: all lengths from m/h to m.
inline constexpr std::size_t length_of(std::size_t b, std::size_t h, std::size_t m) { return m * (b + 1) / h; }

}  // namespace bench
