// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/lower/outside.hpp>

/// Coordinates that are no affine functions of the axes: divided ones, and those with a number that is looked up. Nothing
/// of them is in the strides of their leaf; they are computed at each point.
namespace sinter::lower {
inline namespace SINTER_SIMD_ARCH {

template <class K, int Leaf>
SINTER_INLINE bool is_inside_at(frame_of<K> const& f, point_of<K> const& p);

/// The number that lookup I finds at p; −1 outside of the operand in which it is looked up.
template <class K, int I>
SINTER_INLINE std::ptrdiff_t looked_up(frame_of<K> const& f, point_of<K> const& p) {
    constexpr auto l = K::program.graph.lookup[I];
    if constexpr (K::node(l.node).is_checked())
        if (!is_inside_at<K, l.node>(f, p)) return -1;
    auto const found = static_cast<std::ptrdiff_t>(*element_of<K, l.node>(f, p));
    return found < 0 ? found + static_cast<std::ptrdiff_t>(f.extents[l.extent]) : found;
}

/// What an affine sum becomes where it is divided; −1 where a rest is left.
constexpr std::ptrdiff_t quotient(std::ptrdiff_t at, std::ptrdiff_t by) { return at % by == 0 ? at / by : -1; }

/// Coordinate D of leaf N at p.
template <class K, int N, int D>
SINTER_INLINE std::ptrdiff_t coordinate_at(frame_of<K> const& f, point_of<K> const& p) {
    constexpr auto i = K::node(N).at[D];
    std::ptrdiff_t at = index_at<typename K::base>(i, f.extents, p);
    if constexpr (i.via >= 0) {
        if (is_broadcast(i.whole, f.extents)) return 0;
        std::ptrdiff_t const found = looked_up<K, i.via>(f, p);
        if (found < 0) return -1;
        at += i.via_step * found;
    }
    if constexpr (i.over >= 0) return quotient(at, static_cast<std::ptrdiff_t>(f.extents[i.over]));
    else return at;
}

/// Whether the coordinates of a leaf at p that may lie outside of its operand, or those of them that jump, lie inside;
/// coordinate `Without` aside.
template <class K, int Leaf, bool Jumping, int Without = -1>
SINTER_INLINE bool all_inside_at(frame_of<K> const& f, point_of<K> const& p) {
    constexpr auto x = K::node(Leaf);
    return [&]<std::size_t... D>(std::index_sequence<D...>) SINTER_INLINE_LAMBDA {
        return (... && (!x.at[D].checked || (Jumping && !x.at[D].jumps()) || static_cast<int>(D) == Without ||
                        static_cast<std::size_t>(coordinate_at<K, Leaf, static_cast<int>(D)>(f, p)) <
                            static_cast<std::size_t>(f.limit[Leaf][D])));
    }(std::make_index_sequence<static_cast<std::size_t>(x.rank)>{});
}
template <class K, int Leaf>
SINTER_INLINE bool is_inside_at(frame_of<K> const& f, point_of<K> const& p) { return all_inside_at<K, Leaf, false>(f, p); }

/// How far the coordinates of a leaf that jump move its element, but for coordinate `Without`.
template <class K, int Leaf, int Without>
SINTER_INLINE std::ptrdiff_t jump_of(frame_of<K> const& f, point_of<K> const& p) {
    constexpr auto x = K::node(Leaf);
    return [&]<std::size_t... D>(std::index_sequence<D...>) SINTER_INLINE_LAMBDA {
        auto const along = [&]<int I>() SINTER_INLINE_LAMBDA {
            if constexpr (x.at[I].jumps() && I != Without) return coordinate_at<K, Leaf, I>(f, p) * f.apart(Leaf, I);
            else return std::ptrdiff_t{0};
        };
        return (std::ptrdiff_t{0} + ... + along.template operator()<static_cast<int>(D)>());
    }(std::make_index_sequence<static_cast<std::size_t>(x.rank)>{});
}

/// Lanes of a leaf of which only coordinate D depends on the lane, with what it jumps by counted on from lane to lane.
template <class K, int Leaf, int D, class T>
SINTER_INLINE void read_along(frame<K> const& f, point<K> const& p, int lane, std::ptrdiff_t n, T* to) {
    constexpr auto i = K::node(Leaf).at[D];
    auto const* const from = affine_element_of<K, Leaf>(f, p) + jump_of<K, Leaf, D>(f, p);
    std::ptrdiff_t const apart = f.apart(Leaf, D), step = step_along(i, lane, f.extents), limit = i.checked ? f.limit[K::checks ? Leaf : 0][D] : 0;
    std::ptrdiff_t at = index_at(i, f.extents, p);
    if constexpr (i.via >= 0) {
        constexpr auto l = K::program.graph.lookup[i.via];
        auto const* places = element_of<K, l.node>(f, p);
        std::ptrdiff_t const next = f.stride[l.node][lane], end = static_cast<std::ptrdiff_t>(f.extents[l.extent]);
        for (std::ptrdiff_t k = 0; k < n; ++k, at += step, places += next) {
            auto const found = static_cast<std::ptrdiff_t>(*places);
            std::ptrdiff_t const place = at + i.via_step * (found < 0 ? found + end : found);
            if constexpr (i.checked) to[k] = 0 <= place && place < limit ? static_cast<T>(from[place * apart]) : T(0);
            else to[k] = static_cast<T>(from[place * apart]);
        }
    } else {
        auto const by = static_cast<std::ptrdiff_t>(f.extents[i.over]);
        std::ptrdiff_t const more = step < 0 ? (step - by + 1) / by : step / by, left = step - more * by;
        std::ptrdiff_t place = at < 0 ? (at - by + 1) / by : at / by, rest = at - place * by;
        for (std::ptrdiff_t k = 0; k < n; ++k) {
            to[k] = rest == 0 && 0 <= place && place < limit ? static_cast<T>(from[place * apart]) : T(0);
            place += more;
            rest += left;
            if (rest >= by) rest -= by, ++place;
        }
    }
}

/// Whether coordinate D of a leaf can be counted on from lane to lane, if it is the only one that depends on them.
template <class K, int Leaf, int D>
inline constexpr bool counts_on = [] {
    constexpr auto i = K::node(Leaf).at[D];
    if (!i.jumps() || i.per >= 0 || i.second.per >= 0 || i.whole >= 0 || (i.via >= 0 && i.over >= 0)) return false;
    if (i.via < 0) return true;
    auto const places = K::node(K::program.graph.lookup[i.via < 0 ? 0 : i.via].node);
    return !places.jumps() && !places.is_checked();
}();

/// n lanes of a leaf that jumps along them, from lane `first` on; what lies outside is 0.
template <class K, int Leaf, class T>
[[gnu::noinline]] void read_lanes(frame<K> const& f, point<K> p, int lane, std::ptrdiff_t first, std::ptrdiff_t n, T* to) {
    constexpr auto x = K::node(Leaf);
    p.at[lane] += first;
    int depend = 0, only = -1;
    for (int d = 0; d < x.rank; ++d)
        if (ir::has(axes_of(x.at[d]), lane)) ++depend, only = d;
    bool done = false;
    [&]<std::size_t... D>(std::index_sequence<D...>) {
        auto const try_along = [&]<int I>() {
            if constexpr (counts_on<K, Leaf, I>)
                if (depend == 1 && only == I) {
                    done = true;
                    if (all_inside_at<K, Leaf, false, I>(f, p)) read_along<K, Leaf, I>(f, p, lane, n, to);
                    else for (std::ptrdiff_t i = 0; i < n; ++i) to[i] = T(0);
                }
        };
        (try_along.template operator()<static_cast<int>(D)>(), ...);
    }(std::make_index_sequence<static_cast<std::size_t>(x.rank)>{});
    for (std::ptrdiff_t i = 0; i < n && !done; ++i, ++p.at[lane])
        to[i] = is_inside_at<K, Leaf>(f, p) ? static_cast<T>(*element_of<K, Leaf>(f, p)) : T(0);
}

}  // namespace SINTER_SIMD_ARCH
}  // namespace sinter::lower
