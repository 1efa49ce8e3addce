// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/capture/together.hpp>
#include <sinter/lower/kernel.hpp>

#include <cstring>

/// Whether several results are evaluated by one program.
namespace sinter {

namespace ir {

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

}  // namespace ir

namespace captured {

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
    if constexpr (count_materialize<R> > 0) return false;
    else {
        using K = lower::kernel<R>;
        constexpr int count = results_of<R>::count;
        int made = 0;
        for (int i = 0; i < count; ++i) made += is_made<R>(i);
        return made > 1 && K::program.whole_intermediate < 0 &&
               K::program.passes < passes_alone<R>(std::make_integer_sequence<int, count>{});
    }
}

/// What the results of R share.
template <class R>
struct sharing {
    static constexpr bool any = shares<R>();
    static constexpr bool has(int i) { return any && is_made<R>(i); }
};

}  // namespace captured
}  // namespace sinter
