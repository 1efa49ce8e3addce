// SPDX-License-Identifier: BSL-1.0
#include "tokenizer.hpp"

#include "bad_input.hpp"
#include "unicode.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <utility>

namespace minilm {

tokenizer::tokenizer(std::string const& file) {
    errno = 0;
    std::ifstream lines(file);
    for (std::string line; std::getline(lines, line);) {
        numbers_.emplace(line, static_cast<token>(pieces_.size()));
        pieces_.push_back(std::move(line));
    }
    if (pieces_.empty())
        throw bad_input(file + ": cannot be read" + (errno ? std::string(": ") + std::strerror(errno) : ""));
    unknown_ = special(file, "[UNK]"), begin_ = special(file, "[CLS]"), end_ = special(file, "[SEP]");
    for (auto const* name : {"[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"})
        specials_.emplace_back(code_points(name), special(file, name));
}

token tokenizer::find(std::string const& piece) const {
    auto const found = numbers_.find(piece);
    return found == numbers_.end() ? -1 : found->second;
}

token tokenizer::special(std::string const& file, std::string const& piece) const {
    auto const id = find(piece);
    return id >= 0 ? id : throw bad_input(file + ": is no vocabulary of BERT's kind: it has no " + piece);
}

/// The longest piece that begins the rest of the word, until nothing is left; one that is not there makes the whole
/// word unknown.
void tokenizer::add_word(std::u32string const& word, std::vector<token>& ids) const {
    constexpr std::size_t longest_word = 100;               // code points; what is longer is not looked up
    auto const before = ids.size();
    std::size_t at = word.size() > longest_word ? word.size() + 1 : 0;
    while (at < word.size()) {
        auto length = word.size() - at;
        token id = -1;
        for (; length > 0 && id < 0; length -= id < 0)
            id = find((at ? "##" : "") + to_utf8(std::u32string_view(word).substr(at, length)));
        if (id < 0) break;
        ids.push_back(id);
        at += length;
    }
    if (at == word.size()) return;
    ids.resize(before);
    ids.push_back(unknown_);
}

void tokenizer::add_text(std::u32string_view text, std::vector<token>& ids) const {
    for (auto const& word : words(text)) add_word(word, ids);
}

std::vector<token> tokenizer::encode(std::string_view text, std::size_t most) const {
    auto const points = code_points(text);
    std::u32string_view rest(points);
    std::vector<token> ids{begin_};
    for (std::size_t at = 0; at < rest.size();) {
        auto const special = std::find_if(specials_.begin(), specials_.end(), [&](auto const& s) {
            return rest.substr(at).starts_with(s.first);
        });
        if (special == specials_.end()) {
            ++at;
            continue;
        }
        add_text(rest.substr(0, at), ids);
        ids.push_back(special->second);
        rest.remove_prefix(at + special->first.size());
        at = 0;
    }
    add_text(rest, ids);
    if (ids.size() + 1 > most) ids.resize(most > 1 ? most - 1 : 1);
    ids.push_back(end_);
    return ids;
}

}  // namespace minilm
