// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/lower/row_factor.hpp>

/// The one micro-kernel: ⊕ over an axis of a body, for a tile of (rows of another axis) × (batches of lanes) that stays in
/// registers. Products, scores, sums of kernels, norms and maxima are all this.
namespace sinter::lower {
inline namespace SINTER_SIMD_ARCH {

/// What a reduction combines with; the user's own is an operand.
template <class K, int R>
struct combiner {
    using T = typename K::value;
    static constexpr auto node = K::node(R);
    static constexpr bool is_user = node.combine == ir::monoid::user;
    static constexpr bool finds_places = node.combine == ir::monoid::argmin || node.combine == ir::monoid::argmax;
    static constexpr bool keeps_order = node.order_axis() >= 0;

    static constexpr T identity() {
        if constexpr (is_user) {
            using monoid = std::remove_cvref_t<decltype(*boost::hana::at_c<static_cast<std::size_t>(node.slot)>(
                std::declval<typename K::operands const&>()).call)>;
            return monoid::template identity<T>();
        } else {
            return simd::identity<node.combine, T>();
        }
    }

    template <class V>
    SINTER_INLINE static V combine(frame_of<K> const& f, V const& a, V const& b) {
        if constexpr (is_user) return static_cast<V>((*boost::hana::at_c<static_cast<std::size_t>(node.slot)>(f.operands).call)(a, b));
        else return simd::combine<node.combine>(a, b);
    }

    /// sum ⊕ body at p, with one instruction where the body is a product.
    template <int Body, int L, class V>
    SINTER_INLINE static V next(frame_of<K> const& f, point_of<K> const& p, int v, V const& sum) {
        constexpr auto body = K::node(Body);
        constexpr bool kept = K::program.find(Body, L) >= 0;
        if constexpr (node.combine == ir::monoid::sum && body.is_map(ir::op::mul) && !kept)
            return simd::fma(value<K, body.arg[0], L>(f, p, v), value<K, body.arg[1], L>(f, p, v), sum);
        else
            return combine(f, sum, value<K, Body, L>(f, p, v));
    }
};

/// A minimum or maximum and where it stands. The first of equals; the first NaN beats all.
template <class V>
struct extreme {
    using place_type = place_of<V>;
    V best;
    place_type place;

    template <ir::monoid M>
    SINTER_INLINE void meet(V const& x, place_type const& i) {
        constexpr auto better = M == ir::monoid::argmin ? ir::op::less : ir::op::greater;
        auto take = simd::compare<better>(x, best);
        if constexpr (!simd::whole<V>) {
            auto const nan = simd::mask_and(simd::compare<ir::op::not_equal>(x, x), simd::compare<ir::op::equal>(best, best));
            take = simd::mask_or(take, nan);
        }
        best = simd::select(take, x, best);
        place = simd::select(take, i, place);
    }
    /// The same where the order of the two is not known.
    template <ir::monoid M>
    constexpr void merge(extreme const& o) {
        bool const mine = simd::differs(best, best), its = simd::differs(o.best, o.best);
        bool const equal = (mine && its) || simd::compare<ir::op::equal>(best, o.best);
        bool const better = simd::compare<(M == ir::monoid::argmin ? ir::op::less : ir::op::greater)>(o.best, best);
        if ((its && !mine) || (!mine && better) || (equal && o.place < place)) *this = o;
    }
};

/// Instructions of a body beyond loads, for each element: what decides how many rows a tile may have.
template <class K>
constexpr int body_cost(int body, int loop) {
    bool mark[K::program.graph.size] = {};
    auto const& p = K::program;
    ir::mark_cone(p.graph, body, mark, [&](int i) { return p.graph.nodes[i].is_reduce() || p.find(i, loop) >= 0; });
    int cost = 0;
    for (int i = 0; i <= body; ++i)
        if (mark[i] && p.graph.nodes[i].is_map() && (i == body || p.find(i, loop) < 0)) cost += ir::info(p.graph.nodes[i].op).cost;
    return cost;
}
/// Whether a tile of several rows leaves the registers that a body needs.
template <class K>
constexpr bool is_cheap(int body, int loop) { return body_cost<K>(body, loop) <= 4; }

/// Rows of the tile: the registers it leaves for operands are enough for cheap bodies only.
inline constexpr int most_rows = 6;
template <class K, int S>
constexpr int tile_rows = is_cheap<K>(K::step(S).body, K::step(S).home) ? most_rows : 1;

/// The buffer of lanes that a product reads and that may be lent; −1: there is none.
template <class K, int S>
constexpr int lent_factor = [] {
    constexpr auto s = K::step(S);
    constexpr auto body = K::node(s.body);
    int found = -1;
    [[maybe_unused]] auto const look = [&]<int B>() {
        if constexpr (B >= 0)
            if (may_lend_lanes<K, B>() && K::buffer(B).axis[0] == K::node(s.target).axis && K::buffer(B).within[0] < 0) found = B;
    };
    if constexpr (body.is_map(ir::op::mul) && K::program.find(s.body, s.home) < 0) {
        look.template operator()<K::program.find(body.arg[0], s.home)>();
        look.template operator()<K::program.find(body.arg[1], s.home)>();
    }
    return found;
}();

/// Whether there is something to fetch ahead: operands of a few known lanes are one tile.
template <class K, int S>
inline constexpr bool fetches_ahead = lent_factor<K, S> >= 0 && K::static_extent(K::loop(K::step(S).home).lane) > static_cast<std::size_t>(K::lanes);

/// One index of the reduced axis for rows × batches: each factor is read once, and not for each of their pairs.
/// `factor` gives the number of each row, where it lies in memory.
template <class K, int S, int Rows, int RowAxis, class Place, class Factor>
SINTER_INLINE void meet_tile(frame_of<K> const& f, Place const& at_row, Factor const& factor, simd::batch<typename K::value> (&sum)[Rows][K::active]) {
    constexpr auto s = K::step(S);
    constexpr auto body = K::node(s.body);
    constexpr int L = s.home, V = K::active, lanes = lane_argument<K, S, RowAxis>;
    using C = combiner<K, s.target>;
    using vector = simd::batch<typename K::value>;
    if constexpr (lanes < 0) {
        for_tile<Rows, V>([&](auto r, auto v) SINTER_INLINE_LAMBDA { sum[r][v] = C::template next<s.body, L>(f, at_row(r), v, sum[r][v]); });
    } else {
        vector x[V];
        for_batches<V>([&](auto v) SINTER_INLINE_LAMBDA { x[v] = value<K, body.arg[lanes], L>(f, at_row(0), v); });
        for_batches<Rows>([&](auto r) SINTER_INLINE_LAMBDA {
            vector const y = factor(r);
            for_batches<V>([&](auto v) SINTER_INLINE_LAMBDA {
                if constexpr (K::node(s.target).combine == ir::monoid::sum && body.op == ir::op::mul) sum[r][v] = simd::fma(x[v], y, sum[r][v]);
                else sum[r][v] = C::combine(f, sum[r][v], lanes == 0 ? simd::apply<body.op>(x[v], y) : simd::apply<body.op>(y, x[v]));
            });
        });
    }
}

/// What lies behind lent lanes is what the next tile of lanes reads. It is fetched while this one computes, a share by each
/// index of each tile of rows, so that memory has all that time.
struct fetch_plan {
    char const* at = nullptr;
    std::ptrdiff_t from = 0, step = 0;      ///< bytes: where the tile of rows begins, and for each index
};

template <class K, int S>
SINTER_INLINE fetch_plan plan_fetch(frame_of<K> const& f, std::ptrdiff_t tiles) {
    constexpr int B = lent_factor<K, S>;
    auto const* const at = reinterpret_cast<char const*>(f.lent[B]);
    if (f.lent[B] == f.kept[B]) return {at, 0, 0};
    std::ptrdiff_t const row = K::lanes * static_cast<std::ptrdiff_t>(sizeof(typename K::value));
    return {at, row * buffer_extent<K, B, 0>(f), (row + tiles - 1) / tiles};
}

/// Whether a tile has fewer batches than it has registers for.
template <class K>
inline constexpr bool is_narrow = K::active < K::vectors;

/// A tile meets all that is reduced.
template <class K, int S, int Rows, int RowAxis, class Place>
SINTER_INLINE void over_tile(frame_of<K> const& f, point_of<K>& p, Place const& at_row, simd::batch<typename K::value> (&sum)[Rows][K::active],
                             [[maybe_unused]] fetch_plan const& ahead) {
    constexpr auto s = K::step(S);
    using rows = row_factor<K, S, RowAxis>;
    auto const over = [&](auto const& factor) SINTER_INLINE_LAMBDA {
        over_nest<K, S>(ranges_of<K, S>(f), p, [&]() SINTER_INLINE_LAMBDA {
            if constexpr (Rows > 1 && fetches_ahead<K, S>)
                simd::fetch(ahead.at, ahead.from + p.at[K::node(s.target).axis] * ahead.step);
            meet_tile<K, S, Rows, RowAxis>(f, at_row, factor, sum);
        });
    };
    if constexpr (rows::exists) {
        decltype(rows::row(f, p)) row[Rows];
        typename rows::steps const steps(f);
        for_batches<Rows>([&](auto r) SINTER_INLINE_LAMBDA { row[r] = rows::row(f, at_row(r)); });
        over([&](auto r) SINTER_INLINE_LAMBDA { return constant<K, s.home>(static_cast<typename K::value>(row[r][steps.to(p)])); });
    } else if constexpr (rows::lanes >= 0) {
        over([&](auto r) SINTER_INLINE_LAMBDA { return value<K, rows::node, s.home>(f, at_row(r), 0); });
    } else {
        over(nullptr);
    }
}

/// A sum so far times the ratio that node `Ratio` gives, or 0 where that says to forget the sum.
template <class K, int Ratio, class V>
SINTER_INLINE V rescaled(V const& sum, V const& ratio) {
    V const moved = simd::apply<ir::op::mul>(sum, ratio);
    if constexpr (!K::node(Ratio).is_map(ir::op::afresh)) return moved;
    else return simd::select(simd::compare<ir::op::less>(ratio, V(typename K::value(0))), V(typename K::value(0)), moved);
}

/// Rows × batches of running values, updated over the reduced axis. RowAxis is the axis of the rows, −1 for a single one.
/// The first `skip` rows are done already: they are computed again, but not kept. In tiles of few batches the rows behind `last` are
/// that one once more.
template <class K, int S, int Rows, int RowAxis>
SINTER_INLINE void tile(frame_of<K>& f, point_of<K> p, [[maybe_unused]] int skip = 0, [[maybe_unused]] fetch_plan ahead = {},
                        [[maybe_unused]] std::ptrdiff_t last = 0) {
    constexpr auto s = K::step(S);
    constexpr int L = s.home, V = K::active;
    using C = combiner<K, s.target>;
    using vector = simd::batch<typename K::value>;
    constexpr bool whole = K::loop(L).how == ir::loop::style::whole, in_rounds = reads_lanes_again<typename K::base>(L);
    bool const fresh = whole && (!in_rounds || f.start[K::node(s.target).axis] == 0);
    vector sum[Rows][V];
    typename K::value* kept[Rows];
    std::ptrdiff_t first = 0;
    if constexpr (RowAxis >= 0) first = p.at[RowAxis];
    auto const at_row = [&](int r) SINTER_INLINE_LAMBDA {
        point_of<K> q = p;
        if constexpr (RowAxis >= 0 && Rows > 1 && is_narrow<K>) q.at[RowAxis] = first + r < last ? first + r : last;
        else if constexpr (RowAxis >= 0) q.at[RowAxis] = first + r;
        return q;
    };
    for (int r = 0; r < Rows; ++r) kept[r] = f.kept[s.buffer] + buffer_offset<K, s.buffer>(f, at_row(r));
    if (whole && fresh) for_tile<Rows, V>([&](auto r, auto v) SINTER_INLINE_LAMBDA { sum[r][v] = vector(C::identity()); });
    else for_tile<Rows, V>([&](auto r, auto v) SINTER_INLINE_LAMBDA {
        if constexpr (!whole || in_rounds) {
            sum[r][v] = simd::load(kept[r] + v * K::width);
            if constexpr (s.missing >= 0)
                sum[r][v] = simd::apply<ir::op::add>(sum[r][v], value<K, s.missing, L>(f, at_row(r), v));
            if constexpr (s.ratio >= 0) sum[r][v] = rescaled<K, s.ratio>(sum[r][v], value<K, s.ratio, L>(f, at_row(r), v));
        }
    });
    over_tile<K, S, Rows, RowAxis>(f, p, at_row, sum, ahead);
    for_tile<Rows, V>([&](auto r, auto v) SINTER_INLINE_LAMBDA {
        if ((whole && !in_rounds) || r >= skip) simd::store(kept[r] + v * K::width, sum[r][v]);
    });
}

/// Tiles of 6 rows, if there are as many: then all rows.
template <class K, int S, int RowAxis>
SINTER_INLINE void whole_tiles(frame_of<K>& f, point_of<K> p, std::ptrdiff_t& from, std::ptrdiff_t to) {
    constexpr int most = tile_rows<K, S>;
    int skip = 0;
    fetch_plan ahead;
    if constexpr (fetches_ahead<K, S>)
        if (to - from >= most) ahead = plan_fetch<K, S>(f, (to - from + most - 1) / most);
    for (bool const enough = to - from >= most; enough && from < to; from += most) {
        if (to - from < most) {
            skip = static_cast<int>(most - (to - from));
            from = to - most;
        }
        p.at[RowAxis] = from;
        tile<K, S, most, RowAxis>(f, p, skip, ahead);
        if constexpr (fetches_ahead<K, S>) ahead.from += ahead.step * buffer_extent<K, lent_factor<K, S>, 0>(f);
    }
}

/// All rows, in tiles of 6 where there are that many; the last tile overlaps the one before. Tiles of few batches always have 6
/// rows: their products take no longer than the sums of a single row wait for each other, and it is less code.
template <class K, int S, int RowAxis>
SINTER_INLINE void rows(frame_of<K>& f, point_of<K> p, std::ptrdiff_t from, std::ptrdiff_t to) {
    constexpr int most = tile_rows<K, S>;
    if constexpr (most > 1 && is_narrow<K>) {
        for (; from < to; from += most) {
            p.at[RowAxis] = from;
            tile<K, S, most, RowAxis>(f, p, 0, {}, to - 1);
        }
    } else {
        if constexpr (most > 1) whole_tiles<K, S, RowAxis>(f, p, from, to);
        for (; from < to; ++from) {
            p.at[RowAxis] = from;
            tile<K, S, 1, RowAxis>(f, p);
        }
    }
}

/// Running values in lanes: every other inner axis is a loop, the last one is the axis of the rows.
template <class K, int S, int I = 0>
SINTER_INLINE void over_rows(frame_of<K>& f, point_of<K> p) {
    constexpr auto s = K::step(S);
    constexpr auto b = K::buffer(s.buffer);
    if constexpr (I == b.rank) {
        tile<K, S, 1, -1>(f, p);
    } else if constexpr (K::fixed(b.axis[I], s.home)) {
        over_rows<K, S, I + 1>(f, p);
    } else {
        constexpr int a = b.axis[I];
        std::ptrdiff_t const from = b.within[I] >= 0 ? f.start[a] : 0, to = from + (b.within[I] >= 0 ? f.count[a] : extent_of<K, a>(f));
        if constexpr (I + 1 == b.rank) {
            rows<K, S, a>(f, p, from, to);
        } else {
            for (p.at[a] = from; p.at[a] < to; ++p.at[a]) over_rows<K, S, I + 1>(f, p);
        }
    }
}

}  // namespace SINTER_SIMD_ARCH
}  // namespace sinter::lower
