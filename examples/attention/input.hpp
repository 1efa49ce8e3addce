// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "options.hpp"

#include <sinter/interop/npy.hpp>

#include <array>
#include <charconv>
#include <cstddef>
#include <fstream>
#include <random>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

using heads_t = sinter::tensor<float, sinter::dyn, sinter::dyn, sinter::dyn>;

/// Q, K, V and what is known about them, checked.
struct input {
    std::size_t heads, n, d;
    heads_t q, k, v;                            // (heads, n, d)
    heads_t reference;                          // the same, or empty
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

inline std::string text(std::array<std::size_t, 3> const& shape) {
    return std::string((sinter::message() << shape).text());
}

/// The array of a file, one head where it has but two axes.
inline heads_t read_heads(std::string const& path) {
    using sinter::dyn;
    auto const file = sinter::npy::load(path);
    if (file.rank() == 3) return heads_t(file.as<float, dyn, dyn, dyn>());
    if (file.rank() != 2)
        throw bad_input(path + ": has " + std::to_string(file.rank()) + " axes, expected (heads, tokens, d) or (tokens, d)");
    auto const head = file.as<float, dyn, dyn>();
    heads_t heads(1, head.extent(0), head.extent(1));
    sinter::view<float, dyn, dyn>(heads.data(), head.extent(0), head.extent(1)) = head;
    return heads;
}

/// An array that must have the shape of Q.
inline heads_t read_like(std::string const& path, heads_t const& q) {
    auto heads = read_heads(path);
    if (heads.shape() != q.shape())
        throw bad_input(path + ": has shape " + text(heads.shape()) + ", expected " + text(q.shape()) + " as Q has");
    return heads;
}

}  // namespace detail

/// The files of the options. Throws bad_input or sinter::file_error.
inline input read_input(options const& o) {
    auto q = detail::read_heads(o.q);
    if (q.empty()) throw bad_input(o.q + ": has shape " + detail::text(q.shape()) + ", expected none of them to be 0");
    input in{q.extent(0), q.extent(1), q.extent(2), {}, {}, {}, {}, {}};
    in.k = detail::read_like(o.k, q);
    in.v = detail::read_like(o.v, q);
    if (!o.reference.empty()) in.reference = detail::read_like(o.reference, q);
    in.q = std::move(q);
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
        *part = heads_t(1, n, d);
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
