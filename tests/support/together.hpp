// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "types.hpp"

namespace sinter::test {

/// Evaluates twice: no heap memory the second time.
template <class Tie, class R>
void assign_twice(Tie const& to, R const& all, char const* what) {
    to = all;
    allocation_count const used = allocations_of([&] { to = all; });
    BOOST_CHECK_MESSAGE(used.calls == 0, what << ": " << used.calls << " allocations");
}

}  // namespace sinter::test
