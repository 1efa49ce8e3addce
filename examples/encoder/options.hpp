// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "minilm/model.hpp"
#include "minilm/program.hpp"

#include <charconv>
#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

struct options {
    std::string model = minilm::default_folder();
    std::string sentences, reference;           // files; the reference may be empty
    std::vector<std::string> texts;             // sentences of the command line
    std::string out;                            // embeddings, .npy
    std::string picture = "encoder.png";
    std::size_t layer = 3, head = 1;
    std::size_t longest = minilm::model::usual_longest;
    std::size_t repeat = 5;
    bool pieces = false;
};

namespace detail {

/// LAYER,HEAD
inline std::pair<std::size_t, std::size_t> layer_and_head(std::string const& text) {
    std::size_t layer = 0, head = 0;
    auto const* const end = text.data() + text.size();
    auto const first = std::from_chars(text.data(), end, layer);
    bool good = first.ec == std::errc() && first.ptr != end && *first.ptr == ',';
    if (good) {
        auto const second = std::from_chars(first.ptr + 1, end, head);
        good = second.ec == std::errc() && second.ptr == end;
    }
    if (!good) throw minilm::bad_input("--attention " + text + ": expected LAYER,HEAD, two numbers counted from 0");
    return {layer, head};
}

inline void use_packaged(options& o) {
    auto const data = std::filesystem::path(__FILE__).parent_path().parent_path() / "minilm" / "data";
    o.sentences = data / "sentences.txt";
    if (o.reference.empty() && o.longest == minilm::model::usual_longest) o.reference = data / "embeddings.npy";
}

}  // namespace detail

/// The options of the command line; nothing where --help was asked for and printed.
inline std::optional<options> parse(int argc, char** argv) {
    options o;
    std::string attention;
    CLI::App app{"Embeds sentences with all-MiniLM-L6-v2: the tokenizer, six layers of BERT as formulas, and the mean. Compares\n"
                 "with PyTorch's embeddings, and draws what the pieces of the first sentence look at.\n"
                 "Exit status: 0 right, 1 an embedding differs from the reference, 2 bad input.\n", "encoder"};
    app.add_option("--model", o.model, "folder with model.safetensors and vocab.txt, as examples/minilm/fetch.sh makes it")
        ->capture_default_str();
    auto* const file = app.add_option("--sentences", o.sentences, "text file, a sentence a line; default: packaged ones");
    app.add_option("--text", o.texts, "a sentence; may be given several times")->excludes(file)->allow_extra_args(false);
    app.add_option("--reference", o.reference, ".npy file with the expected embeddings, (sentences, 384) of float32");
    app.add_option("--out", o.out, "writes the embeddings, (sentences, 384), to this .npy file");
    app.add_flag("--pieces", o.pieces, "prints the pieces of each sentence and nothing else");
    app.add_option("--attention", attention, "LAYER,HEAD to draw, counted from 0; default 3,1");
    app.add_option("--picture", o.picture, "the picture of it (PNG)")->capture_default_str();
    app.add_option("--longest", o.longest, "pieces of a sentence that are looked at, from 2 to 512")
        ->check(CLI::Range(std::size_t(2), std::size_t(512)))->capture_default_str();
    app.add_option("--repeat", o.repeat, "rounds of which the median time is printed")
        ->check(CLI::Range(std::size_t(1), std::size_t(1'000'000)))->capture_default_str();
    if (!minilm::parse(app, argc, argv)) return std::nullopt;
    if (!attention.empty()) std::tie(o.layer, o.head) = detail::layer_and_head(attention);
    if (o.sentences.empty() && o.texts.empty()) detail::use_packaged(o);
    return o;
}
