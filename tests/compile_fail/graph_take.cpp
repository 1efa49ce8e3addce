// SPDX-License-Identifier: BSL-1.0
// expect: sinter: take\(x, places\): places must be a tensor or a view, or part of one: write materialize\(...\) around the part of the formula
// lines: 45
#include <sinter/sinter.hpp>

sinter::vector<float> x;
sinter::vector<int> i;
#ifdef SINTER_FAIL
auto p = plan(take<0>(x, i + 1));
#else
auto p = plan(take<0>(x, materialize(i + 1)));
#endif
