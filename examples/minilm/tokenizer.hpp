// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace minilm {

using token = std::int32_t;

/// BERT's tokenizer without case: words, and of each the longest pieces that the vocabulary has, from the left.
class tokenizer {
public:
    /// A vocabulary is a piece a line; what continues a word begins with ##. Throws bad_input.
    explicit tokenizer(std::string const& file);

    /// [CLS], the pieces of the text, [SEP]; the pieces at the end are left out where that would be more than `most`.
    std::vector<token> encode(std::string_view text, std::size_t most) const;

    std::string const& piece(token id) const { return pieces_[static_cast<std::size_t>(id)]; }
    std::size_t size() const { return pieces_.size(); }

private:
    token find(std::string const& piece) const;             // -1 where there is none
    token special(std::string const& file, std::string const& piece) const;
    void add_text(std::u32string_view text, std::vector<token>& ids) const;
    void add_word(std::u32string const& word, std::vector<token>& ids) const;

    std::vector<std::string> pieces_;
    std::unordered_map<std::string, token> numbers_;
    std::vector<std::pair<std::u32string, token>> specials_;  // what stands for itself in a text, such as [MASK]
    token unknown_ = 0, begin_ = 0, end_ = 0;
};

}  // namespace minilm
