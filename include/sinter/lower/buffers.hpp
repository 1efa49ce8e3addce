// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/lower/frame.hpp>

#include <cstdint>

/// Buffers: what each holds, where it lies, and the memory that all of them take.
namespace sinter::lower {
inline namespace SINTER_SIMD_ARCH {

/// Indices that a buffer keeps of its axis number I.
template <class K, int B, int I>
SINTER_INLINE std::ptrdiff_t buffer_extent(frame_of<K> const& f) {
    constexpr auto b = K::buffer(B);
    if constexpr (b.within[I] >= 0) return K::loop(b.within[I]).length;
    else return extent_of<K, b.axis[I]>(f);
}

/// Where the value of a buffer at p begins.
template <class K, int B>
SINTER_INLINE std::ptrdiff_t buffer_offset(frame_of<K> const& f, point_of<K> const& p) {
    constexpr auto b = K::buffer(B);
    std::ptrdiff_t at = 0;
    [&]<std::size_t... I>(std::index_sequence<I...>) SINTER_INLINE_LAMBDA {
        [[maybe_unused]] auto const next = [&]<int D>() SINTER_INLINE_LAMBDA {
            std::ptrdiff_t i = p.at[b.axis[D]];
            if constexpr (b.within[D] >= 0) i -= f.start[b.axis[D]];
            at = at * buffer_extent<K, B, D>(f) + i;
        };
        (next.template operator()<static_cast<int>(I)>(), ...);
    }(std::make_index_sequence<static_cast<std::size_t>(b.rank)>{});
    return b.vector ? at * K::lanes : at;
}

/// The number of a buffer's axis; −1: it is none of them.
template <class K, int B>
constexpr int buffer_dimension(int axis) {
    for (int d = 0; d < K::program.buffer[B].rank; ++d)
        if (K::program.buffer[B].axis[d] == axis) return d;
    return -1;
}

/// How far apart in a buffer neighbours along its axis number D are, in numbers or tiles of lanes.
template <class K, int B, int D>
SINTER_INLINE std::ptrdiff_t buffer_step(frame_of<K> const& f) {
    return [&]<std::size_t... I>(std::index_sequence<I...>) SINTER_INLINE_LAMBDA {
        return (std::ptrdiff_t{1} * ... * buffer_extent<K, B, D + 1 + static_cast<int>(I)>(f));
    }(std::make_index_sequence<static_cast<std::size_t>(K::buffer(B).rank - 1 - D)>{});
}

/// Whether a buffer is a copy of elements of an operand that are computed with as they are, and lie in steps.
template <class K, int B>
constexpr bool copies_an_operand() {
    constexpr auto x = K::program.graph.nodes[K::program.buffer[B].node];
    if constexpr (!x.is_leaf() || x.from != ir::source::operand || x.slot < 0) return false;
    else return !x.is_checked() && !x.jumps() && std::is_same_v<leaf_type<K, K::program.buffer[B].node>, typename K::value>;
}

/// Whether a buffer is a copy of part of an operand that the evaluation may forgo.
template <class K, int B>
constexpr bool may_be_lent() {
    auto const& b = K::program.buffer[B];
    return !b.vector && b.rank == 2 && copies_an_operand<K, B>();
}

/// Whether a buffer holds lanes of an operand that may lie there just as the buffer has them.
template <class K, int B>
constexpr bool may_lend_lanes() {
    auto const& b = K::program.buffer[B];
    return b.vector && b.rank == 1 && !K::program.is_tiled(b) && copies_an_operand<K, B>();
}

/// Whether a buffer holds places beside values of a type of the user's: integers, which lie behind all values.
template <class K, int B>
constexpr bool holds_integers() {
    constexpr auto b = K::buffer(B);
    constexpr auto x = K::node(b.node);
    if (!K::is_own || !x.is_reduce()) return false;
    if (x.combine == ir::monoid::top) return b.places;
    return !b.places && (x.combine == ir::monoid::argmin || x.combine == ir::monoid::argmax || x.combine == ir::monoid::top_places);
}

/// What a buffer holds.
template <class K, int B>
SINTER_INLINE auto* kept_in(frame_of<K> const& f) {
    if constexpr (holds_integers<K, B>()) return reinterpret_cast<std::int64_t*>(f.kept[B]);
    else return f.kept[B];
}

/// Indices of axis number I that a buffer has room for.
template <class K, int B, int I>
constexpr std::size_t room_along(std::size_t const* extents) {
    if constexpr (constexpr int block = K::buffer(B).within[I]; block >= 0) {
        constexpr int length = K::loop(block).length;
        return static_cast<std::size_t>(length);
    } else {
        constexpr int extent = K::graph.axis[K::buffer(B).axis[I]].extent;
        return extents[extent];
    }
}

/// Elements that a buffer takes, rounded up to cache lines. A product of constants: a loop would have the plan stored in the program.
template <class K, int B>
constexpr std::size_t buffer_size(std::size_t const* extents) {
    constexpr auto b = K::buffer(B);
    return [&]<std::size_t... I>(std::index_sequence<I...>) {
        std::size_t const n = ((b.vector ? std::size_t{K::lanes} : std::size_t{1}) * ... * room_along<K, B, static_cast<int>(I)>(extents));
        return (n + 15) / 16 * 16;
    }(std::make_index_sequence<static_cast<std::size_t>(b.rank)>{});
}

/// The same with the copies of all tiles of a strip.
template <class K, int B>
constexpr std::size_t buffer_room(std::size_t const* extents) {
    if constexpr (!K::program.is_tiled(K::buffer(B))) {
        return buffer_size<K, B>(extents);
    } else {
        constexpr int strip = K::buffer(B).home;
        constexpr std::size_t length = static_cast<std::size_t>(K::loop(strip).length), lanes = static_cast<std::size_t>(K::lanes);
        constexpr int extent = K::graph.axis[K::loop(strip).axis].extent;
        std::size_t const n = extents[extent] < length ? extents[extent] : length;
        return (n + lanes - 1) / lanes * buffer_size<K, B>(extents);
    }
}

template <class K>
constexpr std::size_t workspace_elements(std::size_t const* extents) {
    return [&]<std::size_t... B>(std::index_sequence<B...>) {
        return (std::size_t{0} + ... + (holds_integers<K, static_cast<int>(B)>() ? 0 : buffer_room<K, static_cast<int>(B)>(extents)));
    }(std::make_index_sequence<static_cast<std::size_t>(K::program.buffers)>{});
}

/// The same of integers that lie behind them.
template <class K>
constexpr std::size_t workspace_integers(std::size_t const* extents) {
    if constexpr (!K::is_own) return 0;
    else return [&]<std::size_t... B>(std::index_sequence<B...>) {
        return (std::size_t{0} + ... + (holds_integers<K, static_cast<int>(B)>() ? buffer_room<K, static_cast<int>(B)>(extents) : 0));
    }(std::make_index_sequence<static_cast<std::size_t>(K::program.buffers)>{});
}

template <class K>
constexpr std::size_t workspace_bytes(std::size_t const* extents) {
    return workspace_elements<K>(extents) * sizeof(typename K::value) + workspace_integers<K>(extents) * sizeof(std::int64_t);
}

template <class K>
SINTER_INLINE void place_buffers(frame_of<K>& f, typename K::value* memory) {
    [[maybe_unused]] auto* integers = K::is_own ? reinterpret_cast<std::int64_t*>(memory + workspace_elements<K>(f.extents)) : nullptr;
    [[maybe_unused]] auto const place = [&]<int B>() {
        if constexpr (holds_integers<K, B>()) {
            f.kept[B] = reinterpret_cast<typename K::value*>(integers);
            integers += buffer_room<K, B>(f.extents);
        } else {
            f.kept[B] = memory;
            memory += buffer_room<K, B>(f.extents);
        }
    };
    [&]<std::size_t... B>(std::index_sequence<B...>) {
        (place.template operator()<static_cast<int>(B)>(), ...);
    }(std::make_index_sequence<static_cast<std::size_t>(K::program.buffers)>{});
}

}  // namespace SINTER_SIMD_ARCH
}  // namespace sinter::lower
