// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "minilm/model.hpp"
#include "minilm/program.hpp"

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

inline constexpr std::size_t most_results = 20;     // the formula sorts out that many, the options say how many are shown

struct options {
    std::string model = minilm::default_folder();
    std::string file = std::filesystem::path(__FILE__).parent_path() / "data" / "sentences.txt";
    std::vector<std::string> queries;
    std::size_t top = 5;
};

/// The options of the command line; nothing where --help was asked for and printed.
inline std::optional<options> parse(int argc, char** argv) {
    options o;
    CLI::App app{"Finds the sentences of a file that mean most nearly what you ask for, whatever their words: all of them are\n"
                 "embedded with all-MiniLM-L6-v2, and the query is compared with each by the cosine of the angle.\n"
                 "Without --query the queries are read from the terminal, or from what is piped in, one a line.\n"
                 "Exit status: 0; 2 bad input.\n", "search"};
    app.add_option("--file", o.file, "text file, a sentence a line; default: packaged ones");
    app.add_option("--query", o.queries, "what to look for; may be given several times")->allow_extra_args(false);
    app.add_option("--top", o.top, "how many sentences to show")
        ->check(CLI::Range(std::size_t(1), most_results))->capture_default_str();
    app.add_option("--model", o.model, "folder with model.safetensors and vocab.txt, as examples/minilm/fetch.sh makes it")
        ->capture_default_str();
    if (!minilm::parse(app, argc, argv)) return std::nullopt;
    return o;
}
