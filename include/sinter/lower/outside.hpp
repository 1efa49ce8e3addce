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

/// Of the lanes [first, first + lanes) along an axis from p on, those where a leaf lies inside of its operand, coordinates
/// that jump aside.
template <class K, int Leaf, int Lane>
SINTER_INLINE lane_range inside_lanes(frame_of<K> const& f, point_of<K> const& p, std::ptrdiff_t first, std::ptrdiff_t lanes) {
    lane_range in{0, lanes};
    [&]<std::size_t... D>(std::index_sequence<D...>) SINTER_INLINE_LAMBDA {
        [[maybe_unused]] auto const restrict_along = [&]<std::size_t I>() SINTER_INLINE_LAMBDA {
            constexpr auto at = K::program.graph.nodes[Leaf].at[I];
            if constexpr (at.checked && !at.jumps()) {
                std::ptrdiff_t const step = step_along(at, Lane, f.extents);
                in.restrict_to(index_at<typename K::base>(at, f.extents, p) + first * step, step, f.limit[Leaf][I]);
            }
        };
        (restrict_along.template operator()<D>(), ...);
    }(std::make_index_sequence<static_cast<std::size_t>(K::program.graph.nodes[Leaf].rank)>{});
    return in;
}

}  // namespace SINTER_SIMD_ARCH
}  // namespace sinter::lower
