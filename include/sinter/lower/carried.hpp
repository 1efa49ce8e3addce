// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/lower/masks.hpp>
#include <sinter/lower/sweep.hpp>

/// Sweeps that go on where they were for the index before (see schedule/carry.hpp). What such a mask includes is a staircase: of two
/// indices, that of the sweep moves on as long as the mask holds, and the other one when it no longer does.
namespace sinter::lower {
inline namespace SINTER_SIMD_ARCH {

/// Sweep L, for the indices of a tile of the loop around it: in lanes, or rows of lanes along another axis.
template <class K, int L>
class staircase {
    static constexpr auto sweep = K::loop(L);
    static constexpr auto tiles = K::loop(sweep.parent);
    static constexpr bool in_lanes = tiles.how == ir::loop::style::lanes;
    static constexpr int batches = in_lanes ? 1 : K::active;
    using T = typename K::value;
    using V = simd::batch<T>;
    using included = unmasked<K, L>;

    frame_of<K>& f;
    V sum[K::program.steps][batches];

  public:
    static constexpr bool is_certain = ir::leaves_out_for_certain(K::program, L);

    SINTER_INLINE explicit staircase(frame_of<K>& frame) : f(frame) {}

    /// `compute` keeps what is computed for some indices at a time, often as many as the tile has.
    template <class Compute>
    SINTER_INLINE void walk(Compute const& compute) {
        constexpr int a = sweep.axis, t = tiles.axis;
        std::ptrdiff_t const here = f.here.at[a], end = f.count[a];
        std::ptrdiff_t const first = in_lanes ? f.here.at[t] : f.start[t], rows = in_lanes ? f.valid : f.count[t];
        std::ptrdiff_t const round = !computes ? end : rows < sweep.length ? rows : sweep.length;
        point_of<K> p = f.here;
        p.at[a] = f.carried.to[L];
        p.at[t] = first;
        restore();
        do {
            f.here.at[a] = f.start[a] = p.at[a];
            f.count[a] = end - p.at[a] < round ? end - p.at[a] : round;
            if (computes && f.count[a] > 0) compute();
            std::ptrdiff_t const to = f.start[a] + f.count[a];
            for (; p.at[t] < first + rows; ++p.at[t]) {
                for (; p.at[a] < to && includes(p); ++p.at[a]) take_in(p);
                if (p.at[a] == to && to < end) break;
                keep_sums(p, p.at[t] - first);
            }
        } while (p.at[t] < first + rows);
        f.carried.to[L] = p.at[a];
        save();
        f.here.at[a] = here;
        f.start[a] = 0;
        f.count[a] = end;
    }

    /// Whether what the mask leaves out counts for nothing: of a number that is known at run time only, it has to be asked.
    SINTER_INLINE static bool leaves_out(frame_of<K> const& f) {
        if constexpr (is_certain) return true;
        else return judge<typename K::base, L>(f).excludes(0);
    }

    /// Before the first tile.
    SINTER_INLINE static void begin(frame_of<K>& f) {
        f.carried.to[L] = 0;
        for_each_sum([&]<int S>() SINTER_INLINE_LAMBDA {
            for (auto& x : f.carried.value[S]) x = combiner<K, K::step(S).target>::identity();
        });
    }

  private:
    template <class F>
    SINTER_INLINE static void for_each_sum(F const& do_it) { for_each_step<K, L, ir::step::action::accumulate>(do_it); }

    static constexpr bool computes = [] {
        for (int s = 0; s < K::program.steps; ++s)
            if (K::program.step[s].home == L && K::program.step[s].what == ir::step::action::compute) return true;
        return false;
    }();

    SINTER_INLINE bool includes(point_of<K> const& p) const {
        return plain_truth<K, sweep.mask[0], L>(f, p, 0) != sweep.leaves_out_if[0];
    }

    SINTER_INLINE void take_in(point_of<K> const& p) {
        for_each_sum([&]<int S>() SINTER_INLINE_LAMBDA {
            constexpr auto s = K::step(S);
            for_batches<batches>([&](auto v) SINTER_INLINE_LAMBDA {
                sum[S][v] = combiner<included, s.target>::template next<s.body, L>(f, p, v, sum[S][v]);
            });
        });
    }

    /// The sums of the row, or lane, `row` of the tile are complete.
    SINTER_INLINE void keep_sums(point_of<K> const& p, std::ptrdiff_t row) const {
        for_each_sum([&]<int S>() SINTER_INLINE_LAMBDA {
            constexpr int b = K::step(S).buffer;
            if constexpr (in_lanes) {
                f.kept[b][row] = simd::first(sum[S][0]);
            } else {
                auto* const at = f.kept[b] + buffer_offset<K, b>(f, p);
                for_batches<batches>([&](auto v) SINTER_INLINE_LAMBDA { simd::store(at + v * K::width, sum[S][v]); });
            }
        });
    }

    SINTER_INLINE void restore() {
        for_each_sum([&]<int S>() SINTER_INLINE_LAMBDA {
            for_batches<batches>([&](auto v) SINTER_INLINE_LAMBDA { sum[S][v] = simd::load(f.carried.value[S] + v * K::width); });
        });
    }
    SINTER_INLINE void save() const {
        for_each_sum([&]<int S>() SINTER_INLINE_LAMBDA {
            for_batches<batches>([&](auto v) SINTER_INLINE_LAMBDA { simd::store(f.carried.value[S] + v * K::width, sum[S][v]); });
        });
    }
};

/// Before the first tile of loop L nothing is carried.
template <class K, int L>
SINTER_INLINE void forget_carried(frame_of<K>& f) {
    [&]<std::size_t... I>(std::index_sequence<I...>) SINTER_INLINE_LAMBDA {
        [[maybe_unused]] auto const one = [&]<int S>() SINTER_INLINE_LAMBDA {
            if constexpr (K::program.loop[S].carries && K::program.loop[S].parent == L) staircase<K, S>::begin(f);
        };
        (one.template operator()<static_cast<int>(I)>(), ...);
    }(std::make_index_sequence<static_cast<std::size_t>(K::program.loops)>{});
}

}  // namespace SINTER_SIMD_ARCH
}  // namespace sinter::lower
