// SPDX-License-Identifier: BSL-1.0
//
// A layer of a decoder at work: rows that have been written so far attend to each other, then to a memory of seven rows, such as
// an encoder's output. The weights are random; what can be seen is that a row depends on no later one, so that writing
// one row after the other gives what all of them at once give.

#include <sinter/nn.hpp>
#include <sinter/sinter.hpp>

#include <cmath>
#include <cstdio>
#include <deque>
#include <random>

namespace {

constexpr std::size_t width = 32, hidden = 64, heads = 4, longest = 12, memory_rows = 7;

using table = sinter::matrix<float>;
namespace nn = sinter::nn;

/// Random numbers that live as long as this.
struct parameters {
    std::mt19937 random{1};
    std::deque<sinter::vector<float>> kept;

    float const* numbers(std::size_t n, float spread, float around = 0) {
        std::normal_distribution<float> normal(around, spread);
        auto& part = kept.emplace_back(n);
        for (float& x : part) x = normal(random);
        return part.data();
    }
    nn::weight_matrix<float> matrix(std::size_t in, std::size_t out) {
        return nn::weight_matrix<float>(numbers(in * out, 1 / std::sqrt(float(in))), in, out);
    }
    nn::weight_vector<float> vector(std::size_t n, float around = 0) { return nn::weight_vector<float>(numbers(n, 0.1f, around), n); }
    nn::norm_weights<float> norm() { return {.gamma = vector(width, 1), .beta = vector(width)}; }
    nn::multi_head_weights<float> attention() {
        return {.w_q = matrix(width, width), .b_q = vector(width), .w_k = matrix(width, width), .b_k = vector(width),
                .w_v = matrix(width, width), .b_v = vector(width), .w_o = matrix(width, width), .b_o = vector(width), .heads = heads};
    }
};

}  // namespace

int main() {
    parameters p;
    nn::decoder_layer_weights<float> const layer{
        .self_attention = p.attention(), .norm_1 = p.norm(), .cross_attention = p.attention(), .norm_2 = p.norm(),
        .feed_forward = {.w_1 = p.matrix(width, hidden), .b_1 = p.vector(hidden), .w_2 = p.matrix(hidden, width), .b_2 = p.vector(width)},
        .norm_3 = p.norm()};
    nn::decoder_workspace<float> room(longest, memory_rows, width, hidden);     // once, for the longest sequence

    sinter::view<float const, sinter::dyn, sinter::dyn> const memory(p.numbers(memory_rows * width, 1), memory_rows, width);
    sinter::view<float const, sinter::dyn, sinter::dyn> const input(p.numbers(longest * width, 1), longest, width);

    table together(longest, width), apart(longest, width);
    nn::decoder_layer(together, input, memory, layer, room);                    // (12,32), (7,32) → (12,32)

    for (std::size_t n = 1; n <= longest; ++n) {                                // with what has been written up to row n
        sinter::view<float const, sinter::dyn, sinter::dyn> const so_far(input.data(), n, width);
        table y(n, width);
        nn::decoder_layer(y, so_far, memory, layer, room);                      // (n,32), (7,32) → (n,32)
        sinter::view<float, sinter::dyn>(&apart(n - 1, 0), width) = row(y, n - 1);
    }

    float const apart_by = sinter::eval(amax(abs(together - apart)));
    float const mean = sinter::eval(sinter::mean(together)), spread = sinter::eval(sinter::mean(square(together)));
    std::printf("rows written one by one and at once differ by %.1e\n", double(apart_by));
    std::printf("mean of the elements %.3f, of their squares %.3f\n", double(mean), double(spread));
    return apart_by < 1e-5f && std::abs(spread - 1) < 0.2f ? 0 : 1;
}
