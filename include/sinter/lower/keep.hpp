// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/lower/sweep.hpp>

/// Values that leave the registers for a buffer; operands that are copied or lent.
namespace sinter::lower {
inline namespace SINTER_SIMD_ARCH {

/// Whether the last axis that a buffer keeps of a leaf is contiguous, while its lanes need not be: what can be transposed.
template <class K, int N, int B>
constexpr bool can_be_transposed() {
    auto const& x = K::program.graph.nodes[N];
    auto const& b = K::program.buffer[B];
    if (!x.is_leaf() || x.from != ir::source::operand || !b.vector || b.rank == 0 || x.rank == 0) return false;
    return !x.is_checked() && !x.jumps() && x.lies_along(b.last_axis());
}

/// Indices of axis number I that a buffer keeps just now.
template <class K, int B, int I>
SINTER_INLINE range kept_range(frame_of<K> const& f) {
    constexpr int a = K::buffer(B).axis[I];
    if constexpr (K::buffer(B).within[I] >= 0) return {f.start[a], f.start[a] + f.count[a]};
    else return {0, extent_of<K, a>(f)};
}

/// A block of a leaf, transposed so that the lanes lie together.  (lanes, q) → (q, lanes)
template <class K, int N, int B, int L>
SINTER_INLINE void transpose_leaf(frame_of<K>& f, point_of<K> p) {
    constexpr auto b = K::buffer(B);
    constexpr int a = b.last_axis();
    auto const step = stride<K, N, K::loop(L).lane>(f);
    range const all = kept_range<K, B, b.rank - 1>(f);
    for (p.at[a] = all.from; p.at[a] < all.to; p.at[a] += K::width) {
        int const columns = all.to - p.at[a] < K::width ? static_cast<int>(all.to - p.at[a]) : K::width;
        auto const* in = element_of<K, N>(f, p);
        auto* out = f.kept[B] + buffer_offset<K, B>(f, p);
        for (int v = 0; v < K::active; ++v)
            simd::transpose<typename K::value>(in + v * K::width * step, step, out + v * K::width, std::ptrdiff_t{K::lanes}, valid_lanes<K>(f, v), columns);
    }
}

/// The last two axes of the part of a leaf that a buffer keeps as numbers, where the neighbours of one are those of the other in memory.
template <class K, int N, int B, int I>
SINTER_INLINE void copy_transposed(frame_of<K>& f, point_of<K> p) {
    constexpr auto b = K::buffer(B);
    constexpr int row = b.axis[I], column = b.axis[I + 1], w = K::width;
    range const rows = kept_range<K, B, I>(f), columns = kept_range<K, B, I + 1>(f);
    auto const step = stride<K, N, column>(f);
    for (p.at[row] = rows.from; p.at[row] < rows.to; p.at[row] += w) {
        int const r = rows.to - p.at[row] < w ? static_cast<int>(rows.to - p.at[row]) : w;
        for (p.at[column] = columns.from; p.at[column] < columns.to; p.at[column] += w) {
            int const c = columns.to - p.at[column] < w ? static_cast<int>(columns.to - p.at[column]) : w;
            simd::transpose<typename K::value>(element_of<K, N>(f, p), step, f.kept[B] + buffer_offset<K, B>(f, p),
                                               buffer_extent<K, B, I + 1>(f), c, r);
        }
    }
}

/// The part of a leaf that a buffer keeps, as numbers: its last axis is a plain loop.
template <class K, int N, int B, int L, int I = 0>
SINTER_INLINE void copy_leaf(frame_of<K>& f, point_of<K> p) {
    constexpr auto b = K::buffer(B);
    constexpr int a = b.axis[I];
    range const indices = kept_range<K, B, I>(f);
    p.at[a] = indices.from;
    if constexpr (I + 1 == b.rank) {
        auto const* in = element_of<K, N>(f, p);
        auto* out = f.kept[B] + buffer_offset<K, B>(f, p);
        auto const step = stride<K, N, a>(f), n = indices.to - indices.from;
        if (step == 1) simd::convert(in, out, n);
        else for (std::ptrdiff_t i = 0; i < n; ++i) out[i] = static_cast<typename K::value>(in[i * step]);
    } else {
        if constexpr (I + 2 == b.rank && !K::is_own && K::node(N).lies_along(a))
            if (stride<K, N, a>(f) == 1) return copy_transposed<K, N, B, I>(f, p);
        for (; p.at[a] < indices.to; ++p.at[a]) copy_leaf<K, N, B, L, I + 1>(f, p);
    }
}

/// Rows that are this many bytes apart, or a multiple, share a few sets of the caches: going down a column evicts itself.
inline constexpr std::ptrdiff_t crowded_bytes = 4096;
/// A part of an operand that is no larger stays in the first cache beside the rest.
inline constexpr std::ptrdiff_t small_bytes = 16384;

/// Lends a part of an operand whose columns are used, or transposes it. What is prepared for all tiles of lanes (the loop has none)
/// is lent where it is small, what is prepared for each only where its rows are too far apart for the caches.
template <class K, int N, int B, int L>
SINTER_INLINE void lend_leaf(frame_of<K>& f, point_of<K> p) {
    constexpr auto b = K::buffer(B);
    constexpr int row = b.axis[0], column = b.axis[1];
    range const columns = kept_range<K, B, 1>(f);
    p.at[row] = kept_range<K, B, 0>(f).from;
    p.at[column] = columns.from;
    std::ptrdiff_t const steps[] = {stride<K, N, row>(f), stride<K, N, column>(f)};
    std::ptrdiff_t const bytes = steps[1] * static_cast<std::ptrdiff_t>(sizeof(typename K::value));
    bool const is_near = K::loop(L).lane < 0 ? bytes * (columns.to - columns.from) <= small_bytes : bytes % crowded_bytes != 0;
    if (steps[0] == 1 && is_near) {
        f.lent[B] = element_of<K, N>(f, p);
        for (int i = 0; i < 2; ++i) f.lent_step[B][i] = steps[i];
    } else {
        copy_leaf<K, N, B, L>(f, p);
        f.lent[B] = f.kept[B];
        f.lent_step[B][0] = buffer_extent<K, B, 1>(f);
        f.lent_step[B][1] = 1;
    }
}

/// Whether all that a buffer keeps of a leaf lies inside of its operand, and its lanes are neighbours there.
template <class K, int N, int B, int L>
SINTER_INLINE bool is_inside_throughout(frame_of<K> const& f, point_of<K> p) {
    constexpr auto b = K::buffer(B);
    constexpr auto x = K::node(N);
    constexpr int lane = K::loop(L).lane;
    if (f.valid != K::tile || stride<K, N, lane>(f) != 1) return false;
    std::ptrdiff_t last[ir::buffer::most_axes] = {};
    for (int i = 0; i < b.rank; ++i) {
        bool const within = b.within[i] >= 0;
        p.at[b.axis[i]] = within ? f.start[b.axis[i]] : 0;
        last[i] = (within ? f.count[b.axis[i]] : f.extent[b.axis[i]]) - 1;
    }
    for (int d = 0; d < x.rank; ++d) {
        if (!x.at[d].checked) continue;
        std::ptrdiff_t low = index_at<typename K::base>(x.at[d], f.extents, p), high = low;
        auto const grow = [&](std::ptrdiff_t by) { (by < 0 ? low : high) += by; };
        grow((K::tile - 1) * step_along(x.at[d], lane, f.extents));
        for (int i = 0; i < b.rank; ++i) grow(last[i] * step_along(x.at[d], b.axis[i], f.extents));
        if (low < 0 || high >= f.limit[K::checks ? N : 0][d]) return false;
    }
    return true;
}

/// The lanes of a leaf that is 0 outside of its operand, which are neighbours there: zeros, and over them what lies inside.
template <class K, int N, int L>
SINTER_INLINE void copy_inside(frame_of<K> const& f, point_of<K> const& p, typename K::value* to) {
    using T = typename K::value;
    auto const in = inside_lanes<K, N, K::loop(L).lane>(f, p, 0, f.valid);
    for (int v = 0; v < K::active; ++v) simd::store(to + v * K::width, simd::batch<T>(T(0)));
    if (in.from == in.to) return;
    auto const* from = affine_element_of<K, N>(f, p);
    for (std::ptrdiff_t i = in.from; i < in.to; i += K::width) {
        std::ptrdiff_t const left = in.to - i;
        if (left >= K::width) simd::store_as(to + i, simd::load_as<T>(from + i));
        else simd::store_first_as(to + i, simd::load_first_as<T>(from + i, static_cast<int>(left)), static_cast<int>(left));
    }
}

/// Asks for the rows of an operand that are copied next: where they lie pages apart, the processor does not foresee them.
template <class K, int N, int B>
SINTER_INLINE void fetch_ahead(frame_of<K> const& f, point_of<K> const& p) {
    constexpr auto b = K::buffer(B);
    constexpr std::ptrdiff_t ahead = 12;
    constexpr bool is_long = b.rank > 0 && K::static_extent(b.axis[b.rank > 0 ? b.rank - 1 : 0]) > ahead;
    if constexpr (K::node(N).is_leaf() && K::node(N).from == ir::source::operand && !K::node(N).is_checked() && is_long)
        simd::fetch(element_of<K, N>(f, p), ahead * stride<K, N, b.last_axis()>(f));
}

/// Lends lanes of an operand where a whole tile of them is a row, and its rows lie behind each other: a copy would be the
/// same. Else the buffer is to be filled.
template <class K, int N, int B, int L>
SINTER_INLINE bool lend_lanes(frame_of<K>& f, point_of<K> p) {
    constexpr auto b = K::buffer(B);
    f.lent[B] = f.kept[B];
    if (f.valid != K::tile || stride<K, N, K::loop(L).lane>(f) != 1 || stride<K, N, b.axis[0]>(f) != K::lanes) return false;
    p.at[b.axis[0]] = b.within[0] >= 0 ? f.start[b.axis[0]] : 0;
    f.lent[B] = element_of<K, N>(f, p);
    return true;
}

/// A tile of a row that is kept along the lanes.
template <class K, int B, int N, int L>
SINTER_INLINE void keep_in_row(frame_of<K>& f, point_of<K> const& p) {
    auto* at = f.kept[B] + buffer_offset<K, B>(f, p);
    for_batches<K::active>([&](auto v) SINTER_INLINE_LAMBDA {
        auto const x = fresh_value<K, N, L>(f, p, v);
        if (K::is_dense || f.valid == K::tile) simd::store_as(at + v * K::width, x);
        else simd::store_first_as(at + v * K::width, x, valid_lanes<K>(f, v));
    });
}

/// Whether a buffer has lanes of a leaf for which a loop of its own is made where they are neighbours: what may lie outside of its
/// operand, and what is copied again for each block of rows. Elsewhere it is not worth the code.
template <class K, int N, int B, int L>
constexpr bool copies_lanes() {
    auto const& x = K::program.graph.nodes[N];
    constexpr int around = K::loop(L).parent;
    bool const again = around >= 0 && K::loop(around < 0 ? L : around).how == ir::loop::style::block;
    return x.is_leaf() && x.from == ir::source::operand && (x.is_checked() || again) && !x.jumps() && K::program.buffer[B].vector && !K::is_own;
}

/// Copies whole tiles of lanes that are neighbours.
template <class K, int N, int B, int L>
SINTER_INLINE void copy_whole_lanes(frame_of<K>& f, point_of<K> p) {
    for_each_kept<K, B, L>(f, p, [&]() SINTER_INLINE_LAMBDA {
        auto* at = f.kept[B] + buffer_offset<K, B>(f, p);
        auto const* from = element_of<K, N>(f, p);
        fetch_ahead<K, N, B>(f, p);
        for (int v = 0; v < K::active; ++v) simd::store(at + v * K::width, simd::load_as<typename K::value>(from + v * K::width));
    });
}

/// Computes a node for all that its buffer keeps.
template <class K, int S>
SINTER_INLINE void keep(frame_of<K>& f) {
    constexpr auto s = K::step(S);
    constexpr int B = s.buffer, L = s.home, N = s.target;
    constexpr auto b = K::buffer(B);
    point_of<K> p = f.here;
    if constexpr (!b.vector && K::loop(L).lane >= 0 && ir::has(b.spanned(), K::loop(L).lane)) return keep_in_row<K, B, N, L>(f, p);
    if constexpr (may_lend_lanes<K, B>() && K::loop(L).lane >= 0)
        if (lend_lanes<K, N, B, L>(f, p)) return;
    if constexpr (can_be_transposed<K, N, B>()) {
        if (b.rank == 1 && stride<K, N, b.axis[0]>(f) == 1 && stride<K, N, K::loop(L).lane>(f) != 1) return transpose_leaf<K, N, B, L>(f, p);
    }
    if constexpr (may_be_lent<K, B>()) return lend_leaf<K, N, B, L>(f, p);
    else if constexpr (K::node(N).is_leaf() && K::node(N).from == ir::source::operand && !K::node(N).is_checked() && !b.vector &&
                       b.rank > 0 && !K::node(N).jumps_along(b.last_axis()))
        return copy_leaf<K, N, B, L>(f, p);
    if constexpr (copies_lanes<K, N, B, L>()) {
        if (is_inside_throughout<K, N, B, L>(f, p)) return copy_whole_lanes<K, N, B, L>(f, p);
        if constexpr (K::node(N).is_checked())
            if (stride<K, N, K::loop(L).lane>(f) == 1)
                return for_each_kept<K, B, L>(f, p, [&]() SINTER_INLINE_LAMBDA { copy_inside<K, N, L>(f, p, f.kept[B] + buffer_offset<K, B>(f, p)); });
    }
    for_each_kept<K, B, L>(f, p, [&]() SINTER_INLINE_LAMBDA {
        auto* at = f.kept[B] + buffer_offset<K, B>(f, p);
        if constexpr (K::loop(L).lane < 0) {
            *at = fresh_value<K, N, L>(f, p, 0);
        } else if constexpr (b.vector) {
            fetch_ahead<K, N, B>(f, p);
            for (int v = 0; v < K::active; ++v) simd::store(at + v * K::width, fresh_value<K, N, L>(f, p, v));
        } else {
            alignas(64) typename K::value all[K::width];
            simd::store(all, fresh_value<K, N, L>(f, p, 0));
            *at = all[0];
        }
    });
}

}  // namespace SINTER_SIMD_ARCH
}  // namespace sinter::lower
