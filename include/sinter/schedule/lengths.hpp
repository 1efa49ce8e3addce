// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/schedule/program.hpp>

/// How many indices of an axis are worked on together.
namespace sinter::ir {

/// What a buffer holds of blocks that stand in each other, in values, or in tiles of lanes: no more than stays in the second cache.
inline constexpr int most_values = 16384, most_tiles = 1024;

/// The first block around a buffer that is longer than one index and bounds another axis than its last; −1: there is none.
template <class Graph>
constexpr int longer_block(program<Graph> const& p, buffer const& b) {
    int first = -1;
    for (int i = 0; i + 1 < b.rank; ++i) {
        int const l = b.within[i];
        if (l >= 0 && p.loop[l].length > 1 && (first < 0 || l < first)) first = l;
    }
    return first;
}

/// Gives a block its length, and those of the same axis around it and in it: where blocks were exchanged with tiles (exchange.hpp), an
/// inner one is all of the outer one, and what is kept by one is found by the other.
template <class Graph>
constexpr void set_length(program<Graph>& p, int block, std::int16_t length) {
    for (int l = 0; l < p.loops; ++l) {
        auto& x = p.loop[l];
        if (x.how == loop::style::block && x.axis == p.loop[block].axis && (p.inside(l, block) || p.inside(block, l))) x.length = length;
    }
}

template <class Graph>
constexpr std::int64_t size_in_blocks(program<Graph> const& p, buffer const& b) {
    std::int64_t size = 1;
    for (int i = 0; i < b.rank; ++i)
        if (b.within[i] >= 0) size *= p.loop[b.within[i]].length;
    return size;
}

/// A block is no longer than its axis, where that is known; where several stand in each other, what is kept of all of them has room: the
/// rows of register tiles lie along the last axis of a buffer, so the others are taken in fewer indices at a time.
template <class Graph>
constexpr void shorten_blocks(program<Graph>& p) {
    for (int l = 0; l < p.loops; ++l) {
        auto const& x = p.loop[l];
        if (x.how != loop::style::block) continue;
        std::size_t const all = p.graph.axis[x.axis].value, length = static_cast<std::size_t>(x.length);
        if (all < length) set_length(p, l, all > 0 ? static_cast<std::int16_t>(all) : std::int16_t{1});
    }
    for (int i = 0; i < p.buffers; ++i) {
        buffer const& b = p.buffer[i];
        int const most = b.vector ? most_tiles : most_values;
        for (int l; size_in_blocks(p, b) > most && (l = longer_block(p, b)) >= 0;) {
            std::int64_t const others = size_in_blocks(p, b) / p.loop[l].length;
            set_length(p, l, static_cast<std::int16_t>(others < most ? most / others : 1));
        }
    }
}

}  // namespace sinter::ir
