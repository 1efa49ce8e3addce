// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/lower/buffers.hpp>
#include <sinter/lower/places.hpp>
#include <sinter/lower/stage.hpp>

/// The values of leaves and of nodes that are kept, in registers: from memory, from buffers, from indices.
/// L is the loop in which this happens; V the type of a value there, a batch where the loop has lanes, else a number.
/// v counts the batches of a tile.
namespace sinter::lower {
inline namespace SINTER_SIMD_ARCH {

template <class K, int L>
using value_in = std::conditional_t<(K::loop(L).lane >= 0), simd::batch<typename K::value>, typename K::value>;

/// An integer as a number to compute with.
template <class T, class I>
SINTER_INLINE constexpr T number_from(I i) {
    if constexpr (own_scalar<T>) return simd::own_number<T>(i);
    else return static_cast<T>(i);
}

/// Where batch v of a tile begins.
template <class K, int L>
SINTER_INLINE point_of<K> batch_point(point_of<K> p, int v) {
    if constexpr (K::loop(L).lane >= 0) p.at[K::loop(L).lane] += v * K::width;
    return p;
}

template <class K, int L>
SINTER_INLINE value_in<K, L> constant(typename K::value x) {
    return value_in<K, L>(x);
}

/// Lanes that exist from memory at any distance; 0 broadcasts. Out of line, since it is rare and each leaf would repeat it.
template <class T, class U>
[[gnu::noinline]] simd::batch<T> load_scattered(U const* at, std::ptrdiff_t stride, int n) {
    if (n == 0) return simd::batch<T>(T(0));
    if (stride == 0) return simd::batch<T>(static_cast<T>(*at));
    if (stride == 1) return simd::load_first_as<T>(at, n);
    return simd::load_strided_as<T>(at, stride, n);
}

/// Lanes that exist, of batch v.
template <class K>
SINTER_INLINE int valid_lanes(frame_of<K> const& f, int v) {
    int const n = f.valid - v * K::width;
    return n < 0 ? 0 : n > K::width ? K::width : n;
}

/// Lanes that exist of a leaf, of batch v, which begins at `at`.
template <class K, int Leaf, int Lane>
SINTER_INLINE simd::batch<typename K::value> load_valid(frame_of<K> const& f, leaf_type<K, Leaf> const* at, int v) {
    using T = typename K::value;
    if constexpr (K::static_extent(Lane) != dyn && K::static_stride(Leaf, Lane) == 1) return simd::load_first_as<T>(at, valid_lanes<K>(f, v));
    else return load_scattered<T>(at, stride<K, Leaf, Lane>(f), valid_lanes<K>(f, v));
}

/// What was kept one number at a time for all indices of the axis that is now in lanes.
template <class K, int B, int L>
SINTER_INLINE value_in<K, L> along_lanes(frame_of<K> const& f, typename K::value const* at, int v) {
    std::ptrdiff_t const step = buffer_step<K, B, buffer_dimension<K, B>(K::loop(L).lane)>(f);
    at += v * K::width * step;
    if (step == 1 && (K::is_dense || f.valid == K::tile)) return simd::load_as<typename K::value>(at);
    return load_scattered<typename K::value>(at, step, valid_lanes<K>(f, v));
}

/// Where the number lies that a buffer has at p, or that the operand has which is lent in its place.
template <class K, int B>
SINTER_INLINE auto const* number_at(frame_of<K> const& f, point_of<K> const& p) {
    if constexpr (may_be_lent<K, B>()) {
        constexpr auto b = K::buffer(B);
        constexpr int row = b.axis[0], column = b.axis[1];
        std::ptrdiff_t const i = b.within[0] >= 0 ? p.at[row] - f.start[row] : p.at[row];
        std::ptrdiff_t const j = b.within[1] >= 0 ? p.at[column] - f.start[column] : p.at[column];
        return f.lent[B] + (i * f.lent_step[B][0] + j * f.lent_step[B][1]);
    } else {
        return f.kept[B] + buffer_offset<K, B>(f, p);
    }
}

template <class K, int B, int L>
SINTER_INLINE value_in<K, L> from_buffer(frame_of<K> const& f, point_of<K> const& p, int v) {
    if constexpr (may_be_lent<K, B>()) return constant<K, L>(*number_at<K, B>(f, p));
    constexpr auto b = K::buffer(B);
    typename K::value const* at = may_lend_lanes<K, B>() ? f.lent[B] : f.kept[B];
    at += buffer_offset<K, B>(f, p);
    if constexpr (b.vector) return simd::load(at + v * K::width);
    else if constexpr (K::loop(L).lane >= 0 && ir::has(b.spanned(), K::loop(L).lane)) return along_lanes<K, B, L>(f, at, v);
    else return constant<K, L>(*at);
}

/// The same, where the place has to be found as well: formulas without contractions come here only for their last tile
/// and for operands that do not lie as the lanes do.
template <class U, class K>
[[gnu::noinline]] simd::batch<typename K::value> load_slowly(frame<K> const& f, point<K> const& p, ir::vertex const& x, int leaf,
                                                             int lane, int v) {
    auto const* at = static_cast<U const*>(f.base[leaf]) + offset_of(x, p.at, f.stride[leaf], K::graph.axes_size);
    std::ptrdiff_t const s = f.stride[leaf][lane];
    return load_scattered<typename K::value>(at + v * K::width * s, s, valid_lanes<K>(f, v));
}

/// Lanes of an operand that is 0 outside of its extents.
template <class K, int Leaf, int Lane>
[[gnu::noinline]] simd::batch<typename K::value> load_checked(frame<K> const& f, point<K> const& p, int v) {
    using T = typename K::value;
    std::ptrdiff_t const first = v * K::width;
    if constexpr (K::node(Leaf).jumps())
        if (!all_inside_at<K, Leaf, true>(f, p)) return simd::batch<T>(T(0));
    auto const in = inside_lanes<K, Leaf, Lane>(f, p, first, valid_lanes<K>(f, v));
    if (in.from == in.to) return simd::batch<T>(T(0));
    auto const* at = element_of<K, Leaf>(f, p);
    std::ptrdiff_t const s = stride<K, Leaf, Lane>(f);
    if (in.from == 0 && s != 0) return load_scattered<T>(at + first * s, s, static_cast<int>(in.to));   // 0 fills all lanes
    alignas(64) T l[K::width] = {};
    for (std::ptrdiff_t i = in.from; i < in.to; ++i) l[i] = static_cast<T>(at[(first + i) * s]);
    return simd::load(l);
}

/// Whether the lanes [first, first + n) of a leaf all lie inside of its operand; lane −1: none varies. Inlined, since inner
/// tiles ask and are told yes.
template <class K, int Leaf>
SINTER_INLINE bool is_inside(frame_of<K> const& f, point_of<K> const& p, int lane = -1, std::ptrdiff_t first = 0,
                             std::ptrdiff_t n = 1) {
    constexpr auto x = K::node(Leaf);
    if constexpr (x.jumps())
        if (!all_inside_at<K, Leaf, true>(f, p)) return false;
    return [&]<std::size_t... D>(std::index_sequence<D...>) SINTER_INLINE_LAMBDA {
        auto const fits = [&](std::ptrdiff_t at, std::ptrdiff_t step, std::ptrdiff_t limit) SINTER_INLINE_LAMBDA {
            std::ptrdiff_t const a = at + first * step, b = a + (n - 1) * step;
            return static_cast<std::size_t>(a) < static_cast<std::size_t>(limit) &&
                   static_cast<std::size_t>(b) < static_cast<std::size_t>(limit);
        };
        return (... && (!x.at[D].checked || x.at[D].jumps() || fits(index_at<typename K::base>(x.at[D], f.extents, p),
                                                 lane < 0 ? 0 : step_along(x.at[D], lane, f.extents), f.limit[Leaf][D])));
    }(std::make_index_sequence<static_cast<std::size_t>(x.rank)>{});
}

template <class K, int Leaf, int L>
SINTER_INLINE value_in<K, L> from_operand(frame_of<K> const& f, point_of<K> const& p, int v) {
    using T = typename K::value;
    constexpr int lane = K::loop(L).lane;
    constexpr bool is_checked = K::node(Leaf).is_checked();
    if constexpr (is_number<K>(Leaf)) {
        return constant<K, L>(f.number[Leaf]);
    } else if constexpr (lane < 0 || !K::varies_along(Leaf, lane)) {
        if constexpr (is_checked)
            if (!is_inside<K, Leaf>(f, p)) return constant<K, L>(T(0));
        return constant<K, L>(static_cast<T>(*element_of<K, Leaf>(f, p)));
    } else if constexpr (K::is_dense && is_checked && !is_checked_along<K, Leaf>(lane)) {
        return is_inside<K, Leaf>(f, p) ? simd::load_as<T>(element_of<K, Leaf>(f, p) + v * K::width) : simd::batch<T>(T(0));
    } else if constexpr (K::is_dense) {
        return simd::load_as<T>(element_of<K, Leaf>(f, p) + v * K::width);
    } else if constexpr (K::is_part) {
        return simd::load_first_as<T>(element_of<K, Leaf>(f, p), f.valid);
    } else if constexpr (K::flat) {
        return simd::load_as<T>(static_cast<leaf_type<K, Leaf> const*>(f.first_lane[Leaf]) + v * K::width);
    } else if constexpr (K::node(Leaf).jumps_along(lane)) {
        alignas(64) T l[K::width] = {};
        read_lanes<typename K::base, Leaf>(f, p, lane, v * K::width, valid_lanes<K>(f, v), l);
        return simd::load(l);
    } else if constexpr (is_checked && !is_checked_along<K, Leaf>(lane)) {
        if (!is_inside<K, Leaf>(f, p)) return simd::batch<T>(T(0));
        std::ptrdiff_t const s = stride<K, Leaf, lane>(f);
        auto const* at = element_of<K, Leaf>(f, p) + v * K::width * s;
        if (s == 1 && f.valid == K::tile) return simd::load_as<T>(at);
        return load_valid<K, Leaf, lane>(f, at, v);
    } else if constexpr (is_checked) {
        bool const whole = f.valid == K::tile && stride<K, Leaf, lane>(f) == 1;
        if (whole && is_inside<K, Leaf>(f, p, lane, v * K::width, K::width))
            return simd::load_as<T>(element_of<K, Leaf>(f, p) + v * K::width);
        return load_checked<typename K::base, Leaf, lane>(f, p, v);
    } else if constexpr (!K::contracts && !K::node(Leaf).jumps()) {
        static constexpr auto x = K::node(Leaf);
        return load_slowly<leaf_type<K, Leaf>, typename K::base>(f, p, x, Leaf, lane, v);
    } else {
        std::ptrdiff_t const s = stride<K, Leaf, lane>(f);
        auto const* at = element_of<K, Leaf>(f, p) + v * K::width * s;
        if (s == 1 && f.valid == K::tile) return simd::load_as<T>(at);
        return load_valid<K, Leaf, lane>(f, at, v);
    }
}

template <class K, int Leaf, int L>
SINTER_INLINE value_in<K, L> from_leaf(frame_of<K> const& f, point_of<K> const& p, int v) {
    using T = typename K::value;
    constexpr auto x = K::node(Leaf);
    if constexpr (x.from == ir::source::operand) {
        return from_operand<K, Leaf, L>(f, p, v);
    } else if constexpr (x.from == ir::source::constant) {
        return constant<K, L>(simd::number<T>(x.value));
    } else if constexpr (x.from == ir::source::extent) {
        return constant<K, L>(number_from<T>(f.extents[x.slot]));
    } else if constexpr (x.from == ir::source::previous) {
        return from_buffer<K, K::program.find_previous(x.arg[0], L), L>(f, p, v);
    } else if constexpr (K::is_own) {
        return constant<K, L>(number_from<T>(coordinate_at<K, Leaf, 0>(f, batch_point<K, L>(p, v))));
    } else {
        constexpr auto i = x.at[0];
        constexpr int lane = K::loop(L).lane;
        std::ptrdiff_t const at = coordinate_at<K, Leaf, 0>(f, p);
        if constexpr (i.jumps() && lane >= 0 && ir::has(x.axes, lane)) {
            alignas(64) T l[K::width] = {};
            point_of<K> q = p;
            q.at[lane] += v * K::width;
            for (int n = 0; n < valid_lanes<K>(f, v); ++n, ++q.at[lane]) l[n] = static_cast<T>(coordinate_at<K, Leaf, 0>(f, q));
            return simd::load(l);
        } else if constexpr (lane >= 0 && ir::has(x.axes, lane)) {
            std::ptrdiff_t const step = step_along(i, lane, f.extents);
            return constant<K, L>(static_cast<T>(at + step * v * K::width)) +
                   simd::iota<T>() * constant<K, L>(static_cast<T>(step));
        } else {
            return constant<K, L>(static_cast<T>(at));
        }
    }
}

/// A place that is kept as an integer.
template <class K, int B>
SINTER_INLINE std::int64_t kept_place(frame_of<K> const& f, point_of<K> const& p, int v) {
    return kept_in<K, B>(f)[buffer_offset<K, B>(f, p) + (K::buffer(B).vector ? v * K::width : 0)];
}

/// The value of a node that is kept.
template <class K, int N, int L>
SINTER_INLINE value_in<K, L> from_place(frame_of<K> const& f, point_of<K> const& p, int v) {
    constexpr int kept = K::program.find(N, L);
    if constexpr (gives_places(K::node(N)) && K::is_own) return simd::own_number<typename K::value>(kept_place<K, kept>(f, p, v));
    else if constexpr (gives_places(K::node(N))) return places_as_numbers<typename K::value>(from_buffer<K, kept, L>(f, p, v));
    else return from_buffer<K, kept, L>(f, p, v);
}

}  // namespace SINTER_SIMD_ARCH
}  // namespace sinter::lower
