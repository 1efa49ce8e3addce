// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/lower/frame.hpp>

/// Affine indices at run time, and reads that may lie outside of an operand, where its elements are 0.
namespace sinter::lower {
inline namespace SINTER_SIMD_ARCH {

/// What a strand counts at p.
template <class K>
SINTER_INLINE constexpr std::ptrdiff_t counted(ir::strand const& s, std::size_t const* extents, point<K> const& p) {
    return s.per < 0 ? p.at[s.axis] : p.at[s.axis] / static_cast<std::ptrdiff_t>(extents[s.per]);
}

/// The value of an affine index at p.
template <class K>
SINTER_INLINE constexpr std::ptrdiff_t index_at(ir::index const& i, std::size_t const* extents, point<K> const& p) {
    std::ptrdiff_t at = start_of(i, extents);
    if (i.axis >= 0) at += step_of(i, i, extents) * counted<K>(i, extents, p);
    if (i.second.axis >= 0) at += step_of(i, i.second, extents) * counted<K>(i.second, extents, p);
    return at;
}

/// By how much an affine index grows along an axis.
SINTER_INLINE constexpr std::ptrdiff_t step_along(ir::index const& i, int axis, std::size_t const* extents) {
    return (i.axis == axis ? step_of(i, i, extents) : 0) + (i.second.axis == axis ? step_of(i, i.second, extents) : 0);
}

/// Some lanes of a row.
struct lane_range {
    std::ptrdiff_t from, to;

    /// Keeps those for which 0 ≤ at + lane · step < n.
    constexpr void restrict_to(std::ptrdiff_t at, std::ptrdiff_t step, std::ptrdiff_t n) {
        if (step < 0) {     // count from the other end
            at = n - 1 - at;
            step = -step;
        }
        if (step == 0) {
            if (at < 0 || at >= n) to = from;
            return;
        }
        std::ptrdiff_t first = -at, end = n - at;
        if (step != 1) {    // divisions are slow
            first = at < 0 ? (step - 1 - at) / step : 0;
            end = at >= n ? 0 : (n - 1 - at) / step + 1;
        }
        if (first >= to || end <= from) to = from;
        else {
            if (first > from) from = first;
            if (end < to) to = end;
        }
    }
};

/// Of the lanes [first, first + lanes) from p on, those where leaf x lies inside of its operand, coordinates
/// that jump aside; lane −1: none varies.
template <class K>
[[gnu::noinline]] lane_range inside_lanes(frame<K> const& f, point<K> const& p, ir::vertex const& x, int leaf, int lane,
                                          std::ptrdiff_t first, std::ptrdiff_t lanes) {
    lane_range in{0, lanes};
    for (int d = 0; d < x.rank; ++d) {
        if (!x.at[d].checked || x.at[d].jumps()) continue;
        std::ptrdiff_t const step = lane < 0 ? 0 : step_along(x.at[d], lane, f.extents);
        in.restrict_to(index_at(x.at[d], f.extents, p) + first * step, step, f.limit[K::checks ? leaf : 0][d]);
    }
    return in;
}

}  // namespace SINTER_SIMD_ARCH
}  // namespace sinter::lower
