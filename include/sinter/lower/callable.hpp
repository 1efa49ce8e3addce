// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/lower/kernel.hpp>

#include <type_traits>

/// Functions and monoids of the user's that a formula calls with registers are looked at before anything is instantiated that
/// would be full of them.
namespace sinter::lower {
inline namespace SINTER_SIMD_ARCH {

template <class K, int N, class F>
constexpr bool takes_registers_at() {
    constexpr int arity = K::node(N).is_reduce() ? 2 : K::node(N).arity;
    return []<std::size_t... A>(std::index_sequence<A...>) {
        using number = simd::batch<typename K::value>;      // or the user's scalar type itself
        return std::is_invocable_v<F const&, std::enable_if_t<(A + 1 > 0), number> const&...>;
    }(std::make_index_sequence<static_cast<std::size_t>(arity)>{});
}

/// Whether a node is evaluated in lanes somewhere.
template <class K>
constexpr bool varies_in_lanes(int n) {
    ir::axes axes = K::program.graph.nodes[n].axes | ir::bit(K::program.graph.nodes[n].axis);
    for (int l = 0; l < K::program.loops; ++l)
        if (ir::has(axes, K::program.loop[l].lane)) return true;
    return false;
}

/// The nodes that call something of the user's in lanes. Most formulas have none, and instantiate nothing here.
template <class K>
constexpr bool calls_in_lanes(int n) {
    auto const& x = K::program.graph.nodes[n];
    return (x.is_map(ir::op::user) || (x.is_reduce() && x.combine == ir::monoid::user)) && varies_in_lanes<K>(n);
}
template <class K>
inline constexpr int callers = [] {
    int n = 0;
    for (int i = 0; i < K::program.graph.size; ++i) n += calls_in_lanes<K>(i);
    return n;
}();
template <class K>
constexpr int caller(int number) {
    int i = 0;
    while (!calls_in_lanes<K>(i) || number-- > 0) ++i;
    return i;
}

template <class K, int N>
constexpr bool node_fits() {
    return takes_registers_at<K, N, std::remove_cvref_t<decltype(*boost::hana::at_c<static_cast<std::size_t>(K::node(N).slot)>(
        std::declval<typename K::operands const&>()).call)>>();
}

/// Whether all of them can be called.
template <class K>
inline constexpr bool functions_fit = []<std::size_t... I>(std::index_sequence<I...>) {
    return (true && ... && node_fits<K, caller<K>(static_cast<int>(I))>());
}(std::make_index_sequence<static_cast<std::size_t>(callers<K>)>{});

/// The error where that is not so: to be asked for its size.
template <class K, bool Fit = functions_fit<K>>
struct takes_registers {
    static_assert(Fit, "sinter: map(f, x...), reduce(m, x): f and m are called with registers as well as with numbers, so they must "
                       "take any type, as [](auto x) does; what chooses between two values is sinter::simd::select(x < y, a, b)");
};

}  // namespace SINTER_SIMD_ARCH
}  // namespace sinter::lower
