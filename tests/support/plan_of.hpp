// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "graph_of.hpp"

#include <sinter/schedule/schedule.hpp>

namespace sinter::test {

/// The plan of a formula, for questions at compile time.
template <class E>
inline constexpr auto plan_of = ir::schedule(graph_of<E>, formula_of<E>);

/// How many steps keep, in lanes, what satisfies `is(plan, step)`.
template <class E, class Is>
constexpr int kept_in_lanes(Is is) {
    auto const& p = plan_of<E>;
    int found = 0;
    for (int i = 0; i < p.steps; ++i)
        found += p.step[i].what == ir::step::action::compute && p.loop[p.step[i].home].how == ir::loop::style::lanes && is(p, p.step[i]);
    return found;
}

}  // namespace sinter::test
