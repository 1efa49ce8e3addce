// SPDX-License-Identifier: BSL-1.0
//
// Search by meaning: the sentences of a file that are closest to a query, found with the encoder of examples/encoder.
// `--help` lists what it does.

#include "options.hpp"

#include "minilm/progress.hpp"

#include <sinter/sinter.hpp>

#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <iostream>
#include <string>
#include <vector>

namespace {

using sinter::dyn;
using embedding = sinter::tensor<float, minilm::width>;

/// Sentences with their embeddings, rows of length 1; below them rows of zeros where there are fewer than results.
struct collection {
    std::vector<std::string> sentences;
    sinter::tensor<float, dyn, minilm::width> embeddings;
};

collection embed_all(minilm::model& model, std::vector<std::string> sentences) {
    collection all{std::move(sentences), sinter::tensor<float, dyn, minilm::width>(0)};
    std::size_t const count = all.sentences.size();
    all.embeddings = sinter::tensor<float, dyn, minilm::width>(std::max(count, most_results));
    minilm::progress bar("embedding", count);
    for (std::size_t i = 0; i < count; ++i) {
        model.embed(all.sentences[i], sinter::view<float, minilm::width>(&all.embeddings(i, 0)));
        bar.step();
    }
    std::fprintf(stderr, "%s%zu sentences embedded in %.2f s, %.1f ms each\n", isatty(STDERR_FILENO) ? "\r\033[K" : "",
                 count, bar.seconds(), 1e3 * bar.seconds() / double(count));
    return all;
}

/// The largest cosines between a query and the rows, and where they stand; rows behind `count` do not take part.
void search(embedding const& query, collection const& all, sinter::vector<float, most_results>& cosine,
            sinter::vector<std::int64_t, most_results>& place) {
    auto const count = static_cast<float>(all.sentences.size());
    auto const alike = cosine_similarity(all.embeddings, query);            // (n,width), (width) → (n)
    tie(cosine, place) = sinter::topk<most_results>(where(sinter::coord<0> < count, alike, -2.0f));
}

void answer(minilm::model& model, collection const& all, std::string const& query, std::size_t top) {
    embedding q;
    sinter::vector<float, most_results> cosine;
    sinter::vector<std::int64_t, most_results> place;
    try {
        model.embed(query, q);
    } catch (minilm::bad_input const& error) {
        throw minilm::bad_input(std::string("the query ") + error.what());
    }
    auto const start = std::chrono::steady_clock::now();
    search(q, all, cosine, place);
    std::chrono::duration<double, std::micro> const time = std::chrono::steady_clock::now() - start;
    std::printf("\"%s\" (compared with all in %.0f µs)\n", query.c_str(), time.count());
    for (std::size_t i = 0; i < std::min(top, all.sentences.size()); ++i)
        std::printf("  %5.2f  %s\n", double(cosine(i)), all.sentences[static_cast<std::size_t>(place(i))].c_str());
    std::fflush(stdout);
}

/// Queries from stdin until it ends.
void converse(minilm::model& model, collection const& all, std::size_t top) {
    bool const prompt = isatty(STDIN_FILENO) != 0;
    if (prompt) std::puts("What are you looking for? An empty line ends it.");
    for (std::string line;;) {
        if (prompt) std::fputs("> ", stdout), std::fflush(stdout);
        if (!std::getline(std::cin, line) || (prompt && line.empty())) break;
        if (!line.empty()) answer(model, all, line, top);
    }
}

int run(options const& o) {
    auto sentences = minilm::read_lines(o.file);
    minilm::model model(o.model);
    auto const all = embed_all(model, std::move(sentences));
    for (auto const& query : o.queries) answer(model, all, query, o.top);
    if (o.queries.empty()) converse(model, all, o.top);
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    return minilm::guarded("search", [&] {
        auto const o = parse(argc, argv);
        return o ? run(*o) : 0;
    });
}
