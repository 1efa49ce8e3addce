// SPDX-License-Identifier: BSL-1.0
#include "encoder.hpp"

#include "bad_input.hpp"

#include <algorithm>

namespace minilm {
namespace {

using sinter::safetensors::file;

/// PyTorch keeps what multiplies from the right as (Out,In). Fills the blocks from `first` on, as many as there are.
template <std::size_t Out, std::size_t In, std::size_t All>
void read_linear(file const& f, std::string const& name, weights<In, All>& w, std::size_t first = 0) {
    constexpr std::size_t blocks = Out / block;
    auto const matrix = f.get<float, Out, In>(name + ".weight");
    auto const bias = f.get<float, Out>(name + ".bias");
    view<float const, blocks, block, In> const stored(matrix.data());
    view<float, blocks, In, block>(w.columns.data() + first * In * block) = sinter::transpose(stored);
    view<float, Out>(w.bias.data() + first * block) = bias;
}

norm_weights read_norm(file const& f, std::string const& name) {
    return {f.get<float, width>(name + ".weight"), f.get<float, width>(name + ".bias")};
}

std::string layer_name(std::size_t i) { return "encoder.layer." + std::to_string(i) + "."; }

}  // namespace

encoder::encoder(std::string const& path, std::size_t longest)
    : file_(path), words_(file_.get<float, dyn, width>("embeddings.word_embeddings.weight")),
      positions_(file_.get<float, dyn, width>("embeddings.position_embeddings.weight")),
      types_(file_.get<float, dyn, width>("embeddings.token_type_embeddings.weight")),
      first_norm_(read_norm(file_, "embeddings.LayerNorm")), longest_(longest), x_(longest), context_(longest),
      sum_(longest), qkv_(longest), inner_(longest) {
    if (longest < 2 || longest > positions_.extent(0))
        throw bad_input(path + ": the model takes from 2 to " + std::to_string(positions_.extent(0)) + " pieces, not " +
                        std::to_string(longest));
    while (file_.contains(layer_name(layers_.size()) + "output.dense.weight")) read_layer(layers_.size());
    if (layers_.empty()) throw bad_input(path + ": has no layers; expected encoder.layer.0.output.dense.weight");
}

void encoder::read_layer(std::size_t i) {
    auto& w = layers_.emplace_back();
    auto const name = layer_name(i);
    constexpr std::size_t blocks = width / block;
    read_linear<width>(file_, name + "attention.self.query", w.qkv);
    read_linear<width>(file_, name + "attention.self.key", w.qkv, blocks);
    read_linear<width>(file_, name + "attention.self.value", w.qkv, 2 * blocks);
    read_linear<width>(file_, name + "attention.output.dense", w.out);
    read_linear<inner>(file_, name + "intermediate.dense", w.up);
    read_linear<width>(file_, name + "output.dense", w.down);
    w.out_norm = read_norm(file_, name + "attention.output.LayerNorm");
    w.down_norm = read_norm(file_, name + "output.LayerNorm");
}

/// x = norm(word + position + type), a row for each piece.
void encoder::begin(std::span<token const> pieces) {
    if (pieces.empty() || pieces.size() > longest_)
        throw bad_input("a sentence has " + std::to_string(pieces.size()) + " pieces, expected 1 to " +
                        std::to_string(longest_));
    n_ = pieces.size();
    auto const sum = room(sum_);
    for (std::size_t i = 0; i < n_; ++i) {
        auto const id = static_cast<std::size_t>(pieces[i]);
        if (pieces[i] < 0 || id >= words_.extent(0))
            throw bad_input("there is no piece " + std::to_string(pieces[i]) + ": the model knows " +
                            std::to_string(words_.extent(0)));
        view<float, width>(&sum(i, 0)) = row(words_, id) + row(positions_, i) + row(types_, 0);
    }
    room(x_) = layer_norm(sum, first_norm_.gamma, first_norm_.beta, epsilon);
}

/// The queries, keys and values of x.
void encoder::project(layer_weights const& w) {
    in_blocks<3 * width>(room(qkv_)) = linear<width>(room(x_), w.qkv);
}

/// y = norm(x + attention·W + b);  x = norm(y + gelu(y·W₁ + b₁)·W₂ + b₂)
void encoder::finish(layer_weights const& w) {
    auto const x = room(x_), sum = room(sum_), context = room(context_);
    auto const hidden = room(inner_);
    view<float, heads, dyn, head_width>(context.data(), {heads, n_, head_width}, {head_width, width, 1}) = attention(room(qkv_));
    in_blocks(sum) = linear<width>(context, w.out) + in_blocks(x);
    x = layer_norm(sum, w.out_norm.gamma, w.out_norm.beta, epsilon);
    in_blocks(hidden) = gelu(linear<width>(x, w.up));
    in_blocks(sum) = linear<inner>(hidden, w.down) + in_blocks(x);
    x = layer_norm(sum, w.down_norm.gamma, w.down_norm.beta, epsilon);
}

void encoder::embed(std::span<token const> pieces, view<float, width> embedding) {
    begin(pieces);
    for (auto const& w : layers_) {
        project(w);
        finish(w);
    }
    embedding = normalize(mean(room(x_), sinter::axis<0>));         // (n,width) → (width)
}

void encoder::attention_of(std::span<token const> pieces, std::size_t layer, view<float, heads, dyn, dyn> result) {
    begin(pieces);
    for (std::size_t i = 0; i < layer; ++i) {
        project(layers_[i]);
        finish(layers_[i]);
    }
    project(layers_.at(layer));
    result = attention_weights(room(qkv_));
}

}  // namespace minilm
