// SPDX-License-Identifier: BSL-1.0
// The layers of the encoder example with random weights against plain loops in double; no model is needed. Also that an
// evaluation allocates nothing, and what is refused.
#include "minilm/bad_input.hpp"
#include "minilm/encoder.hpp"
#include "support/allocations.hpp"

#include <boost/test/unit_test.hpp>

#include <cmath>
#include <cstdint>
#include <fstream>
#include <map>
#include <random>
#include <string>
#include <utility>
#include <vector>

namespace minilm {
namespace {

constexpr std::size_t words = 50, places = 64, layers = 2;
using numbers = std::vector<double>;

/// Random weights by name, and the file that holds them.
struct stored {
    std::map<std::string, std::pair<std::vector<std::size_t>, std::vector<float>>> tensors;
    std::string path = "layers.safetensors";

    stored() {
        matrix("embeddings.word_embeddings", words, width);
        matrix("embeddings.position_embeddings", places, width);
        matrix("embeddings.token_type_embeddings", 2, width);
        norm("embeddings.LayerNorm");
        for (std::size_t i = 0; i < layers; ++i) {
            std::string const layer = "encoder.layer." + std::to_string(i) + ".";
            for (auto const* name : {"attention.self.query", "attention.self.key", "attention.self.value", "attention.output.dense"})
                linear(layer + name, width, width);
            linear(layer + "intermediate.dense", inner, width);
            linear(layer + "output.dense", width, inner);
            norm(layer + "attention.output.LayerNorm");
            norm(layer + "output.LayerNorm");
        }
    }

    void write() const {
        std::string header = "{", data;
        for (auto const& [name, t] : tensors) {
            header += (header.size() > 1 ? ",\"" : "\"") + name + R"(":{"dtype":"F32","shape":[)";
            for (std::size_t i = 0; i < t.first.size(); ++i) header += (i ? "," : "") + std::to_string(t.first[i]);
            header += "],\"data_offsets\":[" + std::to_string(data.size()) + ",";
            data.append(reinterpret_cast<char const*>(t.second.data()), t.second.size() * sizeof(float));
            header += std::to_string(data.size()) + "]}";
        }
        header += "}";
        header.resize((header.size() + 7) / 8 * 8, ' ');
        std::uint64_t const length = header.size();
        std::ofstream file(path, std::ios::binary);
        file.write(reinterpret_cast<char const*>(&length), 8) << header << data;
    }

private:
    std::mt19937 random_{7};

    void add(std::string const& name, std::vector<std::size_t> shape, float middle, float spread) {
        std::size_t size = 1;
        for (auto e : shape) size *= e;
        std::normal_distribution<float> normal(middle, spread);
        std::vector<float> values(size);
        for (auto& v : values) v = normal(random_);
        tensors[name] = {std::move(shape), std::move(values)};
    }
    void matrix(std::string const& name, std::size_t n, std::size_t m) { add(name + ".weight", {n, m}, 0, 0.06f); }
    void linear(std::string const& name, std::size_t out, std::size_t in) {
        matrix(name, out, in);
        add(name + ".bias", {out}, 0, 0.1f);
    }
    void norm(std::string const& name) {
        add(name + ".weight", {width}, 1, 0.2f);
        add(name + ".bias", {width}, 0, 0.2f);
    }
};

/// The same encoder in plain loops.
struct plain {
    stored const& w;
    std::size_t n;

    float const* at(std::string const& name) const { return w.tensors.at(name).second.data(); }

    numbers linear(numbers const& x, std::string const& name, std::size_t out) const {
        std::size_t const in = x.size() / n;
        auto const* const m = at(name + ".weight");
        auto const* const b = at(name + ".bias");
        numbers y(n * out);
        for (std::size_t i = 0; i < n; ++i)
            for (std::size_t o = 0; o < out; ++o) {
                double s = b[o];
                for (std::size_t k = 0; k < in; ++k) s += x[i * in + k] * m[o * in + k];
                y[i * out + o] = s;
            }
        return y;
    }

    numbers norm(numbers x, std::string const& name) const {
        for (std::size_t i = 0; i < n; ++i) {
            double mean = 0, square = 0;
            for (std::size_t c = 0; c < width; ++c) mean += x[i * width + c] / double(width);
            for (std::size_t c = 0; c < width; ++c) square += std::pow(x[i * width + c] - mean, 2) / double(width);
            for (std::size_t c = 0; c < width; ++c)
                x[i * width + c] = (x[i * width + c] - mean) / std::sqrt(square + 1e-12) * at(name + ".weight")[c] + at(name + ".bias")[c];
        }
        return x;
    }

    /// The weights of one head, and what it adds to `context`.
    numbers head(numbers const& q, numbers const& k, numbers const& v, std::size_t h, numbers& context) const {
        numbers scores(n * n);
        for (std::size_t i = 0; i < n; ++i) {
            double sum = 0;
            for (std::size_t j = 0; j < n; ++j) {
                double s = 0;
                for (std::size_t c = h * head_width; c < (h + 1) * head_width; ++c) s += q[i * width + c] * k[j * width + c];
                sum += scores[i * n + j] = std::exp(s / std::sqrt(double(head_width)));
            }
            for (std::size_t j = 0; j < n; ++j) {
                scores[i * n + j] /= sum;
                for (std::size_t c = h * head_width; c < (h + 1) * head_width; ++c) context[i * width + c] += scores[i * n + j] * v[j * width + c];
            }
        }
        return scores;
    }

