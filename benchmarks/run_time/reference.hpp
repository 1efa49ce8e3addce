// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "problem.hpp"

/// The formulas as plain loops in double: what every contender is compared with before it is timed.
namespace bench::reference {

void attention(problem const&, double* out);           ///< softmax(Q·Kᵀ/√d)·V
void attention_bias(problem const&, double* out);      ///< softmax(Q·Kᵀ/√d + B)·V
void attention_causal(problem const&, double* out);    ///< keys j ≤ i only
void attention_soft_cap(problem const&, double* out);  ///< softmax(c·tanh(Q·Kᵀ/(√d·c)))·V
void attention_sigmoid(problem const&, double* out);   ///< sigmoid(Q·Kᵀ)·V
void attention_cosine(problem const&, double* out);    ///< softmax(τ·normalize(Q)·normalize(K)ᵀ)·V
void attention_window(problem const&, double* out);    ///< keys i − 256 < j ≤ i only
void attention_prefix(problem const&, double* out);    ///< keys j ≤ i, and the first 1024
void attention_documents(problem const&, double* out); ///< keys of the same of 8 documents
void attention_lengths(problem const&, double* out);   ///< h sequences, padded: of each, the keys that it has
void attention_alibi(problem const&, double* out);     ///< keys j ≤ i, (i − j)/16 taken off
void attention_grouped(problem const&, double* out);   ///< the sentence for h heads of rows, g of keys
void attention_cross(problem const&, double* out);     ///< the sentence
void attention_decode(problem const&, double* out);    ///< as attention_grouped
void product_nn(problem const&, double* out);          ///< A·B
void product_tn(problem const&, double* out);          ///< Aᵀ·B, A stored as (m,n)
void product_nt(problem const&, double* out);          ///< A·Bᵀ, B stored as (e,m)
void product_tt(problem const&, double* out);          ///< Aᵀ·Bᵀ
void kernel_sum(problem const&, double* out);          ///< Σ_j e^{−‖x_i−y_j‖²}·w_j
void convolution(problem const&, double* out);         ///< 3×3, stride 1, a border of zeros
void softmax_rows(problem const&, double* out);
void layer_norm_rows(problem const&, double* out);
void elementwise(problem const&, double* out);         ///< (a + b∘c)/(d + 1)
void perceptron(problem const&, double* out);          ///< relu(X·W1 + b1)·W2 + b2

}  // namespace bench::reference
