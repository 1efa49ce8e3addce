// SPDX-License-Identifier: BSL-1.0
//
// A whole transformer: all-MiniLM-L6-v2, from a sentence to its embedding, with layers that are formulas
// (examples/minilm/layers.hpp), compared with PyTorch's result. `--help` lists what else it does.

#include "options.hpp"

#include "attention/peak.hpp"
#include "attention/picture.hpp"
#include "minilm/unicode.hpp"

#include <sinter/interop/npy.hpp>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <optional>
#include <string>
#include <vector>

namespace {

using sinter::dyn;
using embeddings = sinter::tensor<float, dyn, minilm::width>;
using pieces = std::vector<minilm::token>;

sinter::view<float, minilm::width> row_of(embeddings& all, std::size_t i) {
    return sinter::view<float, minilm::width>(&all(i, 0));
}

void print_pieces(minilm::model const& model, std::vector<std::string> const& texts) {
    for (auto const& text : texts) {
        for (auto const id : model.pieces_of(text)) std::printf("%s ", model.name_of(id).c_str());
        std::puts("");
    }
}

/// The largest |a − b|; NaN counts as infinite.
double largest_error(embeddings const& a, embeddings const& b) {
    double largest = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        double const error = std::abs(double(a.data()[i]) - double(b.data()[i]));
        largest = error >= 0 ? std::max(largest, error) : INFINITY;
    }
    return largest;
}

/// What the embeddings should be; nothing where the options name no file.
std::optional<embeddings> read_reference(options const& o, std::size_t sentences) {
    if (o.reference.empty()) return std::nullopt;
    auto expected = sinter::npy::read<float, dyn, minilm::width>(o.reference);
    if (expected.extent(0) != sentences)
        throw minilm::bad_input(o.reference + ": holds " + std::to_string(expected.extent(0)) + " embeddings, expected " +
                                std::to_string(sentences) + ", one for each sentence");
    return expected;
}

/// Says whether the embeddings are those of the reference.
bool compare(options const& o, embeddings const& found, embeddings const& expected) {
    double const error = largest_error(found, expected);
    bool const right = error <= 1e-4;
    std::printf("largest error  %.1e against %s: %s\n", error, o.reference.c_str(), right ? "right" : "WRONG (more than 1e-04)");
    return right;
}

/// The beginning of a text, filled up with spaces to so many characters.
std::string beginning(std::string const& text, std::size_t characters) {
    auto points = minilm::code_points(text);
    points.resize(characters, U' ');
    return minilm::to_utf8(points);
}

/// Of every sentence the one that is most like it.
void print_neighbours(std::vector<std::string> const& texts, embeddings const& all) {
    if (texts.size() < 2) return;
    sinter::matrix<float> alike(texts.size(), texts.size());
    alike = where(equal(sinter::coord<0>, sinter::coord<1>), -2.0f, all * transpose(all));     // their lengths are 1
    sinter::vector<std::int64_t> nearest(texts.size());
    nearest = argmax(alike, sinter::axis<1>);
    std::puts("\nEach sentence and the one most like it, with the cosine of their angle:");
    for (std::size_t i = 0; i < texts.size(); ++i) {
        auto const other = static_cast<std::size_t>(nearest(i));
        std::printf("  %5.2f  %s  %s\n", double(alike(i, other)), beginning(texts[i], 46).c_str(), beginning(texts[other], 46).c_str());
    }
    std::puts("");
}

/// The time of one evaluation of the encoder for each length that occurs.
void print_times(options const& o, minilm::model& model, std::vector<pieces> sentences) {
    std::sort(sentences.begin(), sentences.end(), [](auto const& a, auto const& b) { return a.size() < b.size(); });
    sinter::tensor<float, minilm::width> result;
    for (auto const* sentence : {&sentences.front(), &sentences.back()}) {
        std::vector<double> times(o.repeat);
        for (auto& time : times) time = peak::seconds([&] { model.layers().embed(*sentence, result); });
        std::printf("time           %.2f ms for %zu pieces, median of %zu\n", peak::median(times) * 1e3, sentence->size(), o.repeat);
        if (sentences.front().size() == sentences.back().size()) break;
    }
}

void draw(options const& o, minilm::model& model, pieces const& ids) {
    if (!picture::gnuplot_exists())
        return void(std::puts("no picture: gnuplot is not installed (Debian: apt-get install gnuplot-nox)"));
    sinter::tensor<float, minilm::heads, dyn, dyn> weights(ids.size(), ids.size());
    model.layers().attention_of(ids, o.layer, weights);
    std::vector<std::string> names;
    for (auto const id : ids) names.push_back(model.name_of(id));
    auto const found = std::find(names.begin(), names.end(), "her");
    std::size_t const row = found == names.end() ? 1 : static_cast<std::size_t>(found - names.begin());
    bool const drawn = picture::draw({{&weights(o.head, 0, 0), ids.size() * ids.size()}, names, row,
                                      "attention weights of layer " + std::to_string(o.layer) + ", head " + std::to_string(o.head),
                                      o.picture});
    if (!drawn) throw minilm::bad_input(o.picture + ": gnuplot could not write the picture");
    std::printf("picture        %s: layer %zu, head %zu of the first sentence\n", o.picture.c_str(), o.layer, o.head);
}

void check_writable(std::string const& file) {
    if (!std::ofstream(file, std::ios::app)) throw minilm::bad_input(file + ": cannot be written");
}

void check(options const& o, minilm::model& model) {
    auto const layers = model.layers().layers();
    if (o.layer >= layers || o.head >= minilm::heads)
        throw minilm::bad_input("--attention " + std::to_string(o.layer) + "," + std::to_string(o.head) + ": there are " +
                                std::to_string(layers) + " layers and " + std::to_string(minilm::heads) +
                                " heads, counted from 0");
    if (picture::gnuplot_exists()) check_writable(o.picture);
    if (!o.out.empty()) check_writable(o.out);
}

int run(options const& o) {
    auto const texts = o.texts.empty() ? minilm::read_lines(o.sentences) : o.texts;
    minilm::model model(o.model, o.longest);
    if (o.pieces) return print_pieces(model, texts), 0;
    check(o, model);
    auto const expected = read_reference(o, texts.size());
    std::vector<pieces> sentences;
    for (auto const& text : texts) sentences.push_back(model.pieces_of(text));
    embeddings all(texts.size());
    for (std::size_t i = 0; i < texts.size(); ++i) model.layers().embed(sentences[i], row_of(all, i));

    std::printf("%zu layers of %zu heads, width %zu, from %s\n%zu sentence%s\n", model.layers().layers(), minilm::heads,
                minilm::width, o.model.c_str(), texts.size(), texts.size() == 1 ? "" : "s");
    print_neighbours(texts, all);
    bool const right = !expected || compare(o, all, *expected);
    if (!o.out.empty()) {
        sinter::npy::write(o.out, all);
        std::printf("embeddings     %s\n", o.out.c_str());
    }
    print_times(o, model, sentences);
    std::fflush(stdout);
    draw(o, model, sentences.front());
    return right ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
    return minilm::guarded("encoder", [&] {
        auto const o = parse(argc, argv);
        return o ? run(*o) : 0;
    });
}
