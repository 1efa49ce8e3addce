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

/// Sweeps where each result is evaluated on its own.
template <class R>
inline constexpr int passes_apart = []<int... I>(std::integer_sequence<int, I...>) {
    return (0 + ... + lower::kernel<result_t<R, I>>::program.passes);
}(std::make_integer_sequence<int, results_of<R>::count>{});

/// Whether the results are evaluated by the program that shares them: the tensors that are spelled alike are the same. Of stored
/// intermediates that is not known before they are stored.
template <class R>
constexpr bool are_shared(R const& e) {
    if constexpr (!sharing<R>::any) return false;
    else if constexpr (count_materialize<R> > 0 || ir::detail::common_formula<R>.g.count == 0) return true;
    else return guesses_hold<R>(handles(e));
}

/// What evaluating several results means.
template <is_together R>
struct inquiry<R> {
    std::size_t extents[ir::formula_of<R>.extents_size + 1] = {};
    ir::cost total{};
    bool shared = false;        ///< by one program; else each is evaluated on its own

    constexpr explicit inquiry(R const& e) : shared(are_shared(e)) {
        ir::slot_extents slots[ir::formula_of<R>.operands + 1] = {};
        bool stored[ir::formula_of<R>.operands + 1] = {};
        list_slots(e, slots, stored, stored_cost{total});
        [&]<int... I>(std::integer_sequence<int, I...>) {
            (alone<I>(e), ...);
        }(std::make_integer_sequence<int, results_of<R>::count>{});
        if constexpr (sharing<R>::any) {
            if (!shared) return;
            ir::solve(ir::ref(ir::formula_of<R>), slots, extents);
            total += ir::cost_of<lower::kernel<R>>(extents, slots);
        }
    }

  private:
    /// Each result is checked, also those that the common program makes.
    template <int I>
    constexpr void alone(R const& e) {
        inquiry<result_t<R, I>> const q(results_of<R>::template get<I>(e), ignore_stored{});
        if (!shared || !sharing<R>::has(I)) total += q.total;
    }
};

}  // namespace SINTER_SIMD_ARCH
}  // namespace sinter::captured
