// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/lower/accumulate.hpp>

/// Reductions that keep the K largest in order, each with its place. The K values and the K places lie in buffers, one
/// number each or one for each lane; an element that is too small for all of them costs one comparison.
namespace sinter::lower {
inline namespace SINTER_SIMD_ARCH {

/// How many are kept.
template <class K, int R>
inline constexpr int kept_count = static_cast<int>(K::static_extent(K::node(R).order_axis()));

/// Where one list of the largest lies: from one entry to the next are `step` numbers. An entry whose place is `empty`, the
/// number of all elements, holds nothing.
template <class T>
struct top_list {
    T* value;
    place_of<T>* place;
    std::ptrdiff_t step;
    place_of<T> empty;
};

template <class V, class T>
SINTER_INLINE V load_entry(T const* at) {
    if constexpr (std::is_same_v<V, T>) return *at;
    else return simd::load(at);
}
template <class V, class T>
SINTER_INLINE void store_entry(T* at, V const& x) {
    if constexpr (std::is_same_v<V, T>) *at = x;
    else simd::store(at, x);
}

/// Whether x stands before an entry that came earlier: NaN before numbers, larger ones before smaller ones.
template <class V>
SINTER_INLINE auto stands_before(V const& x, V const& value, place_of<V> const& place, place_of<V> const& empty) {
    auto const nan = simd::mask_and(simd::compare<ir::op::not_equal>(x, x), simd::compare<ir::op::equal>(value, value));
    auto const larger = simd::mask_or(simd::compare<ir::op::greater>(x, value), nan);
    return simd::mask_or(larger, simd::compare<ir::op::equal>(place, empty));
}

/// Puts x, which stands at place i, after all that is not smaller: what stands behind moves on by one.
template <int N, class V, class T>
SINTER_INLINE void insert(top_list<T> const& list, V x, place_of<V> i) {
    using P = place_of<V>;
    P const empty(list.empty);
    auto takes = stands_before(x, load_entry<V>(list.value), load_entry<P>(list.place), empty);
    for (int q = 0; q < N; ++q) {
        T* const value = list.value + q * list.step;
        place_of<T>* const place = list.place + q * list.step;
        V const v = load_entry<V>(value);
        P const at = load_entry<P>(place);
        if (q > 0) takes = simd::mask_or(takes, stands_before(x, v, at, empty));
        store_entry(value, simd::select(takes, x, v));
        store_entry(place, simd::select(takes, i, at));
        x = simd::select(takes, v, x);
        i = simd::select(takes, at, i);
    }
}

/// Meets the next element of each lane.
template <int N, class V, class T>
SINTER_INLINE void meet_top(top_list<T> const& list, V const& x, place_of<T> place) {
    // Not smaller than the last entry, or not comparable to it.
    auto const smaller = simd::compare<ir::op::less>(x, load_entry<V>(list.value + (N - 1) * list.step));
    if (simd::any(simd::mask_not(smaller))) insert<N>(list, x, place_of<V>(place));
}

/// The same in any order of elements: equal ones are ordered by their places.
template <int N, class T>
constexpr void merge_top(top_list<T> const& list, T x, place_of<T> i) {
    for (int q = 0; q < N; ++q) {
        T& v = list.value[q * list.step];
        place_of<T>& at = list.place[q * list.step];
        bool const mine = simd::differs(x, x), its = simd::differs(v, v);
        bool const equal = (mine && its) || simd::compare<ir::op::equal>(x, v);
        if (at != list.empty && !(mine && !its) && !(!its && simd::compare<ir::op::greater>(x, v)) && !(equal && i < at)) continue;
        T const former = v;
        place_of<T> const place = at;
        v = x;
        at = i;
        x = former;
        i = place;
        if (i == list.empty) return;
    }
}

/// The list of a step at p, which names the other axes.
template <class K, int S>
SINTER_INLINE top_list<typename K::value> list_at(frame_of<K> const& f, point_of<K> p) {
    constexpr auto s = K::step(S);
    constexpr auto x = K::node(s.target);
    constexpr int order = x.order_axis();
    constexpr bool has_places = x.combine == ir::monoid::top_places;
    constexpr int values = has_places ? K::program.find(x.arg[1], s.home) : s.buffer;
    constexpr int places = has_places ? s.buffer : K::program.find_places(s.target);
    p.at[order] = 0;
    auto const first = buffer_offset<K, s.buffer>(f, p);
    p.at[order] = 1;
    return {f.kept[values] + first, kept_in<K, places>(f) + first, buffer_offset<K, s.buffer>(f, p) - first,
            place_code<typename K::value>(f.extent[x.axis])};
}

/// Calls f with each list of a step, and the point where it stands.
template <class K, int S, int I = 0, class F>
SINTER_INLINE void for_each_list(frame_of<K> const& f, point_of<K>& p, F const& do_it) {
    constexpr auto s = K::step(S);
    constexpr auto b = K::buffer(s.buffer);
    if constexpr (I == b.rank) {
        do_it();
    } else if constexpr (K::fixed(b.axis[I], s.home) || b.axis[I] == K::node(s.target).order_axis()) {
        for_each_list<K, S, I + 1>(f, p, do_it);
    } else {
        constexpr int a = b.axis[I];
        std::ptrdiff_t const from = b.within[I] >= 0 ? f.start[a] : 0, n = b.within[I] >= 0 ? f.count[a] : extent_of<K, a>(f);
        for (p.at[a] = from; p.at[a] < from + n; ++p.at[a]) for_each_list<K, S, I + 1>(f, p, do_it);
    }
}

/// Empties the lists of a step.
template <class K, int S>
SINTER_INLINE void begin_top(frame_of<K>& f) {
    constexpr auto s = K::step(S);
    using T = typename K::value;
    point_of<K> p = f.here;
    for_each_list<K, S>(f, p, [&]() SINTER_INLINE_LAMBDA {
        auto const list = list_at<K, S>(f, p);
        constexpr int n = K::buffer(s.buffer).vector ? K::lanes : 1;
        for (int q = 0; q < kept_count<K, s.target>; ++q)
            for (int i = 0; i < n; ++i) {
                list.value[q * list.step + i] = simd::identity<ir::monoid::maximum, T>();
                list.place[q * list.step + i] = list.empty;
            }
    });
}

/// The block of the loop, or one element where nothing is in lanes.
template <class K, int S>
SINTER_INLINE void accumulate_top(frame_of<K>& f, point_of<K> p) {
    constexpr auto s = K::step(S);
    constexpr auto x = K::node(s.target);
    using T = typename K::value;
    constexpr int n = kept_count<K, s.target>;
    for_each_list<K, S>(f, p, [&]() SINTER_INLINE_LAMBDA {
        auto const list = list_at<K, S>(f, p);
        if constexpr (K::loop(s.home).lane < 0) {
            meet_top<n>(list, value<K, x.arg[0], s.home>(f, p, 0), place_code<T>(p.at[x.axis]));
        } else {
            auto const range = reduced_range<K, S>(f);
            for (p.at[x.axis] = range.from; p.at[x.axis] < range.to; ++p.at[x.axis])
                for (int v = 0; v < K::active; ++v) {
                    top_list<T> const mine{list.value + v * K::width, list.place + v * K::width, list.step, list.empty};
                    meet_top<n>(mine, value<K, x.arg[0], s.home>(f, p, v), place_code<T>(p.at[x.axis]));
                }
        }
    });
}

/// A tile of lanes along the reduced axis itself: the elements that are large enough, one by one.
template <class K, int S>
SINTER_INLINE void accumulate_top_lanes(frame_of<K>& f, point_of<K> const& p) {
    constexpr auto s = K::step(S);
    constexpr auto x = K::node(s.target);
    using T = typename K::value;
    constexpr int n = kept_count<K, s.target>;
    auto const list = list_at<K, S>(f, p);
    T const* const last = list.value + (n - 1) * list.step;
    for (int v = 0; v < K::active; ++v) {
        auto const all = value<K, x.arg[0], s.home>(f, p, v);
        if (!simd::any(simd::mask_not(simd::compare<ir::op::less>(all, simd::batch<T>(*last))))) continue;
        alignas(64) T one[K::width];
        simd::store(one, all);
        int const exist = valid_lanes<K>(f, v);
        for (int i = 0; i < exist; ++i) meet_top<n>(list, one[i], place_code<T>(p.at[x.axis] + v * K::width + i));
    }
}

}  // namespace SINTER_SIMD_ARCH
}  // namespace sinter::lower
