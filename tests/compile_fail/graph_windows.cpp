// SPDX-License-Identifier: BSL-1.0
// expect: sinter: a window of a window of a window: materialize one of them
// lines: 80
#include <sinter/sinter.hpp>

sinter::vector<float> x;
using sinter::windows;
#ifdef SINTER_FAIL
auto p = plan(windows<0>(windows<0>(windows<0>(x, 3), 3), 3));
#else
auto p = plan(windows<0>(materialize(windows<0>(materialize(windows<0>(x, 3)), 3)), 3));
auto q = plan(windows<0>(col(windows<0>(x, 3), 1), 3));
#endif
