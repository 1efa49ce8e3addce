// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "layers.hpp"
#include "tokenizer.hpp"

#include <sinter/interop/safetensors.hpp>

#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace minilm {

struct norm_weights {
    vector<float, width> gamma, beta;
};

struct layer_weights {
    weights<width, 3 * width> qkv;
    weights<width, width> out;
    norm_weights out_norm;
    weights<width, inner> up;
    weights<inner, width> down;
    norm_weights down_norm;
};

/// all-MiniLM-L6-v2: from pieces of a sentence to its embedding. Everything that it needs is there once it is made;
/// evaluation allocates nothing (tests/examples/encoder.cpp shows it).
class encoder {
public:
    /// The weights in a safetensors file; sentences of at most `longest` pieces. Throws sinter::file_error, bad_input.
    encoder(std::string const& file, std::size_t longest);

    std::size_t layers() const { return layers_.size(); }
    std::size_t longest() const { return longest_; }
    std::size_t pieces() const { return words_.extent(0); }

    /// The embedding of a sentence, of length 1. Throws bad_input where there are more pieces than `longest`, or none.
    void embed(std::span<token const> pieces, view<float, width> embedding);

    /// What each piece looks at, in one layer: (heads,n,n), each row with the sum 1.
    void attention_of(std::span<token const> pieces, std::size_t layer, view<float, heads, dyn, dyn> result);

private:
    void read_layer(std::size_t i);
    void begin(std::span<token const> pieces);
    void project(layer_weights const& w);
    void finish(layer_weights const& w);

    template <std::size_t Width>
    rows<Width> room(tensor<float, dyn, Width>& all) const { return rows<Width>(all.data(), n_); }

    sinter::safetensors::file file_;
    view<float const, dyn, width> words_, positions_, types_;
    norm_weights first_norm_;
    std::vector<layer_weights> layers_;
    std::size_t longest_, n_ = 0;
    tensor<float, dyn, width> x_, context_, sum_;
    tensor<float, dyn, 3 * width> qkv_;
    tensor<float, dyn, inner> inner_;
};

}  // namespace minilm
