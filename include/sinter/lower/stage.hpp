// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/lower/jumps.hpp>

#include <cstring>

/// Tiles that are not whole, and operands whose lanes are not neighbours in memory: their lanes are copied together first,
/// so that the code of a formula exists once, for dense operands.
namespace sinter::lower {
inline namespace SINTER_SIMD_ARCH {

/// Bytes of a staged operand: the lanes of a tile, of the largest element type.
template <class K>
inline constexpr std::size_t staged_bytes = K::lanes * 8;

/// n elements that lie `step` bytes apart, and zeros up to `lanes`.
inline void copy_lanes(unsigned char* to, char const* from, std::ptrdiff_t step, int bytes, int n, int lanes) {
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

/// The same of leaf number I of those placed, where it jumps.
template <class K, std::size_t I>
SINTER_INLINE void stage_jumping(frame<K>& f, int lane, unsigned char* memory) {
    constexpr auto const& leaf = placed_leaves<K>[I];
    if constexpr (leaf.node.jumps() && !leaf.is_place) {
        using U = leaf_type<K, leaf.number>;
        if (!ir::has(leaf.node.axes, lane)) return;
        f.first_lane[leaf.number] = memory + I * staged_bytes<K>;
        read_lanes<K, leaf.number>(f, f.here, lane, 0, f.valid, reinterpret_cast<U*>(memory + I * staged_bytes<K>));
    }
}

/// Copies what the current tile reads along `lane`.
template <class K>
[[gnu::noinline]] void stage_tile(frame<K>& f, int lane, unsigned char* memory) {
    for (std::size_t i = 0; i + 1 < placed_leaves<K>.size(); ++i) {
        auto const& leaf = placed_leaves<K>[i];
        auto const& x = leaf.node;
        auto const* stride = f.stride[leaf.number];
        bool empty = false;   // then nothing reads it
        for (int a = 0; a < K::graph.axes_size; ++a) empty = empty || (ir::has(x.axes, a) && f.extent[a] == 0);
        if (empty || !ir::has(x.axes, lane) || x.jumps() || leaf.is_place) continue;
        unsigned char* const to = memory + i * staged_bytes<K>;
        f.first_lane[leaf.number] = to;
        lane_range in{0, f.valid};
        if (x.is_checked()) in = inside_lanes(f, f.here, x, leaf.number, lane, 0, f.valid);
        if (in.from == in.to) {
            std::memset(to, 0, static_cast<std::size_t>(K::lanes * leaf.bytes));
            continue;
        }
        auto const* from = static_cast<char const*>(f.base[leaf.number]) +
                           offset_of(x, f.here.at, stride, K::graph.axes_size) * leaf.bytes;
        std::ptrdiff_t const apart = stride[lane] * leaf.bytes;
        std::memset(to, 0, static_cast<std::size_t>(in.from * leaf.bytes));
        copy_lanes(to + in.from * leaf.bytes, from + in.from * apart, apart, leaf.bytes, static_cast<int>(in.to - in.from),
                   K::lanes - static_cast<int>(in.from));
    }
    [&]<std::size_t... I>(std::index_sequence<I...>) SINTER_INLINE_LAMBDA {
        (stage_jumping<K, I>(f, lane, memory), ...);
    }(std::make_index_sequence<placed_leaves<K>.size() - 1>{});
}

/// Reads the current tile, which lies densely along `Lane`, from the operands themselves. In front of the tile and for all
/// operands at once: a choice at each load would be a branch at each load.
template <class K, int Lane>
SINTER_INLINE void point_at_operands(frame_of<K>& f) {
    [&]<std::size_t... I>(std::index_sequence<I...>) SINTER_INLINE_LAMBDA {
        [[maybe_unused]] auto const point = [&]<int Leaf>() SINTER_INLINE_LAMBDA {
            if constexpr (K::varies_along(Leaf, Lane)) f.first_lane[Leaf] = element_of<K, Leaf>(f, f.here);
        };
        (point.template operator()<placed_leaves<typename K::base>[I].number>(), ...);
    }(std::make_index_sequence<placed_leaves<typename K::base>.size() - 1>{});
}

/// Whether every operand that varies along `lane` lies densely along it, without places outside of it.
template <class K>
bool lies_dense(frame<K> const& f, int lane) {
    if (K::checks) return false;
    for (std::size_t i = 0; i + 1 < placed_leaves<K>.size(); ++i) {
        auto const& leaf = placed_leaves<K>[i];
        if (leaf.node.jumps_along(lane)) return false;
        if (ir::has(leaf.node.axes, lane) && f.stride[leaf.number][lane] != 1) return false;
    }
    return true;
}

}  // namespace SINTER_SIMD_ARCH
}  // namespace sinter::lower