    /// Its embedding, and the weights of every layer and head, one after the other.
    std::pair<numbers, numbers> run(std::vector<token> const& pieces) const {
        numbers x(n * width), weights, embedding(width);
        for (std::size_t i = 0; i < x.size(); ++i)
            x[i] = double(at("embeddings.word_embeddings.weight")[static_cast<std::size_t>(pieces[i / width]) * width + i % width]) +
                   at("embeddings.position_embeddings.weight")[i] + at("embeddings.token_type_embeddings.weight")[i % width];
        x = norm(x, "embeddings.LayerNorm");
        auto const sum = [](numbers a, numbers const& b) {
            for (std::size_t i = 0; i < a.size(); ++i) a[i] += b[i];
            return a;
        };
        for (std::size_t l = 0; l < layers; ++l) {
            std::string const layer = "encoder.layer." + std::to_string(l) + ".", self = layer + "attention.self.";
            numbers context(n * width);
            auto const q = linear(x, self + "query", width), k = linear(x, self + "key", width), v = linear(x, self + "value", width);
            for (std::size_t h = 0; h < heads; ++h)
                for (double p : head(q, k, v, h, context)) weights.push_back(p);
            x = norm(sum(x, linear(context, layer + "attention.output.dense", width)), layer + "attention.output.LayerNorm");
            auto y = linear(x, layer + "intermediate.dense", inner);
            for (double& e : y) e *= std::erfc(-e / std::sqrt(2.0)) / 2;
            x = norm(sum(x, linear(y, layer + "output.dense", width)), layer + "output.LayerNorm");
        }
        double length = 0;
        for (std::size_t i = 0; i < x.size(); ++i) embedding[i % width] += x[i] / double(n);
        for (double e : embedding) length += e * e;
        for (double& e : embedding) e /= std::sqrt(length);
        return {embedding, weights};
    }
};

struct world {
    stored weights;
    encoder layers;
    world() : layers((weights.write(), weights.path), places) {}
};
world& the_world() {
    static world w;
    return w;
}

std::vector<token> some_pieces(std::size_t n) {
    std::vector<token> result;
    for (std::size_t i = 0; i < n; ++i) result.push_back(static_cast<token>(i * i * 31 % words));
    return result;
}

BOOST_AUTO_TEST_CASE(against_plain_loops) {
    auto& w = the_world();
    BOOST_REQUIRE(w.layers.layers() == layers);
    for (std::size_t n : {1u, 2u, 5u, 6u, 7u, 16u, 17u, 33u}) {
        auto const pieces = some_pieces(n);
        auto const [embedding, weights] = plain{w.weights, n}.run(pieces);
        tensor<float, width> found;
        w.layers.embed(pieces, found);
        double error = 0, off = 0;
        for (std::size_t c = 0; c < width; ++c) error = std::max(error, std::abs(found(c) - embedding[c]));
        tensor<float, heads, dyn, dyn> seen(n, n);
        for (std::size_t l = 0; l < layers; ++l) {
            w.layers.attention_of(pieces, l, seen);
            for (std::size_t i = 0; i < seen.size(); ++i) off = std::max(off, std::abs(seen.data()[i] - weights[l * seen.size() + i]));
        }
        BOOST_TEST_CONTEXT("n = " << n) {
            BOOST_TEST(error < 2e-6);
            BOOST_TEST(off < 1e-5);
        }
    }
}

BOOST_AUTO_TEST_CASE(evaluation_allocates_nothing) {
    auto& e = the_world().layers;
    tensor<float, width> found;
    tensor<float, heads, dyn, dyn> seen(places, places);
    auto const pieces = some_pieces(places);
    e.embed(pieces, found);                                 // the workspace of this thread is there now
    e.attention_of(pieces, 1, seen);
    auto const taken = sinter::test::allocations_of([&] {
        for (std::size_t n : {1u, 7u, 64u}) e.embed(std::span(pieces).first(n), found);
        e.attention_of(pieces, 1, seen);
    });
    BOOST_TEST(taken.calls == 0u);
}

BOOST_AUTO_TEST_CASE(what_is_refused) {
    auto& e = the_world().layers;
    tensor<float, width> found;
    found.fill(3);
    BOOST_CHECK_THROW(e.embed(std::vector<token>{}, found), bad_input);
    BOOST_CHECK_THROW(e.embed(some_pieces(places + 1), found), bad_input);
    BOOST_CHECK_THROW(e.embed(std::vector<token>{1, words}, found), bad_input);
    BOOST_CHECK_THROW(e.embed(std::vector<token>{-1}, found), bad_input);
    BOOST_TEST(found(0) == 3);
    BOOST_CHECK_THROW(encoder(the_world().weights.path, places + 1), bad_input);
    BOOST_CHECK_THROW(encoder(the_world().weights.path, 1), bad_input);
    BOOST_CHECK_THROW(encoder("no_such_file.safetensors", places), sinter::file_error);
    stored other;
    other.path = "other.safetensors";
    other.tensors["encoder.layer.1.output.dense.weight"].first = {inner, width};
    other.write();
    BOOST_CHECK_THROW(encoder(other.path, places), sinter::file_error);
}

}  // namespace
}  // namespace minilm
