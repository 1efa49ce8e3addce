// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/lower/jumps.hpp>

#include <cstring>

/// Tiles that are not whole, and operands whose lanes are not neighbours in memory: their lanes are copied together first,
/// so that the code of a formula reads dense operands only.
namespace sinter::lower {
inline namespace SINTER_SIMD_ARCH {

/// Bytes of a staged operand: the lanes of a tile, of the largest element type.
template <class K>
inline constexpr std::size_t staged_bytes = K::lanes * 8;

/// n elements that lie `step` bytes apart, and zeros up to `lanes`.
SINTER_INLINE void copy_lanes(unsigned char* to, char const* from, std::ptrdiff_t step, int bytes, int n, int lanes) {
    if (step == bytes && n > 0) std::memcpy(to, from, static_cast<std::size_t>(n * bytes));
    else if (bytes == 2)
        for (int i = 0; i < n; ++i) std::memcpy(to + 2 * i, from + i * step, 2);
    else if (bytes == 4)
        for (int i = 0; i < n; ++i) std::memcpy(to + 4 * i, from + i * step, 4);
    else if (bytes == 8)
        for (int i = 0; i < n; ++i) std::memcpy(to + 8 * i, from + i * step, 8);
    else
        for (int i = 0; i < n; ++i) std::memcpy(to + bytes * i, from + i * step, static_cast<std::size_t>(bytes));
    std::memset(to + n * bytes, 0, static_cast<std::size_t>((lanes - n) * bytes));
}

/// The place of a leaf's element at p, in elements from its base.
inline std::ptrdiff_t offset_of(ir::vertex const& x, std::ptrdiff_t const* at, std::ptrdiff_t const* stride, int axes) {
    std::ptrdiff_t sum = 0;
    for (int a = 0; a < axes; ++a)
        if (ir::has(x.axes, a)) sum += at[a] * stride[a];
    return sum;
}

/// Whether a leaf has elements at all. Inside the loops around its axes it has; another sweep may read it along others.
template <class K, int Leaf, int L>
SINTER_INLINE bool has_elements(frame_of<K> const& f) {
    return [&]<std::size_t... A>(std::index_sequence<A...>) SINTER_INLINE_LAMBDA {
        return (... && (!K::varies_along(Leaf, static_cast<int>(A)) || static_cast<int>(A) == K::loop(L).axis ||
                        K::fixed(static_cast<int>(A), L) || extent_of<K, static_cast<int>(A)>(f) > 0));
    }(std::make_index_sequence<static_cast<std::size_t>(K::graph.axes_size)>{});
}

/// Copies the lanes of a leaf that exist and lie inside of its operand; the others are 0.
template <class K, int Leaf, int Lane>
[[gnu::noinline]] void stage_checked(frame<K> const& f, unsigned char* to) {
    constexpr int bytes = sizeof(leaf_type<K, Leaf>);
    auto const in = inside_lanes<K, Leaf, Lane>(f, f.here, 0, f.valid);
    std::memset(to, 0, static_cast<std::size_t>((in.from == in.to ? K::lanes : in.from) * bytes));
    if (in.from == in.to) return;
    auto const* from = reinterpret_cast<char const*>(affine_element_of<K, Leaf>(f, f.here));
    std::ptrdiff_t const apart = stride<K, Leaf, Lane>(f) * bytes;
    copy_lanes(to + in.from * bytes, from + in.from * apart, apart, bytes, static_cast<int>(in.to - in.from), K::lanes - static_cast<int>(in.from));
}

/// Copies what loop L reads of a leaf.
template <class K, int Leaf, int L>
SINTER_INLINE void stage_leaf(frame_of<K>& f, unsigned char* to) {
    constexpr int lane = K::loop(L).axis;
    using U = leaf_type<K, Leaf>;
    if (!has_elements<K, Leaf, L>(f)) return;
    f.first_lane[Leaf] = to;
    if constexpr (K::node(Leaf).jumps()) {
        read_lanes<typename K::base, Leaf>(f, f.here, lane, 0, f.valid, reinterpret_cast<U*>(to));
    } else if constexpr (K::node(Leaf).is_checked()) {
        stage_checked<typename K::base, Leaf, lane>(f, to);
    } else {
        auto const* const from = reinterpret_cast<char const*>(affine_element_of<K, Leaf>(f, f.here));
        constexpr int bytes = sizeof(U);
        copy_lanes(to, from, stride<K, Leaf, lane>(f) * bytes, bytes, f.valid, K::tile);
    }
}

/// The nodes that the steps inside of loop L are computed from, but for those that are kept elsewhere.
template <class K, int L>
inline constexpr auto read_in = [] {
    std::array<bool, K::program.graph.size + 1> mark{};
    auto const& p = K::program;
    for (int i = 0; i < p.steps; ++i) {
        auto const& t = p.step[i];
        if (t.what == ir::step::action::run || !p.inside(t.home, L)) continue;
        auto const kept = [&](int n) { return p.find(n, t.home) >= 0; };
        if (t.what == ir::step::action::compute && !p.graph.nodes[t.target].is_reduce()) ir::mark_cone(p.graph, t.target, mark.data(), kept);
        if (t.what == ir::step::action::compute) continue;
        for (int const n : {t.what == ir::step::action::accumulate ? t.body : t.target, t.ratio, t.missing})
            if (n >= 0 && !kept(n)) ir::mark_cone(p.graph, n, mark.data(), kept);
    }
    return mark;
}();

/// Whether a loop reads a leaf's lanes from where `first_lane` says.
template <class K, int Leaf, int L>
inline constexpr bool is_staged = K::varies_along(Leaf, K::loop(L).axis) && read_in<K, L>[Leaf] && !only_says_where(K::program.graph, Leaf);

/// Calls f with the numbers of the leaves that loop L reads in lanes, and with their places among those placed.
template <class K, int L, class F>
SINTER_INLINE void for_lane_leaves(F const& f) {
    [&]<std::size_t... I>(std::index_sequence<I...>) SINTER_INLINE_LAMBDA {
        [[maybe_unused]] auto const one = [&]<int Leaf, std::size_t Place>() SINTER_INLINE_LAMBDA {
            if constexpr (is_staged<typename K::base, Leaf, L>) f.template operator()<Leaf, Place>();
        };
        (one.template operator()<placed_leaves<typename K::base>[I].number, I>(), ...);
    }(std::make_index_sequence<placed_leaves<typename K::base>.size() - 1>{});
}

/// Copies what the current tile of loop L reads.
template <class K, int L>
SINTER_INLINE void stage_lanes(frame_of<K>& f, unsigned char* memory) {
    for_lane_leaves<K, L>([&]<int Leaf, std::size_t I>() SINTER_INLINE_LAMBDA { stage_leaf<K, Leaf, L>(f, memory + I * staged_bytes<K>); });
}
/// The same out of line; not where the number of lanes is known, which makes it a few moves.
template <class K, int L>
[[gnu::noinline]] void stage_lanes_elsewhere(frame_of<K>& f, unsigned char* memory) { stage_lanes<K, L>(f, memory); }
template <class K, int L>
SINTER_INLINE void stage_tile(frame_of<K>& f, unsigned char* memory) {
    if constexpr (K::static_extent(K::loop(L).axis) != dyn) stage_lanes<K, L>(f, memory);
    else stage_lanes_elsewhere<K, L>(f, memory);
}

/// Reads the current tile of loop L, which lies densely, from the operands themselves. In front of the tile and for all operands
/// at once: a choice at each load would be a branch at each load.
template <class K, int L>
SINTER_INLINE void point_at_operands(frame_of<K>& f) {
    for_lane_leaves<K, L>([&]<int Leaf, std::size_t>() SINTER_INLINE_LAMBDA { f.first_lane[Leaf] = element_of<K, Leaf>(f, f.here); });
}

/// Whether a coordinate that is checked depends on an axis: else all lanes along it lie inside of the operand, or none.
template <class K, int Leaf>
constexpr bool is_checked_along(int lane) {
    auto const& x = K::program.graph.nodes[Leaf];
    for (int d = 0; d < x.rank; ++d)
        if (x.at[d].checked && ir::has(ir::axes_of(x.at[d]), lane)) return true;
    return x.jumps();
}

/// Whether every operand that loop L reads in lanes lies densely along them, all inside of it or all outside.
template <class K, int L>
SINTER_INLINE bool lies_dense(frame_of<K> const& f) {
    if constexpr (K::checks && K::flat) return false;
    bool dense = true;
    for_lane_leaves<K, L>([&]<int Leaf, std::size_t>() SINTER_INLINE_LAMBDA {
        constexpr int lane = K::loop(L).axis;
        if constexpr (K::node(Leaf).jumps_along(lane) || (K::node(Leaf).is_checked() && is_checked_along<K, Leaf>(lane))) dense = false;
        else dense = dense && stride<K, Leaf, lane>(f) == 1;
    });
    return dense;
}

}  // namespace SINTER_SIMD_ARCH
}  // namespace sinter::lower
