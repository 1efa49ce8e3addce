// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/inspect/cost.hpp>
#include <sinter/lower/shared.hpp>

/// What evaluating several results costs.
namespace sinter::captured {

inline namespace SINTER_SIMD_ARCH {

struct programs_sum {
    int passes = 0;
    bool fused = true, static_workspace = true;
    constexpr void add(int more, bool can_be_fused, bool is_static) {
        passes += more;
        fused = fused && can_be_fused;
        static_workspace = static_workspace && is_static;
    }
};

template <class E>
constexpr void add_program(programs_sum& all) {
    auto const& p = lower::kernel<E>::program;
    all.add(p.passes, p.whole_intermediate < 0, has_static_workspace<lower::kernel<E>>);
}

/// The programs that evaluate E: how often they sweep over something, and whether all of them can be made.
template <class E>
inline constexpr programs_sum programs_of = [] {
    programs_sum all;
    if constexpr (is_together<E>) {
        if constexpr (sharing<E>::any) add_program<E>(all);
        [&]<int... I>(std::integer_sequence<int, I...>) {
            ((sharing<E>::has(I) ? void() : add_program<result_t<E, I>>(all)), ...);
        }(std::make_integer_sequence<int, results_of<E>::count>{});
    } else {
        add_program<E>(all);
    }
    return all;
}();

/// What evaluating several results means, where the guesses hold.
template <is_together R>
struct inquiry<R> {
    std::size_t extents[ir::formula_of<R>.extents_size + 1] = {};
    ir::cost total{};

    constexpr explicit inquiry(R const& e) {
        ir::slot_extents slots[ir::formula_of<R>.operands + 1] = {};
        bool stored[ir::formula_of<R>.operands + 1] = {};
        list_slots(e, slots, stored, stored_cost{total});
        [&]<int... I>(std::integer_sequence<int, I...>) {
            (alone<I>(e), ...);
        }(std::make_integer_sequence<int, results_of<R>::count>{});
        if constexpr (sharing<R>::any) {
            ir::solve(ir::ref(ir::formula_of<R>), slots, extents);
            total += ir::cost_of<lower::kernel<R>>(extents, slots);
        }
    }

  private:
    /// Each result is checked, also those that the common program makes.
    template <int I>
    constexpr void alone(R const& e) {
        inquiry<result_t<R, I>> const q(results_of<R>::template get<I>(e), ignore_stored{});
        if (!sharing<R>::has(I)) total += q.total;
    }
};

}  // namespace SINTER_SIMD_ARCH
}  // namespace sinter::captured
