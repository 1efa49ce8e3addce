// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "npy.hpp"
#include "options.hpp"

#include <charconv>
#include <cstddef>
#include <fstream>
#include <random>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

/// Q, K, V and what is known about them, checked.
struct input {
    std::size_t heads, n, d;
    std::vector<float> q, k, v;                 // (heads, n, d), row-major
    std::vector<float> reference;               // the same, or empty
    std::vector<std::string> tokens;            // n names
};

namespace detail {

/// The tokens of a file, one a line; numbers where there is no file.
inline std::vector<std::string> read_tokens(std::string const& path, std::size_t n) {
    std::vector<std::string> tokens;
    if (path.empty()) {
        for (std::size_t i = 0; i < n; ++i) tokens.push_back(std::to_string(i));
        return tokens;
    }
    std::ifstream file(path);
    if (!file) throw bad_input(path + ": cannot be read");
    for (std::string line; std::getline(file, line);) tokens.push_back(line);
    if (tokens.size() != n)
        throw bad_input(path + ": has " + std::to_string(tokens.size()) + " lines, expected a token a line, " +
                        std::to_string(n) + " as in Q");
    return tokens;
}

/// An array that must have the shape of Q.
inline std::vector<float> read_like(std::string const& path, std::vector<std::size_t> const& shape) {
    auto array = npy::read(path);
    if (array.shape != shape)
        throw bad_input(path + ": has shape " + npy::to_string(array.shape) + ", expected " + npy::to_string(shape) +
                        " as Q has");
    return std::move(array.data);
}

}  // namespace detail

/// The files of the options. Throws bad_input or npy::error.
inline input read_input(options const& o) {
    auto q = npy::read(o.q);
    auto const rank = q.shape.size();
    if ((rank != 2 && rank != 3) || q.data.empty())
        throw bad_input(o.q + ": has shape " + npy::to_string(q.shape) +
                        ", expected (heads, tokens, d) or (tokens, d), none of them 0");
    input in{rank == 3 ? q.shape[0] : 1, q.shape[rank - 2], q.shape[rank - 1], std::move(q.data), {}, {}, {}, {}};
    in.k = detail::read_like(o.k, q.shape);
    in.v = detail::read_like(o.v, q.shape);
    if (!o.reference.empty()) in.reference = detail::read_like(o.reference, q.shape);
    in.tokens = detail::read_tokens(o.tokens, in.n);
    return in;
}

/// Random normal data: one head, d = 64.
inline input make_input(std::size_t n) {
    constexpr std::size_t d = 64;
    std::mt19937 random(1);
    std::normal_distribution<float> normal;
    input in{1, n, d, {}, {}, {}, {}, {}};
    for (auto* part : {&in.q, &in.k, &in.v}) {
        part->resize(n * d);
        for (auto& x : *part) x = normal(random);
    }
    return in;
}

/// The head that the options name; without a name the second, where there is one.
inline std::size_t chosen_head(options const& o, input const& in) {
    std::size_t const head = o.head.value_or(in.heads > 1 ? 1 : 0);
    if (head < in.heads) return head;
    throw bad_input("--head " + std::to_string(head) + ": there are " + std::to_string(in.heads) +
                    " heads, counted from 0");
}

/// The row that the options name, as a token or an index; without a name that of 'it', or the first.
inline std::size_t chosen_row(options const& o, input const& in) {
    std::string const name = o.row.value_or("it");
    for (std::size_t i = 0; i < in.n; ++i)
        if (in.tokens[i] == name) return i;
    std::size_t index = in.n;
    auto const [end, failed] = std::from_chars(name.data(), name.data() + name.size(), index);
    if (failed == std::errc() && end == name.data() + name.size() && index < in.n) return index;
    if (!o.row) return 0;
    throw bad_input("--row " + name + ": is neither one of the tokens nor an index below " + std::to_string(in.n));
}
