// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/lower/top.hpp>

/// Reductions one index, or one tile of lanes, at a time; the beginning and the end of a sweep.
namespace sinter::lower {
inline namespace SINTER_SIMD_ARCH {

template <class K>
constexpr bool in_own_lanes(int loop) {
    return K::program.loop[loop].how == ir::loop::style::lanes && K::program.loop[loop].reduces;
}

/// Whether a step in lanes of its own takes in a row of values, each of which is one number at the end.
template <class K, int S>
inline constexpr bool takes_rows = [] {
    auto const& t = K::program.step[S];
    auto const& b = K::program.buffer[t.buffer];
    bool row = false;
    for (int i = 0; i < b.rank; ++i) row = row || !K::fixed(b.axis[i], t.home);
    return row && in_own_lanes<K>(t.home);
}();

/// Calls `do_it.operator()<S>()` for each step S of loop L that does `What`.
template <class K, int L, ir::step::action What, class F>
SINTER_INLINE void for_each_step(F const& do_it) {
    [&]<std::size_t... S>(std::index_sequence<S...>) SINTER_INLINE_LAMBDA {
        [[maybe_unused]] auto const one = [&]<int I>() SINTER_INLINE_LAMBDA {
            if constexpr (K::step(I).home == L && K::step(I).what == What) do_it.template operator()<I>();
        };
        (one.template operator()<static_cast<int>(S)>(), ...);
    }(std::make_index_sequence<static_cast<std::size_t>(K::program.steps)>{});
}

/// Running values of a sweep whose own axis is in lanes: one partial result for each lane, merged at the end. Indexed by
/// constants only (see `for_batches`), so that they are registers.
template <class K, bool Used>
struct partials {};
template <class K>
struct partials<K, true> {
    using V = simd::batch<typename K::value>;
    static constexpr int steps = K::program.steps;
    V value[steps][K::vectors];
    place_of<V> place[steps][K::vectors];
};

/// The same of several rows, neighbours along Axis, that are summed together: what all of them read is read once.
template <class K, int Axis>
struct rows_of_partials {
    static constexpr int rows = 4, axis = Axis;
    partials<K, true> row[rows];
};
template <class Own> inline constexpr bool sums_rows = false;
template <class K, int Axis> inline constexpr bool sums_rows<rows_of_partials<K, Axis>> = true;

/// The loop inside of L whose sums are those of a row each, of cheap bodies, and the first thing that L does: several rows can be
/// summed together; −1: there is none.
template <class K>
constexpr int loop_of_row_sums(int L) {
    auto const& p = K::program;
    int found = -1;
    if (!K::flat || K::is_own || K::is_long || p.loop[L].how != ir::loop::style::each || 0 > p.loop[L].axis) return -1;
    for (int i = 0; i < p.steps; ++i) {
        auto const& t = p.step[i];
        if (t.home == L && found < 0) found = t.what == ir::step::action::run ? t.target : p.loops;
        else if (t.home == L && t.what == ir::step::action::run) return -1;
    }
    if (found < 0 || found == p.loops || !in_own_lanes<K>(found) || p.loop[found].masks() > 0 || p.loop[found].carries) return -1;
    for (int i = 0; i < p.steps; ++i) {
        auto const& t = p.step[i];
        if (t.home != found) continue;
        auto const& x = p.graph.nodes[t.target];
        bool const plain = t.what == ir::step::action::accumulate && x.combine != ir::monoid::argmin && x.combine != ir::monoid::argmax;
        if (!plain || x.order_axis() >= 0 || p.find_previous(t.target, found) >= 0 || !is_cheap<K>(t.body, found)) return -1;
    }
    return found;
}

/// Calls f for each point of the axes that a buffer keeps, but for those that loop L fixes.
template <class K, int B, int L, int I = 0, class F>
SINTER_INLINE void for_each_kept(frame_of<K> const& f, point_of<K>& p, F const& do_it) {
    constexpr auto b = K::buffer(B);
    if constexpr (I == b.rank) {
        do_it();
    } else if constexpr (K::fixed(b.axis[I], L)) {
        for_each_kept<K, B, L, I + 1>(f, p, do_it);
    } else {
        constexpr int a = b.axis[I];
        std::ptrdiff_t const from = b.within[I] >= 0 ? f.start[a] : 0, n = b.within[I] >= 0 ? f.count[a] : extent_of<K, a>(f);
        for (p.at[a] = from; p.at[a] < from + n; ++p.at[a]) for_each_kept<K, B, L, I + 1>(f, p, do_it);
    }
}

/// Indices of a round of the blocks L over n of them.
template <class K, int L>
SINTER_INLINE std::ptrdiff_t length_of_rounds(std::ptrdiff_t n) {
    constexpr auto l = K::loop(L);
    if constexpr (l.about == 0 || l.about >= l.length) {
        return l.length;
    } else {
        std::ptrdiff_t const rounds = n > l.about ? (n + l.about / 2) / l.about : 1;
        std::ptrdiff_t const length = ((n + rounds - 1) / rounds + most_rows - 1) / most_rows * most_rows;
        return length < l.length ? length : l.length;     // there is no more room
    }
}

/// Whether the blocks of loop L are those of a sweep that goes on in each of them.
template <class K>
constexpr bool holds_resumed(int L) {
    for (int l = 0; l < K::program.loops; ++l)
        if (K::program.loop[l].resumes && K::program.loop[l].axis == K::program.loop[L].axis && l != L && K::program.inside(l, L)) return true;
    return false;
}

/// Goes on to the copies that another tile of a strip has of what is kept for each of them; strip −1: there are none.
template <class K, int Strip>
SINTER_INLINE void next_copies(frame_of<K>& f, int tiles) {
    [&]<std::size_t... B>(std::index_sequence<B...>) SINTER_INLINE_LAMBDA {
        [[maybe_unused]] auto const next = [&]<int I>() SINTER_INLINE_LAMBDA {
            if constexpr (Strip >= 0 && K::buffer(I).home == Strip) f.kept[I] += tiles * static_cast<std::ptrdiff_t>(buffer_size<K, I>(f.extents));
        };
        (next.template operator()<static_cast<int>(B)>(), ...);
    }(std::make_index_sequence<static_cast<std::size_t>(K::program.buffers)>{});
}

/// The state of a reduction before its first element.
template <class K, int S, class Own>
SINTER_INLINE void begin(frame_of<K>& f, [[maybe_unused]] Own& own) {
    constexpr auto s = K::step(S);
    constexpr auto home = K::loop(s.home);
    using C = combiner<K, s.target>;
    if constexpr (C::keeps_order) {
        begin_top<K, S>(f);
    } else if constexpr (in_own_lanes<K>(s.home) && !takes_rows<K, S>) {
        using V = simd::batch<typename K::value>;
        for_batches<K::vectors>([&](auto v) SINTER_INLINE_LAMBDA {
            own.value[S][v] = V(C::identity());
            if constexpr (C::finds_places) own.place[S][v] = place_of<V>(place_code<typename K::value>(extent_of<K, home.axis>(f)));
        });
    } else if constexpr (home.how != ir::loop::style::whole || C::finds_places) {
        point_of<K> p = f.here;
        constexpr int places = K::program.find_places(s.target);
        for_each_kept<K, s.buffer, s.home>(f, p, [&]() SINTER_INLINE_LAMBDA {
            constexpr int n = K::buffer(s.buffer).vector ? K::lanes : 1;
            auto* at = kept_in<K, s.buffer>(f) + buffer_offset<K, s.buffer>(f, p);
            for (int i = 0; i < n; ++i) {
                if constexpr (C::finds_places) at[i] = place_code<typename K::value>(0);
                else at[i] = C::identity();
            }
            if constexpr (C::finds_places) {
                auto* best = f.kept[places] + buffer_offset<K, places>(f, p);
                for (int i = 0; i < n; ++i) best[i] = C::identity();
            }
        });
    }
}

/// One element, all numbers.
template <class K, int S>
SINTER_INLINE void meet_number(frame_of<K>& f, point_of<K> const& p) {
    constexpr auto s = K::step(S);
    constexpr auto x = K::node(s.target);
    using C = combiner<K, s.target>;
    auto& at = kept_in<K, s.buffer>(f)[buffer_offset<K, s.buffer>(f, p)];
    if constexpr (C::finds_places) {
        constexpr int places = K::program.find_places(s.target);
        auto& best = f.kept[places][buffer_offset<K, places>(f, p)];
        extreme<typename K::value> e{best, at};
        e.template meet<x.combine>(value<K, s.body, s.home>(f, p, 0), place_code<typename K::value>(p.at[x.axis]));
        best = e.best;
        at = e.place;
    } else {
        at = C::template next<s.body, s.home>(f, p, 0, at);
    }
}

/// Which lanes of a partial tile exist, `lane` being their numbers.
template <class K, class V>
SINTER_INLINE auto exists([[maybe_unused]] frame_of<K> const& f, [[maybe_unused]] V const& lane) {
    if constexpr (K::is_own) return true;       // a tile of one number is whole
    else return simd::compare<ir::op::less>(lane, V(typename K::value(f.valid)));
}

/// A tile of lanes along the reduced axis itself. Lanes that do not exist meet the identity.
template <class K, int S, class Own>
SINTER_INLINE void meet_lanes(frame_of<K>& f, Own& own, point_of<K> const& p) {
    constexpr auto s = K::step(S);
    [[maybe_unused]] constexpr auto x = K::node(s.target);
    using C = combiner<K, s.target>;
    using T = typename K::value;
    using V = simd::batch<T>;
    bool const full = K::is_dense || f.valid == K::tile;
    for_batches<K::active>([&](auto v) SINTER_INLINE_LAMBDA {
        auto const lane = simd::iota<T>() + V(T(v * K::width));
        if constexpr (C::finds_places) {
            extreme<V> e{own.value[S][v], own.place[S][v]};
            V item = value<K, s.body, s.home>(f, p, v);
            if (!full) item = simd::select(exists<K>(f, lane), item, V(C::identity()));
            e.template meet<x.combine>(item, place_codes<T>(p.at[x.axis] + v * K::width));
            own.value[S][v] = e.best;
            own.place[S][v] = e.place;
        } else {
            auto const next = C::template next<s.body, s.home>(f, p, v, own.value[S][v]);
            if (full) own.value[S][v] = next;
            else own.value[S][v] = simd::select(exists<K>(f, lane), next, own.value[S][v]);
        }
    });
}

/// A tile of rows, whose lanes become one: a number for each element of a row.
template <class K, int S>
SINTER_INLINE void meet_rows(frame_of<K>& f, point_of<K> p) {
    constexpr auto s = K::step(S);
    using C = combiner<K, s.target>;
    using T = typename K::value;
    using V = simd::batch<T>;
    bool const full = f.valid == K::tile;
    for_each_kept<K, s.buffer, s.home>(f, p, [&]() SINTER_INLINE_LAMBDA {
        V all(C::identity());
        for_batches<K::active>([&](auto v) SINTER_INLINE_LAMBDA {
            V const next = C::template next<s.body, s.home>(f, p, v, all);
            if (full) all = next;
            else all = simd::select(exists<K>(f, simd::iota<T>() + V(T(v * K::width))), next, all);
        });
        auto const combined = [&](auto const& a, auto const& b) SINTER_INLINE_LAMBDA { return C::combine(f, a, b); };
        auto& at = kept_in<K, s.buffer>(f)[buffer_offset<K, s.buffer>(f, p)];
        at = combined(at, simd::horizontal(all, combined));
    });
}

/// A place per lane of a row: the body's place is where its extreme value stands.
template <class K, int S>
SINTER_INLINE void meet_places(frame_of<K>& f, point_of<K> p) {
    constexpr auto s = K::step(S);
    constexpr auto x = K::node(s.target);
    constexpr int places = K::program.find_places(s.target);
    using V = simd::batch<typename K::value>;
    auto const range = reduced_range<K, S>(f);
    for_each_kept<K, s.buffer, s.home>(f, p, [&]() SINTER_INLINE_LAMBDA {
        auto* at = kept_in<K, s.buffer>(f) + buffer_offset<K, s.buffer>(f, p);
        auto* best = f.kept[places] + buffer_offset<K, places>(f, p);
        extreme<V> e[K::active];
        for (int v = 0; v < K::active; ++v) e[v] = {load_entry<V>(best + v * K::width), load_entry<place_of<V>>(at + v * K::width)};
        for (p.at[x.axis] = range.from; p.at[x.axis] < range.to; ++p.at[x.axis])
            for (int v = 0; v < K::active; ++v)
                e[v].template meet<x.combine>(value<K, s.body, s.home>(f, p, v), place_of<V>(place_code<typename K::value>(p.at[x.axis])));
        for (int v = 0; v < K::active; ++v) {
            store_entry(best + v * K::width, e[v].best);
            store_entry(at + v * K::width, e[v].place);
        }
    });
}

/// Merges the partial results in batches: those of the first half with those of the second, and so on, so that few wait for others.
template <class K, int S, int Half, class Own>
SINTER_INLINE void merge_halves([[maybe_unused]] frame_of<K> const& f, [[maybe_unused]] Own& own) {
    if constexpr (Half > 0) {
        for_batches<Half>([&](auto v) SINTER_INLINE_LAMBDA {
            own.value[S][v] = combiner<K, K::step(S).target>::combine(f, own.value[S][v], own.value[S][v + Half]);
        });
        merge_halves<K, S, Half / 2>(f, own);
    }
}

/// What remains of a sweep in own lanes: one number.
template <class K, int S, class Own>
SINTER_INLINE void finish(frame_of<K>& f, Own& own) {
    constexpr auto s = K::step(S);
    constexpr auto x = K::node(s.target);
    using C = combiner<K, s.target>;
    using T = typename K::value;
    if constexpr (takes_rows<K, S>) return;
    auto& at = kept_in<K, s.buffer>(f)[buffer_offset<K, s.buffer>(f, f.here)];
    if constexpr (C::finds_places) {
        alignas(64) T best[K::lanes];
        alignas(64) place_of<T> place[K::lanes];
        for_batches<K::vectors>([&](auto v) SINTER_INLINE_LAMBDA {
            store_entry(best + v * K::width, own.value[S][v]);
            store_entry(place + v * K::width, own.place[S][v]);
        });
        extreme<T> e{best[0], place[0]};
        for (int i = 1; i < K::lanes; ++i) e.template merge<x.combine>({best[i], place[i]});
        at = e.place == place_code<T>(extent_of<K, x.axis>(f)) ? place_code<T>(0) : e.place;
    } else {
        merge_halves<K, S, K::vectors / 2>(f, own);
        at = simd::horizontal(own.value[S][0], [&](auto const& a, auto const& b) SINTER_INLINE_LAMBDA { return C::combine(f, a, b); });
    }
}

/// Rows of sums for a tile of lanes. Out of line where there are many, so that the compiler does not work on their code once more
/// at each level of loops around.
template <class K, int S>
[[gnu::noinline]] void contract_elsewhere(frame_of<K>& f) { over_rows<K, S>(f, f.here); }
template <class K, int S>
SINTER_INLINE void contract(frame_of<K>& f) {
    constexpr auto b = K::buffer(K::step(S).buffer);
    if constexpr (b.rank > 0 && K::static_extent(b.axis[b.rank > 0 ? b.rank - 1 : 0]) == dyn) contract_elsewhere<K, S>(f);
    else over_rows<K, S>(f, f.here);
}

/// One step of a sweep.
template <class K, int S, class Own>
SINTER_INLINE void accumulate(frame_of<K>& f, Own& own) {
    constexpr auto s = K::step(S);
    using C = combiner<K, s.target>;
    constexpr int previous = K::program.find_previous(s.target, s.home);
    if constexpr (previous >= 0) {
        point_of<K> p = f.here;
        for_each_kept<K, s.buffer, s.home>(f, p, [&]() SINTER_INLINE_LAMBDA {
            auto const at = buffer_offset<K, s.buffer>(f, p);
            constexpr int n = K::buffer(s.buffer).vector ? K::lanes : 1;
            for (int i = 0; i < n; ++i) f.kept[previous][at + i] = f.kept[s.buffer][at + i];
        });
    }
    if constexpr (C::keeps_order && in_own_lanes<K>(s.home)) accumulate_top_lanes<K, S>(f, f.here);
    else if constexpr (C::keeps_order) accumulate_top<K, S>(f, f.here);
    else if constexpr (sums_rows<Own>) for_batches<Own::rows>([&](auto r) SINTER_INLINE_LAMBDA {
        point_of<K> p = f.here;
        p.at[Own::axis] += r;
        meet_lanes<K, S>(f, own.row[r], p);
    });
    else if constexpr (takes_rows<K, S>) meet_rows<K, S>(f, f.here);
    else if constexpr (in_own_lanes<K>(s.home)) meet_lanes<K, S>(f, own, f.here);
    else if constexpr (K::loop(s.home).lane < 0) meet_number<K, S>(f, f.here);
    else if constexpr (C::finds_places) meet_places<K, S>(f, f.here);
    else contract<K, S>(f);
}

}  // namespace SINTER_SIMD_ARCH
}  // namespace sinter::lower
