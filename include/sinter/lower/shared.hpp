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

/// Whether a node is one of its operands, or a truth or place among them, in whichever type that is computed. The least of
/// nothing is another number in each type.
template <class K>
constexpr bool chooses(ir::vertex const& x) {
    if (x.is_leaf()) return true;
    if (x.is_map()) return x.op == ir::op::select || x.op == ir::op::min || x.op == ir::op::max || ir::info(x.op).is_mask;
    std::size_t const n = K::graph.axis[x.axis].value;
    bool const extremum = x.combine == ir::monoid::minimum || x.combine == ir::monoid::maximum;
    return extremum ? n != 0 && n != dyn : x.order_axis() >= 0 || x.combine == ir::monoid::argmin || x.combine == ir::monoid::argmax;
}

/// Whether a node wraps around where it overflows.
constexpr bool wraps(ir::vertex const& x) {
    if (x.is_map()) return x.op == ir::op::add || x.op == ir::op::sub || x.op == ir::op::mul || x.op == ir::op::neg;
    return x.is_reduce() && (x.combine == ir::monoid::sum || x.combine == ir::monoid::product);
}

/// Whether integers of 64 bits give what those of 32 give: what chooses among operands does, and sums, differences and
/// products of that do, modulo 2³².
template <class K>
constexpr bool wraps_alike() {
    constexpr auto const& g = K::graph;
    bool exact[g.capacity] = {}, alike[g.capacity] = {};
    for (int i = 0; i < g.size; ++i) {
        auto const& x = g.nodes[i];
        exact[i] = chooses<K>(x);
        alike[i] = exact[i] || wraps(x);
        for (int a = 0; a < x.arity; ++a) {
            exact[i] = exact[i] && exact[x.arg[a]];
            alike[i] = alike[i] && (wraps(x) ? alike[x.arg[a]] : exact[x.arg[a]]);
        }
    }
    return alike[g.root];
}

/// Whether the program of several results computes result I as its own would: in the same type, or in integers of 64 bits
/// where those of 32 give the same.
template <class R, int I>
constexpr bool keeps_type() {
    constexpr auto together = ir::compute_type(ir::formula_of<R>), alone = ir::compute_type(ir::formula_of<result_t<R, I>>);
    if constexpr (!is_made<R>(I) || together == alone) return true;
    else if constexpr (together == ir::dtype::i64 && alone == ir::dtype::i32) return wraps_alike<lower::kernel<result_t<R, I>>>();
    else return false;
}

template <class R, int... I>
constexpr bool keeps_types(std::integer_sequence<int, I...>) { return (true && ... && keeps_type<R, I>()); }

/// One program makes the results that fit into its loops, where that saves a pass and changes no type.
template <class R>
constexpr bool shares() {
    if constexpr (lower::mixes_own_types<R>()) {    // there is no type for a kernel
        return false;
    } else {
        using K = lower::kernel<R>;
        constexpr auto each = std::make_integer_sequence<int, results_of<R>::count>{};
        int made = 0;
        for (int i = 0; i < results_of<R>::count; ++i) made += is_made<R>(i);
        return made > 1 && K::program.whole_intermediate < 0 && keeps_types<R>(each) && K::program.passes < passes_alone<R>(each);
    }
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
