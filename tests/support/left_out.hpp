// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "masks.hpp"

/// How much of the scores a mask leaves: counted.
namespace sinter::test {

inline std::uint64_t calls = 0;
struct counted {
    template <class V>
    V operator()(V const& x) const { return ++calls, x; }
};

template <class T, class F>
double share_of(attention_of<T> const& x, F const& masked) {
    matrix<T> o(x.q.extent(0), 2);
    auto const s = map(counted{}, x.q * transpose(x.k));
    calls = 0, o = softmax(s) * x.v;
    auto const all = double(calls);
    calls = 0, o = softmax(masked(s)) * x.v;
    return double(calls) / all;
}
inline constexpr size counted_rows = 1024;

/// How many of the scores of attention are computed.
template <class T = float, class Mask>
double share_attended(Mask const& mask) {
    generator g(seed());
    return share_of(attention_of<T>(g, counted_rows, counted_rows), [&](auto const& s) { return where(mask, s, -infinity<T>); });
}
/// How many where they are added up as they are: two thirds of the time to compile.
template <class T = float, class Mask>
double share(Mask const& mask) {
    generator g(seed());
    attention_of<T> const x(g, counted_rows, counted_rows);
    matrix<T> o(counted_rows, 2);
    auto const s = map(counted{}, x.q * transpose(x.k));
    calls = 0, o = s * x.v;
    auto const all = double(calls);
    calls = 0, o = where(mask, s, T(0)) * x.v;
    return double(calls) / all;
}
/// How many of them are in blocks in which j ≤ i + past holds somewhere, of a tile of rows i in lanes.
inline double share_below(size past) {
    using attention = decltype([](matrix<float> const& x) { return softmax(x * transpose(x)) * x; }(std::declval<matrix<float> const&>()));
    constexpr auto tile = static_cast<size>(lower::kernel<attention>::lanes);
    size computed = 0;
    for (size first = 0; first < counted_rows; first += tile)
        for (size block = 0; block < counted_rows && block <= first + tile - 1 + past; block += ir::block_length)
            computed += tile * std::min<size>(ir::block_length, counted_rows - block);
    return double(computed) / double(counted_rows * counted_rows);
}
/// The same where the mask is added.
template <class Mask>
double share_added(Mask const& mask) {
    generator g(seed());
    return share_of(operands(g, counted_rows, counted_rows), [&](auto const& s) { return s + where(mask, 0.0f, -infinity<float>); });
}

}  // namespace sinter::test
