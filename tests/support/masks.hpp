// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "types.hpp"

#include <cstdint>

/// Masked scores, for tests of what masks leave out.
namespace sinter::test {

/// Rows, keys: below, at and above the tiles of rows and the blocks of keys.
inline constexpr std::tuple<size, size> scores_sizes[] = {{1, 1}, {1, 300}, {17, 95}, {40, 97}, {97, 40}, {100, 288}, {0, 5}, {5, 0}};

template <class T>
struct attention_of {
    matrix<T> q, k, v;
    attention_of(generator& g, size n, size m)
        : q(make<matrix<T>>(g, -2, 2, n, size(3))), k(make<matrix<T>>(g, -2, 2, m, size(3))), v(make<matrix<T>>(g, -1, 1, m, size(2))) {}
};
using operands = attention_of<float>;

template <class T, class Mask>
void attend(char const* what, attention_of<T> const& x, Mask const& mask) {
    auto const s = x.q * transpose(x.k);
    matrix<T> o(x.q.extent(0), 2);
    verify(what, softmax(where(mask, s, -infinity<T>)) * x.v, o, near<T>(x.k.extent(0)));
}

/// The same mask of scores that are added up as they are: two thirds of the time to compile.
template <class T, class Mask>
void weigh(char const* what, attention_of<T> const& x, Mask const& mask) {
    verify(what, where(mask, x.q * transpose(x.k), T(0)) * x.v, matrix<T>(x.q.extent(0), 2), near<T>(x.k.extent(0)));
}

}  // namespace sinter::test
