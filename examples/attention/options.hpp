// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <CLI/CLI.hpp>

#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <optional>
#include <stdexcept>
#include <string>

/// Something the user gave cannot be used: one line on stderr, exit status 2.
struct bad_input : std::runtime_error {
    using std::runtime_error::runtime_error;
};

struct options {
    std::string q, k, v, reference, tokens;     // files; reference and tokens may be empty
    std::string out = "attention.png";
    std::optional<std::size_t> head;
    std::optional<std::string> row;             // an index or a token
    std::size_t repeat = 21;
    std::size_t synthetic = 0;                  // tokens of random data, 0: the files
};

/// The options of the command line; nothing where --help was asked for and printed.
inline std::optional<options> parse(int argc, char** argv) {
    options o;
    CLI::App app{"Evaluates O = softmax(Q*K^T/sqrt(d))*V, one fused pass a head, on the tensors of a real transformer,\n"
                 "compares with the framework's result, and draws what looks at what.\n"
                 "Exit status: 0 right, 1 the result differs from the reference, 2 bad input.\n", "attention"};
    auto* const q = app.add_option("--q", o.q, ".npy file of float32, (heads, tokens, d) or (tokens, d); "
                                               "default: the packaged sentence");
    auto* const k = app.add_option("--k", o.k, "the same for K");
    auto* const v = app.add_option("--v", o.v, "the same for V");
    app.add_option("--reference", o.reference, "the same for the expected O; without it nothing is compared");
    app.add_option("--tokens", o.tokens, "text file with the name of each token on a line of its own");
    app.add_option("--out", o.out, "the picture (PNG)")->capture_default_str();
    app.add_option("--head", o.head, "the head to draw, counted from 0; default 1");
    app.add_option("--row", o.row, "the row to draw as bars: a token or an index; default 'it'");
    app.add_option("--repeat", o.repeat, "runs of which the median time is printed")
        ->check(CLI::Range(std::size_t(1), std::size_t(1'000'000)))->capture_default_str();
    app.add_option("--synthetic", o.synthetic, "random data of that many tokens, d = 64, one head, instead of the files")
        ->check(CLI::Range(std::size_t(1), std::size_t(100'000)));
    q->needs(k, v);
    k->needs(q, v);
    v->needs(q, k);
    try {
        app.parse(argc, argv);
    } catch (CLI::CallForHelp const& help) {
        app.exit(help);
        return std::nullopt;
    } catch (CLI::ParseError const& error) {
        std::string line = error.what();
        std::replace(line.begin(), line.end(), '\n', ' ');
        throw bad_input(line + " (--help lists the options)");
    }
    if (o.q.empty()) {
        auto const data = std::filesystem::path(__FILE__).parent_path() / "data";
        o.q = data / "q.npy", o.k = data / "k.npy", o.v = data / "v.npy";
        if (o.reference.empty()) o.reference = data / "reference.npy";
        if (o.tokens.empty()) o.tokens = data / "tokens.txt";
    }
    return o;
}
