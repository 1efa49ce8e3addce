// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

/// What a tokenizer of BERT's kind does to a text before it looks into its vocabulary; the tables are utf8proc's.
namespace minilm {

/// The code points of a text in UTF-8. Throws bad_input where it is none.
std::u32string code_points(std::string_view utf8);

std::string to_utf8(std::u32string_view text);

/// The words of a text: without control characters and accents, in lower case, cut at white space; punctuation marks
/// and Chinese characters are words of their own.
std::vector<std::u32string> words(std::u32string_view text);

}  // namespace minilm
