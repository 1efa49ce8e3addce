// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/lower/sweep.hpp>

/// Values that leave the registers: into buffers and into the result.
namespace sinter::lower {
inline namespace SINTER_SIMD_ARCH {

/// The result: where it lies. Strides count elements.
template <class T, int R>
struct target {
    T* data = nullptr;
    std::ptrdiff_t stride[R > 0 ? R : 1] = {};
    static constexpr int rank = R;
};

/// Result number I of an evaluation that has one, or several.
template <int I, class T, int R>
SINTER_INLINE target<T, R> const& result_of(target<T, R> const& only) { return only; }
template <int I, class... T>
SINTER_INLINE auto const& result_of(boost::hana::basic_tuple<T...> const& all) { return boost::hana::at_c<I>(all); }

/// Whether the last axis that a buffer keeps of a leaf is contiguous, while its lanes need not be: what can be transposed.
template <class K, int N, int B>
constexpr bool can_be_transposed() {
    auto const& x = K::program.graph.nodes[N];
    auto const& b = K::program.buffer[B];
    if (!x.is_leaf() || x.from != ir::source::operand || !b.vector || b.rank == 0 || x.rank == 0) return false;
    return !x.is_checked() && !x.jumps() && x.lies_along(b.axis[b.rank - 1]);
}

/// A block of a leaf, transposed so that the lanes lie together.  (lanes, q) → (q, lanes)
template <class K, int N, int B, int L>
SINTER_INLINE void transpose_leaf(frame_of<K>& f, point_of<K> p) {
    constexpr auto b = K::buffer(B);
    constexpr int a = b.axis[b.rank - 1];
    auto const step = stride<K, N, K::loop(L).lane>(f);
    std::ptrdiff_t const from = b.within[b.rank - 1] >= 0 ? f.start[a] : 0;
    std::ptrdiff_t const n = b.within[b.rank - 1] >= 0 ? f.count[a] : f.extent[a];
    for (std::ptrdiff_t q = 0; q < n; q += K::width) {
        int const columns = n - q < K::width ? static_cast<int>(n - q) : K::width;
        p.at[a] = from + q;
        auto const* in = element_of<K, N>(f, p);
        auto* out = f.kept[B] + buffer_offset<K, B>(f, p);
        for (int v = 0; v < K::active; ++v)
            simd::transpose<typename K::value>(in + v * K::width * step, step, out + v * K::width, std::ptrdiff_t{K::lanes}, valid_lanes<K>(f, v), columns);
    }
}

/// Indices of axis number I that a buffer keeps just now.
template <class K, int B, int I>
SINTER_INLINE range kept_range(frame_of<K> const& f) {
    constexpr int a = K::buffer(B).axis[I];
    if constexpr (K::buffer(B).within[I] >= 0) return {f.start[a], f.start[a] + f.count[a]};
    else return {0, f.extent[a]};
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
    std::ptrdiff_t last[4] = {};
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
        if (low < 0 || high >= f.limit[N][d]) return false;
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
    if constexpr (K::node(N).is_leaf() && K::node(N).from == ir::source::operand && !K::node(N).is_checked() && b.rank > 0)
        simd::fetch(element_of<K, N>(f, p), 12 * stride<K, N, b.axis[b.rank - 1]>(f));
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

/// Whether a buffer has lanes of a leaf that are neighbours in its operand if its stride says so.
template <class K, int N, int B>
constexpr bool copies_lanes() {
    auto const& x = K::program.graph.nodes[N];
    return x.is_leaf() && x.from == ir::source::operand && !x.jumps() && K::program.buffer[B].vector && !K::is_own;
}

/// Copies whole tiles of lanes that are neighbours. Where rows lie pages apart, the processor does not foresee them.
template <class K, int N, int B, int L>
SINTER_INLINE void copy_whole_lanes(frame_of<K>& f, point_of<K> p) {
    constexpr auto b = K::buffer(B);
    for_each_kept<K, B, L>(f, p, [&]() SINTER_INLINE_LAMBDA {
        auto* at = f.kept[B] + buffer_offset<K, B>(f, p);
        auto const* from = element_of<K, N>(f, p);
        if constexpr (!K::node(N).is_checked() && b.rank > 0) simd::fetch(from, 12 * stride<K, N, b.axis[b.rank - 1]>(f));
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
                       b.rank > 0 && !K::node(N).jumps_along(b.axis[b.rank > 0 ? b.rank - 1 : 0]))
        return copy_leaf<K, N, B, L>(f, p);
    if constexpr (copies_lanes<K, N, B>()) {
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

/// The element of result number I at p.
template <class K, int I, class Out>
SINTER_INLINE auto* element(Out const& out, point_of<K> const& p) {
    auto* at = out.data;
    for (int d = 0; d < Out::rank; ++d)
        if (K::graph.result[I].out[d] >= 0) at += p.at[K::graph.result[I].out[d]] * out.stride[d];
    return at;
}

template <class K, int I>
constexpr int output_dimension(int axis) {
    for (int d = 0; d < K::graph.result[I].rank; ++d)
        if (axis >= 0 && K::graph.result[I].out[d] == axis) return d;
    return -1;
}

template <class U, class T>
SINTER_INLINE U converted(T x) {
    if constexpr (simd::own<T>) return simd::as_element<U>(x);
    else if constexpr (std::is_same_v<U, bool>) return x != T(0);
    else return static_cast<U>(x);
}

/// The values of a block, transposed on their way out: lanes lie apart in the result, the block together.
template <class K, int S, class Out>
SINTER_INLINE void store_transposed(frame_of<K>& f, Out const& out, point_of<K> p) {
    constexpr auto s = K::step(S);
    constexpr int L = s.home, a = K::loop(L).axis, lane = K::loop(L).lane;
    using T = typename K::value;
    auto const apart = out.stride[output_dimension<K, s.result>(lane)];
    auto const end = f.start[a] + f.count[a];
    alignas(64) T tile[K::width * K::lanes];
    for (std::ptrdiff_t q = f.start[a]; q < end; q += K::width) {
        int const rows = end - q < K::width ? static_cast<int>(end - q) : K::width;
        for (int r = 0; r < rows; ++r) {
            p.at[a] = q + r;
            for (int v = 0; v < K::active; ++v) simd::store(tile + r * K::lanes + v * K::width, value<K, s.target, L>(f, p, v));
        }
        p.at[a] = q;
        auto* to = element<K, s.result>(out, p);
        for (int v = 0; v < K::active; ++v)
            simd::transpose<T>(tile + v * K::width, std::ptrdiff_t{K::lanes}, to + v * K::width * apart, apart, rows, valid_lanes<K>(f, v));
    }
}

/// Whether a step stores places as integers: then no floating number is made of them on the way.
template <class K, int S, class Out>
constexpr bool stores_places() {
    constexpr auto s = K::step(S);
    return gives_places(K::node(s.target)) && std::is_integral_v<std::remove_pointer_t<decltype(Out::data)>>;
}

/// Places of a tile, one by one.
template <class K, int S, class Out>
SINTER_INLINE void store_places(frame_of<K>& f, Out const& out, point_of<K> const& p) {
    constexpr auto s = K::step(S);
    using U = std::remove_pointer_t<decltype(out.data)>;
    constexpr int kept = K::program.find(s.target, s.home);
    auto* to = element<K, s.result>(out, p);
    if constexpr (K::loop(s.home).lane < 0) {
        *to = static_cast<U>(place_number(from_buffer<K, kept, s.home>(f, p, 0)));
    } else {
        auto const apart = out.stride[output_dimension<K, s.result>(K::loop(s.home).lane)];
        for (int v = 0; v < K::active; ++v) {
            alignas(64) typename K::value lanes[K::width];
            simd::store(lanes, from_buffer<K, kept, s.home>(f, p, v));
            for (int i = 0; i < valid_lanes<K>(f, v); ++i) to[(v * K::width + i) * apart] = static_cast<U>(place_number(lanes[i]));
        }
    }
}

/// The lanes of the result at p. Where the tile is dense, so is the result (see `stores_dense`).
template <class K, int S, class Out>
SINTER_INLINE void store_lanes(frame_of<K>& f, Out const& out, point_of<K> const& p) {
    constexpr auto s = K::step(S);
    constexpr int L = s.home;
    if constexpr (stores_places<K, S, Out>()) return store_places<K, S>(f, out, p);
    auto* to = element<K, s.result>(out, p);
    if constexpr (K::is_dense) {
        for_batches<K::active>([&](auto v) SINTER_INLINE_LAMBDA { simd::store_as(to + v * K::width, value<K, s.target, L>(f, p, v)); });
    } else if constexpr (K::is_part) {
        simd::store_first_as(to, value<K, s.target, L>(f, p, 0), f.valid);
    } else {
        auto const apart = out.stride[output_dimension<K, s.result>(K::loop(L).lane)];
        bool const full = f.valid == K::tile;
        for (int v = 0; v < K::active; ++v) {
            auto const x = value<K, s.target, L>(f, p, v);
            if (apart == 1 && full) simd::store_as(to + v * K::width, x);
            else if (apart == 1) simd::store_first_as(to + v * K::width, x, valid_lanes<K>(f, v));
            else simd::store_strided_as(to + v * K::width * apart, apart, x, valid_lanes<K>(f, v));
        }
    }
}

/// Whether the elements of results that loop L stores are neighbours along its lanes.
template <class K, int L, class Out>
SINTER_INLINE bool stores_dense(Out const& out) {
    bool dense = true;
    [&]<std::size_t... S>(std::index_sequence<S...>) SINTER_INLINE_LAMBDA {
        [[maybe_unused]] auto const one = [&]<int I>() SINTER_INLINE_LAMBDA {
            constexpr auto s = K::step(I);
            if constexpr (s.what == ir::step::action::store && K::program.inside(s.home, L)) {
                auto const& result = result_of<s.result>(out);
                dense = dense && result.stride[output_dimension<K, s.result>(K::loop(L).lane)] == 1;
            }
        };
        (one.template operator()<static_cast<int>(S)>(), ...);
    }(std::make_index_sequence<static_cast<std::size_t>(K::program.steps)>{});
    return dense;
}

template <class K, int S, class Out>
SINTER_INLINE void store(frame_of<K>& f, Out const& out) {
    constexpr auto s = K::step(S);
    constexpr auto l = K::loop(s.home);
    using U = std::remove_pointer_t<decltype(out.data)>;
    point_of<K> p = f.here;
    if constexpr (l.lane < 0 && stores_places<K, S, Out>()) {
        store_places<K, S>(f, out, p);
    } else if constexpr (l.lane < 0) {
        *element<K, s.result>(out, p) = converted<U>(value<K, s.target, s.home>(f, p, 0));
    } else if constexpr (l.how == ir::loop::style::block) {
        constexpr int d = output_dimension<K, s.result>(l.axis), lane = output_dimension<K, s.result>(l.lane);
        if constexpr (!stores_places<K, S, Out>())
            if (out.stride[d] == 1 && out.stride[lane] != 1) return store_transposed<K, S>(f, out, p);
        for (p.at[l.axis] = f.start[l.axis]; p.at[l.axis] < f.start[l.axis] + f.count[l.axis]; ++p.at[l.axis])
            store_lanes<K, S>(f, out, p);
    } else {
        store_lanes<K, S>(f, out, p);
    }
}

}  // namespace SINTER_SIMD_ARCH
}  // namespace sinter::lower
