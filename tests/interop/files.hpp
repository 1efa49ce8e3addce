// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/core/error.hpp>

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

/// Small files of a test's own making.
namespace files {

/// A folder that the test may fill; empty when the program starts.
inline std::filesystem::path folder(std::string const& name) {
    auto const path = std::filesystem::current_path() / ("interop." + name);
    std::filesystem::remove_all(path);
    std::filesystem::create_directories(path);
    return path;
}

inline void write(std::string const& path, std::string const& bytes) { std::ofstream(path, std::ios::binary) << bytes; }

inline std::string contents(std::string const& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

/// The bytes of numbers.
template <class T, class... X>
std::string bytes(X... x) {
    T const values[] = {static_cast<T>(x)...};
    return {reinterpret_cast<char const*>(values), sizeof values};
}

/// The text of the file_error that f ends with, which is one line; empty where there is none.
template <class F>
std::string refusal(F f) {
    try {
        f();
    } catch (sinter::file_error const& error) {
        std::string const text = error.what();
        BOOST_TEST(std::none_of(text.begin(), text.end(), [](unsigned char c) { return c < 0x20 || c == 0x7f; }), text);
        return text;
    }
    return "";
}

/// Demands that f ends with a file_error whose text begins with the path and contains `text`.
template <class F>
void refuses(std::string const& path, std::string const& text, F f) {
    auto const said = refusal(f);
    BOOST_TEST(said.starts_with(path + ": "), "'" << said << "' does not begin with the path; expected " << text);
    BOOST_TEST(said.find(text) != said.npos, "'" << said << "' does not contain '" << text << "'");
}

}  // namespace files
