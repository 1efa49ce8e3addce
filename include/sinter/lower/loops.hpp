// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/lower/carried.hpp>
#include <sinter/lower/masks.hpp>
#include <sinter/lower/store.hpp>
#include <sinter/lower/sweep.hpp>

/// The loops of a program, instantiated: the generic skeleton of every evaluation.
namespace sinter::lower {
inline namespace SINTER_SIMD_ARCH {

template <class K, class Out>
struct evaluation {
    frame_of<K>& f;
    Out const& out;

    template <int L>
    SINTER_INLINE void run() {
        if constexpr (K::carries) forget_carried<K, L>(f);
        if constexpr (!K::loop(L).carries) iterate<L>();
        else if (staircase<K, L>::leaves_out(f)) staircase<K, L>(f).walk([&]() SINTER_INLINE_LAMBDA { compute_all<L>(); });
        else if constexpr (!staircase<K, L>::is_certain) iterate<L>();
    }

    template <int L>
    SINTER_INLINE void iterate() {
        constexpr auto l = K::loop(L);
        partials<K, in_own_lanes<K>(L)> own;
        auto const here = f.here;
        if constexpr (!l.resumes) begin_all<L>(own);
        else if (f.start[l.axis] == 0) begin_all<L>(own);
        if constexpr (l.how == ir::loop::style::root) steps<L>(own);
        else if constexpr (l.how == ir::loop::style::whole) run_whole<L>(own);
        else if constexpr (l.how == ir::loop::style::each) run_each<L>(own);
        else if constexpr (l.how == ir::loop::style::block || l.how == ir::loop::style::strip) run_blocks<L>(own);
        else run_lanes<L>(own);
        f.here = here;
        finish_all<L>(own);
    }

    template <int L, class Own>
    SINTER_INLINE void run_each(Own& own) {
        constexpr int a = K::loop(L).axis;
        if constexpr (a < 0) {
            steps<L>(own);
        } else {
            constexpr bool within = K::block_over(a, L) >= 0;
            std::ptrdiff_t i = within ? f.start[a] : 0;
            std::ptrdiff_t const to = i + (within ? f.count[a] : extent_of<K, a>(f));
            if constexpr (loop_of_row_sums<typename K::base>(L) >= 0) sum_rows<L>(own, i, to);
            for (; i < to; ++i) {
                f.here.at[a] = i;
                steps<L>(own);
            }
        }
    }

    /// Rows whose sums come first in loop L, several at once where they lie densely; `i` is the first row that is not done.
    template <int L, class Own>
    SINTER_INLINE void sum_rows(Own& own, std::ptrdiff_t& i, std::ptrdiff_t to) {
        constexpr int a = K::loop(L).axis, sums = loop_of_row_sums<typename K::base>(L), lane = K::loop(sums).axis;
        using partial = rows_of_partials<K, a>;
        using single = narrow<K, 1>;
        if (to - i < partial::rows || !lies_dense<K, sums>(f)) return;
        int const valid = f.valid;
        for (; to - i >= partial::rows; i += partial::rows) {
            f.here.at[a] = i;
            partial all;
            for_batches<partial::rows>([&](auto r) SINTER_INLINE_LAMBDA { begin_all<sums>(all.row[r]); });
            std::ptrdiff_t done = 0;
            if constexpr (K::vectors > 1) dense_tiles<dense<narrow<K, K::vectors / 2>, lane>, sums>(all, done);
            dense_tiles<dense<single, lane>, sums>(all, done);
            last_part<sums>(all, done);
            f.here.at[lane] = 0;
            for_batches<partial::rows>([&](auto r) SINTER_INLINE_LAMBDA {
                f.here.at[a] = i + r;
                finish_all<sums>(all.row[r]);
                steps_but<L, sums>(own);
            });
        }
        f.valid = valid;
    }

    /// The steps of loop L but for loop `Done`.
    template <int L, int Done, class Own>
    SINTER_INLINE void steps_but(Own& own) {
        [&]<std::size_t... S>(std::index_sequence<S...>) SINTER_INLINE_LAMBDA {
            [[maybe_unused]] auto const one = [&]<int I>() SINTER_INLINE_LAMBDA {
                if constexpr (K::step(I).what != ir::step::action::run || K::step(I).target != Done) step<L, I>(own);
            };
            (one.template operator()<static_cast<int>(S)>(), ...);
        }(std::make_index_sequence<static_cast<std::size_t>(K::program.steps)>{});
    }

    /// All indices: in rounds, where rows of a tile read the same lanes again and again, so that these stay in the first cache.
    template <int L, class Own>
    SINTER_INLINE void run_whole(Own& own) {
        constexpr int a = K::loop(L).axis;
        if constexpr (!reads_lanes_again<typename K::base>(L)) {
            steps<L>(own);
        } else {
            std::ptrdiff_t const n = extent_of<K, a>(f), length = indices_of_round<K, L>(f);
            std::ptrdiff_t i = 0;
            do {
                f.start[a] = i;
                f.count[a] = n - i < length ? n - i : length;
                steps<L>(own);
            } while ((i += length) < n);
            f.start[a] = 0;
            f.count[a] = n;
        }
    }

    template <int L, class Own>
    SINTER_INLINE void run_blocks(Own& own) {
        constexpr auto l = K::loop(L);
        constexpr int a = l.axis;
        [[maybe_unused]] auto judged = judge_of<L>(f);
        std::ptrdiff_t const from = f.start[a], to = from + f.count[a], length = length_of_rounds<K, L>(f.count[a]);
        constexpr bool once = holds_resumed<K>(L);      // also where there are none, so that sums begin
        for (std::ptrdiff_t i = from; i < to || (once && i == from); i += length) {
            f.here.at[a] = f.start[a] = i;
            f.count[a] = to - i < length ? to - i : length;
            if constexpr (l.masks() == 0) {
                steps<L>(own);
            } else {
                verdict const v = judged();
                if (v != verdict::excluded) steps<L>(own, v == verdict::included);
            }
        }
        f.start[a] = from;
        f.count[a] = to - from;
    }

    template <int L, class Own>
    SINTER_INLINE void run_lanes(Own& own) {
        constexpr int a = K::loop(L).axis;
        int const valid = f.valid;
        if constexpr (K::flat) {
            plain_tiles<L>(own);
        } else if constexpr (K::loop(L).keeps_row) {
            row_of_panel<L>(own);
        } else if constexpr (K::one_row && K::vectors > 1) {
            long_and_short_tiles<L, K::vectors>(own, 0, is_dense<L>());
        } else {
            constexpr int strip = K::strip_over(L);
            [[maybe_unused]] bool const dense_ones = !K::contracts && is_dense<L>();
            std::ptrdiff_t const from = strip >= 0 ? f.start[a] : 0, to = strip >= 0 ? from + f.count[a] : extent_of<K, a>(f);
            int tiles = 0;
            for (std::ptrdiff_t i = from; i < to; i += K::tile, ++tiles) {
                f.here.at[a] = i;
                f.valid = to - i < K::tile ? static_cast<int>(to - i) : K::tile;
                tile_of_lanes<L>(own, dense_ones && f.valid == K::tile);
                next_copies<K, strip>(f, 1);
            }
            next_copies<K, strip>(f, -tiles);
        }
        f.valid = valid;
    }

    /// Whether all that loop L reads and stores in lanes lies densely along them.
    template <int L>
    SINTER_INLINE bool is_dense() const { return lies_dense<K, L>(f) && stores_dense<K, L>(out); }

    /// Tiles without loops inside: first those of operands that lie as the lanes do.
    template <int L, class Own>
    SINTER_INLINE void plain_tiles(Own& own) {
        constexpr int a = K::loop(L).axis;
        std::ptrdiff_t done = 0;
        if constexpr (K::is_long) {
            staged_tiles<K, L>(own, done, lies_dense<K, L>(f));
        } else {
            if (is_dense<L>()) {
                dense_tiles<dense<K, a>, L>(own, done);
                if constexpr (K::vectors > 1) dense_tiles<dense<narrow<K, 1>, a>, L>(own, done);
                last_part<L>(own, done);
            } else {
                staged_tiles<narrow<K, 1>, L>(own, done, false);
            }
        }
    }

    /// All tiles from index `done` on, by code that reads a block on the stack, or the operands.
    template <class Tiles, int L, class Own>
    SINTER_INLINE void staged_tiles(Own& own, std::ptrdiff_t done, bool dense_operands) {
        constexpr int a = K::loop(L).axis;
        alignas(64) unsigned char memory[placed_leaves<typename K::base>.size() * staged_bytes<K>];
        for (std::ptrdiff_t left; (left = extent_of<K, a>(f) - done) > 0; done += Tiles::tile) {
            f.here.at[a] = done;
            f.valid = left < Tiles::tile ? static_cast<int>(left) : Tiles::tile;
            if (dense_operands && f.valid == Tiles::tile) point_at_operands<Tiles, L>(f);
            else stage_tile<Tiles, L>(f, memory);
            evaluation<Tiles, Out>{f, out}.template steps<L>(own);
        }
    }

    /// What is left of dense operands: less than a register.
    template <int L, class Own>
    SINTER_INLINE void last_part(Own& own, std::ptrdiff_t done) {
        constexpr int a = K::loop(L).axis;
        using part = dense_part<narrow<K, 1>, a>;
        constexpr auto known = K::static_extent(a);
        if constexpr (part::tile > 1 && (known == dyn || known % part::tile != 0)) {
            if (done >= extent_of<K, a>(f)) return;
            f.here.at[a] = done;
            f.valid = static_cast<int>(extent_of<K, a>(f) - done);
            evaluation<part, Out>{f, out}.template steps<L>(own);
        }
    }

    template <class Tiles, int L, class Own>
    SINTER_INLINE void dense_tiles(Own& own, std::ptrdiff_t& done) {
        constexpr int a = K::loop(L).axis;
        constexpr auto known = K::static_extent(a);
        if constexpr (known == dyn || known >= Tiles::tile) {
            f.valid = Tiles::tile;
            for (; extent_of<K, a>(f) - done >= Tiles::tile; done += Tiles::tile) {
                f.here.at[a] = done;
                evaluation<Tiles, Out>{f, out}.template steps<L>(own);
            }
        }
    }

    /// A row that is kept inside of other lanes, which is short: by fours of registers and by single ones where the operands lie densely; what is left with masks.
    template <int L, class Own>
    SINTER_INLINE void row_of_panel(Own& own) {
        constexpr int a = K::loop(L).axis;
        using single = narrow<K, 1>;
        std::ptrdiff_t done = 0;
        if (is_dense<L>()) {
            dense_tiles<dense<narrow<K, 4>, a>, L>(own, done);
            dense_tiles<dense<single, a>, L>(own, done);
        }
        for (std::ptrdiff_t left; (left = extent_of<K, a>(f) - done) > 0; done += single::tile) {
            f.here.at[a] = done;
            f.valid = left < single::tile ? static_cast<int>(left) : single::tile;
            evaluation<single, Out>{f, out}.template steps<L>(own);
        }
    }

    /// Where a tile is a long row, what is left of the axis is done in shorter ones: only the shortest may be partial.
    template <int L, int Vectors, class Own>
    SINTER_INLINE void long_and_short_tiles(Own& own, std::ptrdiff_t from, bool dense_ones) {
        using tiles = narrow<K, Vectors>;
        constexpr int a = K::loop(L).axis;
        constexpr bool partial = Vectors == 1;
        if (dense_ones) dense_tiles<dense<tiles, a>, L>(own, from);
        for (std::ptrdiff_t left; (left = extent_of<K, a>(f) - from) >= (partial ? 1 : tiles::tile); from += tiles::tile) {
            f.here.at[a] = from;
            f.valid = left < tiles::tile ? static_cast<int>(left) : tiles::tile;
            evaluation<tiles, Out>{f, out}.template steps<L>(own);
        }
        if constexpr (!partial) long_and_short_tiles<L, Vectors / 2>(own, from, dense_ones);
    }

    template <int L, class Own>
    SINTER_INLINE void tile_of_lanes(Own& own, bool dense_one) {
        if constexpr (!K::contracts) {
            if (dense_one) evaluation<dense<K, K::loop(L).axis>, Out>{f, out}.template steps<L>(own);
            else steps<L>(own);
        } else {
            halved_tile<L, K::active>(own);
        }
    }

    /// The last tile of a contraction has half of the batches where these are enough, or half of that; cheaper work is not worth
    /// the code.
    template <int L, int Active, class Own>
    SINTER_INLINE void halved_tile(Own& own) {
        if constexpr (Active > 1 && K::active == K::vectors) {
            if (f.valid <= Active / 2 * K::width) return halved_tile<L, Active / 2>(own);
        }
        if constexpr (Active == K::active) steps<L>(own);
        else evaluation<narrow<K, Active>, Out>{f, out}.template steps<L>(own);
    }

    template <int L, class Own>
    SINTER_INLINE void steps(Own& own, [[maybe_unused]] bool is_included = false) {
        [&]<std::size_t... S>(std::index_sequence<S...>) SINTER_INLINE_LAMBDA {
            (step_or_unmasked<L, static_cast<int>(S)>(own, is_included), ...);
        }(std::make_index_sequence<static_cast<std::size_t>(K::program.steps)>{});
    }

    /// Lanes of its own are tiles of their own: what is known of the tile around does not hold for them.
    template <int L>
    SINTER_INLINE void nested() {
        using base = evaluation<typename K::base, Out>;
        if constexpr (K::loop(L).how == ir::loop::style::lanes) base{f, out}.template run<L>();
        else run<L>();
    }

    /// A step without the masks, where the block is included.
    template <int L, int S, class Own>
    SINTER_INLINE void step_or_unmasked(Own& own, [[maybe_unused]] bool is_included) {
        if constexpr (K::loop(L).masks() == 0 || K::step(S).home != L) {
            step<L, S>(own);
        } else if constexpr (!uses_masks<typename K::base, L, S>()) {
            step<L, S>(own);
        } else {
            if (is_included) evaluation<unmasked<K, L>, Out>{f, out}.template step<L, S>(own);
            else step<L, S>(own);
        }
    }

    template <int L, int S, class Own>
    SINTER_INLINE void step(Own& own) {
        constexpr auto s = K::step(S);
        if constexpr (s.home != L) return;
        else if constexpr (s.what == ir::step::action::run) nested<s.target>();
        else if constexpr (s.what == ir::step::action::compute) keep<K, S>(f);
        else if constexpr (s.what == ir::step::action::accumulate) accumulate<K, S>(f, own);
        else store<K, S>(f, result_of<s.result>(out));
    }

    /// What loop L keeps for a round.
    template <int L>
    SINTER_INLINE void compute_all() {
        for_each_step<K, L, ir::step::action::compute>([&]<int S>() SINTER_INLINE_LAMBDA { keep<K, S>(f); });
    }

    template <int L, class Own>
    SINTER_INLINE void begin_all(Own& own) {
        for_each_step<K, L, ir::step::action::accumulate>([&]<int S>() SINTER_INLINE_LAMBDA { begin<K, S>(f, own); });
    }

    template <int L, class Own>
    SINTER_INLINE void finish_all(Own& own) {
        if constexpr (in_own_lanes<K>(L))
            for_each_step<K, L, ir::step::action::accumulate>([&]<int S>() SINTER_INLINE_LAMBDA {
                if constexpr (0 > K::node(K::step(S).target).order_axis()) finish<K, S>(f, own);    // what is kept in order is one list for all lanes
            });
    }
};

}  // namespace SINTER_SIMD_ARCH
}  // namespace sinter::lower
