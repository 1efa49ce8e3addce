// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdio>
#include <cstdlib>
#include <stdexcept>
#include <string>
#include <string_view>

/// Every failure that is found at run time goes through the functions at the end of this header: they throw, or, where
/// exceptions are disabled, hand the same text to a handler. None is constexpr: in a constant expression the call is
/// the compiler's error, next to the text.
namespace sinter {

/// Extents disagree. The text names the operation, the shapes and the rule.
class shape_error : public std::invalid_argument {
public:
    using std::invalid_argument::invalid_argument;
};

/// The output overlaps an operand that is still to be read. The text names the operand and the remedy.
class alias_error : public std::invalid_argument {
public:
    using std::invalid_argument::invalid_argument;
};

/// A file cannot be read or written, or is not what it should be. The text begins with its path, and says what was found
/// and what was expected. It is one line: control characters of paths and names are written as \n or \x07.
class file_error : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// Called with the text of an error where exceptions are disabled. It must not return; if it does, the program aborts.
using error_handler = void (*)(char const*);

namespace detail {
inline void print_error(char const* text) {
    std::fputs("sinter: ", stderr);
    std::fputs(text, stderr);
    std::fputc('\n', stderr);
}

inline error_handler current_handler = &print_error;

template <class Error>
[[noreturn, gnu::noinline, gnu::cold]] void raise(std::string_view text) {
#if defined(__cpp_exceptions)
    throw Error(std::string(text));
#else
    __atomic_load_n(&current_handler, __ATOMIC_ACQUIRE)(std::string(text).c_str());
    std::abort();
#endif
}

/// A text in which no character ends the line or moves the cursor.
inline std::string one_line(std::string_view text) {
    std::string line;
    for (char const c : text) {
        auto const code = static_cast<unsigned char>(c);
        if (code >= 0x20 && code != 0x7f) line += c;
        else if (c == '\n') line += "\\n";
        else (line += "\\x") += {"0123456789abcdef"[code >> 4], "0123456789abcdef"[code & 15]};
    }
    return line;
}
}  // namespace detail

/// Sets the handler (null: the default, which prints and aborts) and returns the one before it.
inline error_handler set_error_handler(error_handler handler) {
    return __atomic_exchange_n(&detail::current_handler, handler ? handler : &detail::print_error, __ATOMIC_ACQ_REL);
}

[[noreturn]] inline void raise_shape(std::string_view text) { detail::raise<shape_error>(text); }
[[noreturn]] inline void raise_alias(std::string_view text) { detail::raise<alias_error>(text); }
[[noreturn]] inline void raise_file(std::string_view text) { detail::raise<file_error>(detail::one_line(text)); }
[[noreturn]] inline void raise_range(std::string_view text) { detail::raise<std::out_of_range>(text); }

}  // namespace sinter
