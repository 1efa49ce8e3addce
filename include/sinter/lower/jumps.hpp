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

/// Whether the coordinates of a leaf at p that may lie outside of its operand, or those of them that jump, lie inside.
template <class K, int Leaf, bool Jumping>
SINTER_INLINE bool all_inside_at(frame_of<K> const& f, point_of<K> const& p) {
    constexpr auto x = K::node(Leaf);
    return [&]<std::size_t... D>(std::index_sequence<D...>) SINTER_INLINE_LAMBDA {
        return (... && (!x.at[D].checked || (Jumping && !x.at[D].jumps()) ||
                        static_cast<std::size_t>(coordinate_at<K, Leaf, static_cast<int>(D)>(f, p)) <
                            static_cast<std::size_t>(f.limit[Leaf][D])));
    }(std::make_index_sequence<static_cast<std::size_t>(x.rank)>{});
}
template <class K, int Leaf>
SINTER_INLINE bool is_inside_at(frame_of<K> const& f, point_of<K> const& p) { return all_inside_at<K, Leaf, false>(f, p); }

/// How far the coordinates of a leaf that jump move its element.
template <class K, int Leaf>
SINTER_INLINE std::ptrdiff_t jump_of(frame_of<K> const& f, point_of<K> const& p) {
    constexpr auto x = K::node(Leaf);
    return [&]<std::size_t... D>(std::index_sequence<D...>) SINTER_INLINE_LAMBDA {
        auto const along = [&]<int I>() SINTER_INLINE_LAMBDA {
            if constexpr (x.at[I].jumps()) return coordinate_at<K, Leaf, I>(f, p) * f.apart[Leaf][I];
            else return std::ptrdiff_t{0};
        };
        return (std::ptrdiff_t{0} + ... + along.template operator()<static_cast<int>(D)>());
    }(std::make_index_sequence<static_cast<std::size_t>(x.rank)>{});
}

/// n lanes of a leaf that jumps along them, from lane `first` on, one after the other; what lies outside is 0.
template <class K, int Leaf, class T>
[[gnu::noinline]] void read_lanes(frame<K> const& f, point<K> p, int lane, std::ptrdiff_t first, std::ptrdiff_t n, T* to) {
    p.at[lane] += first;
    for (std::ptrdiff_t i = 0; i < n; ++i, ++p.at[lane])
        to[i] = is_inside_at<K, Leaf>(f, p) ? static_cast<T>(*element_of<K, Leaf>(f, p)) : T(0);
}

}  // namespace SINTER_SIMD_ARCH
}  // namespace sinter::lower
