// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/capture/together.hpp>
#include <sinter/lower/kernel.hpp>

#include <cstring>

/// Whether several results are evaluated by one program.
namespace sinter {

namespace ir {
inline namespace SINTER_SIMD_ARCH {

/// Whether two operands of one type are the same.
template <class T, int R>
bool same_value(handle<T, R> const& a, handle<T, R> const& b) {
    if constexpr (R == 0) return std::memcmp(a.data, b.data, sizeof(T)) == 0;
    else return a.data == b.data && a.extent == b.extent && a.stride == b.stride;
}
template <std::size_t N>
bool same_value(extents_handle<N> const& a, extents_handle<N> const& b) { return a.extent == b.extent; }
/// Functions with a state are not taken for each other (see commons.hpp).
template <class F>
bool same_value(function_handle<F> const&, function_handle<F> const&) { return true; }

}  // namespace SINTER_SIMD_ARCH
}  // namespace ir

namespace captured {
inline namespace SINTER_SIMD_ARCH {

/// Whether slot S means what the formula of several results takes for granted.
template <class R, std::size_t S, class Operands>
bool guess_holds(Operands const& operands) {
    constexpr int value = ir::detail::common_formula<R>.g.value_of[S], shape = ir::detail::common_formula<R>.g.shape_of[S];
    auto const& mine = boost::hana::at_c<S>(operands);
    if constexpr (value >= 0) return ir::same_value(mine, boost::hana::at_c<static_cast<std::size_t>(value)>(operands));
    else if constexpr (shape >= 0) return mine.extent == boost::hana::at_c<static_cast<std::size_t>(shape)>(operands).extent;
    else return true;
}

template <class R, class Operands>
bool guesses_hold(Operands const& operands) {
    return [&]<std::size_t... S>(std::index_sequence<S...>) {
        return (true && ... && guess_holds<R, S>(operands));
    }(std::make_index_sequence<static_cast<std::size_t>(ir::formula_of<R>.operands)>{});
}

/// Whether the program of several results makes result i.
template <class R>
constexpr bool is_made(int i) { return lower::kernel<R>::program.graph.result[i].root >= 0; }

template <class R, int... I>
constexpr int passes_alone(std::integer_sequence<int, I...>) {
    return (0 + ... + (is_made<R>(I) ? lower::kernel<result_t<R, I>>::program.passes : 0));
}

/// One program makes the results that fit into its loops, where that saves a pass.
template <class R>
constexpr bool shares() {
    using K = lower::kernel<R>;
    constexpr int count = results_of<R>::count;
    int made = 0;
    for (int i = 0; i < count; ++i) made += is_made<R>(i);
    return made > 1 && K::program.whole_intermediate < 0 &&
           K::program.passes < passes_alone<R>(std::make_integer_sequence<int, count>{});
}

/// What the results of R share.
template <class R>
struct sharing {
    static constexpr bool any = shares<R>();
    static constexpr bool has(int i) {
        if constexpr (any) return is_made<R>(i);
        else return false;
    }
};

}  // namespace SINTER_SIMD_ARCH
}  // namespace captured
}  // namespace sinter
