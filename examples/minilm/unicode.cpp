// SPDX-License-Identifier: BSL-1.0
#include "unicode.hpp"

#include "bad_input.hpp"

#include <utf8proc.h>

#include <cstddef>
#include <utility>

namespace minilm {
namespace {

bool is_white(char32_t c) {
    if (c == '\t' || c == '\n' || c == '\r') return true;
    auto const kind = utf8proc_category(static_cast<utf8proc_int32_t>(c));
    return kind == UTF8PROC_CATEGORY_ZS || kind == UTF8PROC_CATEGORY_ZL || kind == UTF8PROC_CATEGORY_ZP;
}

/// Control and format characters, private use, and the mark of what could not be decoded.
bool is_dropped(char32_t c) {
    if (c == 0xFFFD) return true;
    auto const kind = utf8proc_category(static_cast<utf8proc_int32_t>(c));
    return kind == UTF8PROC_CATEGORY_CC || kind == UTF8PROC_CATEGORY_CF || kind == UTF8PROC_CATEGORY_CO;
}

bool is_accent(char32_t c) { return utf8proc_category(static_cast<utf8proc_int32_t>(c)) == UTF8PROC_CATEGORY_MN; }

/// All of ASCII that is neither letter, digit nor space counts, '$' and '^' too.
bool is_punctuation(char32_t c) {
    if ((c >= '!' && c <= '/') || (c >= ':' && c <= '@') || (c >= '[' && c <= '`') || (c >= '{' && c <= '~')) return true;
    auto const kind = utf8proc_category(static_cast<utf8proc_int32_t>(c));
    return kind >= UTF8PROC_CATEGORY_PC && kind <= UTF8PROC_CATEGORY_PO;
}

/// The blocks of Unicode that BERT calls Chinese: the unified ideographs as of 2018, and those for compatibility. One
/// begins at 2B820; the reference tokenizer says 2B920, so this one does.
bool is_chinese(char32_t c) {
    constexpr std::pair<char32_t, char32_t> blocks[] = {
        {0x4E00, 0x9FFF},   {0x3400, 0x4DBF},   {0x20000, 0x2A6DF}, {0x2A700, 0x2B73F},
        {0x2B740, 0x2B81F}, {0x2B920, 0x2CEAF}, {0xF900, 0xFAFF},   {0x2F800, 0x2FA1F}};
    for (auto const& [first, last] : blocks)
        if (c >= first && c <= last) return true;
    return false;
}

/// Control characters are gone, white space is ' ', and Chinese characters stand between spaces.
std::u32string clean(std::u32string_view text) {
    std::u32string result;
    for (char32_t const c : text) {
        if (is_white(c)) result += U' ';
        else if (is_chinese(c)) result.append({U' ', c, U' '});
        else if (!is_dropped(c)) result += c;
    }
    return result;
}

/// Canonical decomposition (NFD), with its order of marks.
std::u32string decompose(std::u32string_view text) {
    auto const utf8 = to_utf8(text);
    auto const* const bytes = reinterpret_cast<utf8proc_uint8_t const*>(utf8.data());
    auto const length = static_cast<utf8proc_ssize_t>(utf8.size());
    auto const options = static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_DECOMPOSE);
    std::vector<utf8proc_int32_t> points(4 * text.size() + 4);      // no code point has more than four
    auto const count = utf8proc_decompose(bytes, length, points.data(), static_cast<utf8proc_ssize_t>(points.size()),
                                          options);
    if (count < 0) throw bad_input(utf8proc_errmsg(count));
    return {points.begin(), points.begin() + count};
}

}  // namespace

std::u32string code_points(std::string_view utf8) {
    std::u32string result;
    auto const* const bytes = reinterpret_cast<utf8proc_uint8_t const*>(utf8.data());
    for (std::size_t at = 0; at < utf8.size();) {
        utf8proc_int32_t c = 0;
        auto const used = utf8proc_iterate(bytes + at, static_cast<utf8proc_ssize_t>(utf8.size() - at), &c);
        if (used < 1) throw bad_input("is not text in UTF-8 (at byte " + std::to_string(at) + ")");
        result += static_cast<char32_t>(c);
        at += static_cast<std::size_t>(used);
    }
    return result;
}

std::string to_utf8(std::u32string_view text) {
    std::string result;
    for (char32_t const c : text) {
        utf8proc_uint8_t bytes[4];
        auto const used = utf8proc_encode_char(static_cast<utf8proc_int32_t>(c), bytes);
        result.append(reinterpret_cast<char const*>(bytes), static_cast<std::size_t>(used));
    }
    return result;
}

std::vector<std::u32string> words(std::u32string_view text) {
    std::vector<std::u32string> result;
    bool open = false;                          // whether the last word may go on
    for (char32_t c : decompose(clean(text))) {
        if (is_accent(c)) continue;
        c = static_cast<char32_t>(utf8proc_tolower(static_cast<utf8proc_int32_t>(c)));
        bool const alone = is_punctuation(c);
        if (is_white(c)) {
            open = false;
        } else {
            if (alone || !open) result.emplace_back();
            result.back() += c;
            open = !alone;
        }
    }
    return result;
}

}  // namespace minilm
