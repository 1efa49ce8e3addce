// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/lower/frame.hpp>

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
    else if (bytes == 4)
        for (int i = 0; i < n; ++i) std::memcpy(to + 4 * i, from + i * step, 4);
    else if (bytes == 8)
        for (int i = 0; i < n; ++i) std::memcpy(to + 8 * i, from + i * step, 8);
    else
        for (int i = 0; i < n; ++i) std::memcpy(to + bytes * i, from + i * step, static_cast<std::size_t>(bytes));
    std::memset(to + n * bytes, 0, static_cast<std::size_t>((lanes - n) * bytes));
}

/// The place of a leaf's element at p, in bytes from its base.
inline std::ptrdiff_t byte_offset(ir::vertex const& x, std::ptrdiff_t const* at, std::ptrdiff_t const* stride, int bytes) {
    std::ptrdiff_t sum = 0;
    for (int d = 0; d < x.rank; ++d)
        if (x.at[d].axis >= 0) sum += at[x.at[d].axis] * x.at[d].step * stride[d];
    return sum * bytes;
}

/// Copies what the current tile reads along `lane`.
template <class K>
[[gnu::noinline]] void stage_tile(frame<K>& f, int lane, unsigned char* memory) {
    for (std::size_t i = 0; i + 1 < placed_leaves<K>.size(); ++i) {
        auto const& leaf = placed_leaves<K>[i];
        auto const& x = leaf.node;
        auto const* stride = f.stride[leaf.number];
        bool empty = false;   // then nothing reads it
        for (int d = 0; d < x.rank; ++d) empty = empty || (x.at[d].axis >= 0 && f.extent[x.at[d].axis] == 0);
        for (int d = 0; d < x.rank && !empty; ++d) {
            if (x.at[d].axis != lane) continue;
            auto const* from = static_cast<char const*>(f.base[leaf.number]) + byte_offset(x, f.here.at, stride, leaf.bytes);
            copy_lanes(memory + i * staged_bytes<K>, from, x.at[d].step * stride[d] * leaf.bytes, leaf.bytes, f.valid, K::lanes);
            break;
        }
    }
}

/// Whether every operand that varies along `lane` lies densely along it.
template <class K>
bool lies_dense(frame<K> const& f, int lane) {
    for (std::size_t i = 0; i + 1 < placed_leaves<K>.size(); ++i) {
        auto const& leaf = placed_leaves<K>[i];
        for (int d = 0; d < leaf.node.rank; ++d)
            if (leaf.node.at[d].axis == lane && leaf.node.at[d].step * f.stride[leaf.number][d] != 1) return false;
    }
    return true;
}

}  // namespace SINTER_SIMD_ARCH
}  // namespace sinter::lower
