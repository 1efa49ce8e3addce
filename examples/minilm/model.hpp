// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "encoder.hpp"
#include "tokenizer.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace minilm {

/// Where fetch.sh puts the model: below the project's build/.
std::string default_folder();

/// The tokenizer and the encoder of one folder, which holds vocab.txt and model.safetensors.
class model {
public:
    static constexpr std::size_t usual_longest = 256;       // what the model was trained with; it has places for 512

    /// Throws bad_input or sinter::file_error, which say what to do where the files are missing.
    explicit model(std::string const& folder, std::size_t longest = usual_longest);

    std::vector<token> pieces_of(std::string_view text) const { return words_.encode(text, layers_.longest()); }
    std::string const& name_of(token piece) const { return words_.piece(piece); }

    void embed(std::string_view text, view<float, width> embedding) { layers_.embed(pieces_of(text), embedding); }
    encoder& layers() { return layers_; }

private:
    tokenizer words_;
    encoder layers_;
};

/// The lines of a text file, without those that are empty. Throws bad_input where there is none, or it is not UTF-8.
std::vector<std::string> read_lines(std::string const& file);

}  // namespace minilm
