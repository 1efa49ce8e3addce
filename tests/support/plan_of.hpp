// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "graph_of.hpp"

#include <sinter/schedule/schedule.hpp>

namespace sinter::test {

/// The plan of a formula, for questions at compile time.
template <class E>
inline constexpr auto plan_of = ir::schedule(graph_of<E>, formula_of<E>);

}  // namespace sinter::test
