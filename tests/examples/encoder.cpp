// SPDX-License-Identifier: BSL-1.0
// The encoder example with the real weights against what PyTorch made of the same sentences.
#include "minilm/model.hpp"

#include <sinter/interop/npy.hpp>

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

namespace minilm {
namespace {

std::string const data = SINTER_EXAMPLES_DIR "/minilm/data/";

model& the_model() {
    static model m(default_folder());
    return m;
}

BOOST_AUTO_TEST_CASE(embeddings) {
    auto const sentences = read_lines(data + "sentences.txt");
    auto const expected = sinter::npy::read<float, dyn, width>(data + "embeddings.npy");
    BOOST_REQUIRE(expected.extent(0) == sentences.size());
    tensor<float, width> found;
    std::size_t longest = 0;
    for (std::size_t i = 0; i < sentences.size(); ++i) {
        the_model().embed(sentences[i], found);
        longest = std::max(longest, the_model().pieces_of(sentences[i]).size());
        double error = 0, length = 0;
        for (std::size_t c = 0; c < width; ++c) {
            error = std::max(error, std::abs(double(found(c)) - expected(i, c)));
            length += double(found(c)) * found(c);
        }
        BOOST_TEST_CONTEXT(sentences[i]) {
            BOOST_TEST(error < 1e-5);           // promised: 1e-4
            BOOST_TEST(std::abs(length - 1) < 1e-5);
        }
    }
    BOOST_TEST(longest == 256u);
}

BOOST_AUTO_TEST_CASE(attention_of_every_layer_and_head) {
    auto const expected = sinter::npy::read<float, dyn, heads, dyn, dyn>(data + "attention.npy");
    auto const pieces = the_model().pieces_of(read_lines(data + "sentences.txt").front());
    std::size_t const n = pieces.size(), layers = the_model().layers().layers();
    BOOST_REQUIRE(expected.shape() == (std::array<std::size_t, 4>{layers, heads, n, n}));
    tensor<float, heads, dyn, dyn> found(n, n);
    for (std::size_t i = 0; i < layers; ++i) {
        the_model().layers().attention_of(pieces, i, found);
        double error = 0;
        for (std::size_t j = 0; j < found.size(); ++j)
            error = std::max(error, std::abs(double(found.data()[j]) - expected.data()[i * found.size() + j]));
        BOOST_TEST_CONTEXT("layer " << i) BOOST_TEST(error < 1e-5);
    }
}

// A sentence may be as long as the model has places for.
BOOST_AUTO_TEST_CASE(longer_than_usual) {
    model m(default_folder(), 512);
    std::string text;
    for (int i = 0; i < 600; ++i) text += "word ";
    BOOST_TEST(m.pieces_of(text).size() == 512u);
    tensor<float, width> found;
    m.embed(text, found);
    BOOST_TEST(std::abs(found(0)) < 1);
}

}  // namespace
}  // namespace minilm
