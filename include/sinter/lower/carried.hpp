// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/lower/sweep.hpp>

/// What sweeps carry on from one tile to the next (see schedule/carry.hpp).
namespace sinter::lower {
inline namespace SINTER_SIMD_ARCH {

/// Before the first tile of loop L nothing is carried.
template <class K, int L>
SINTER_INLINE void forget_carried(frame_of<K>& f) {
    for (int l = L + 1; l < K::program.loops; ++l)
        if (K::program.loop[l].carries && K::program.loop[l].parent == L) f.carried.to[l] = 0;
}

template <class K, int L, class F>
SINTER_INLINE void for_each_carried(F const& do_it) {
    [&]<std::size_t... S>(std::index_sequence<S...>) SINTER_INLINE_LAMBDA {
        [[maybe_unused]] auto const one = [&]<int I>() SINTER_INLINE_LAMBDA {
            if constexpr (K::step(I).home == L && K::step(I).what == ir::step::action::accumulate) do_it.template operator()<I>();
        };
        (one.template operator()<static_cast<int>(S)>(), ...);
    }(std::make_index_sequence<static_cast<std::size_t>(K::program.steps)>{});
}

/// The sums of loop L go on, for all rows of the tile.
template <class K, int L>
SINTER_INLINE void take_up(frame_of<K>& f) {
    if (f.carried.to[L] == 0) return;
    for_each_carried<K, L>([&]<int S>() SINTER_INLINE_LAMBDA {
        point_of<K> p = f.here;
        constexpr int b = K::step(S).buffer;
        for_each_kept<K, b, L>(f, p, [&]() SINTER_INLINE_LAMBDA {
            auto* at = f.kept[b] + buffer_offset<K, b>(f, p);
            for (int i = 0; i < K::lanes; ++i) at[i] = f.carried.value[S][i];
        });
    });
}

/// They have come up to `to`, by blocks that count for all of the tile: its first row stands for all of them.
template <class K, int L>
SINTER_INLINE void carry(frame_of<K>& f, std::ptrdiff_t to) {
    f.carried.to[L] = to;
    for_each_carried<K, L>([&]<int S>() SINTER_INLINE_LAMBDA {
        for (int i = 0; i < K::lanes; ++i) f.carried.value[S][i] = f.kept[K::step(S).buffer][i];
    });
}

}  // namespace SINTER_SIMD_ARCH
}  // namespace sinter::lower
