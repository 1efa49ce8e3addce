// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/core/error.hpp>
#include <sinter/core/message.hpp>
#include <sinter/lower/jumps.hpp>

/// What is looked up is looked at before anything is computed.
namespace sinter::lower {
inline namespace SINTER_SIMD_ARCH {

template <class T>
[[gnu::noinline]] void check_place(T place, std::size_t n) {
    auto const at = static_cast<std::ptrdiff_t>(place), end = static_cast<std::ptrdiff_t>(n);
    if (at < end && at >= (std::is_signed_v<T> ? -end : 0)) return;
    raise_range((message() << "take(x, places): place " << at << " lies outside an axis of extent " << n).text());
}

/// All that lookup I finds, axis A and those after it.
template <class K, int I, int A = 0>
void check_lookup(frame<K> const& f, point<K>& p) {
    constexpr auto l = K::program.graph.lookup[I];
    if constexpr (A == K::program.graph.axes_size) {
        if (is_inside_at<K, l.node>(f, p)) check_place(*element_of<K, l.node>(f, p), f.extents[l.extent]);
    } else if constexpr (!ir::has(K::node(l.node).axes, A)) {
        check_lookup<K, I, A + 1>(f, p);
    } else {
        for (p.at[A] = 0; p.at[A] < f.extent[A]; ++p.at[A]) check_lookup<K, I, A + 1>(f, p);
        p.at[A] = 0;
    }
}

/// Raises std::out_of_range where a place is not on its axis. Lookups come in order: one that needs another comes later.
template <class K>
void check_lookups(typename K::operands const& operands, std::size_t const* extents) {
    if constexpr (K::program.graph.lookups > 0) {
        frame<K> f{operands, extents};
        place_axes<K>(f);
        point<K> p{};
        [&]<std::size_t... I>(std::index_sequence<I...>) {
            (check_lookup<K, static_cast<int>(I)>(f, p), ...);
        }(std::make_index_sequence<static_cast<std::size_t>(K::program.graph.lookups)>{});
    }
}

}  // namespace SINTER_SIMD_ARCH
}  // namespace sinter::lower
