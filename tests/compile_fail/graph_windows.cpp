// SPDX-License-Identifier: BSL-1.0
// expect: sinter: windows of windows along one axis, or of a convolution, a cumulative reduction or the like: write materialize\(...\) around the part of the formula that is named here
// expect: (\"windows\(windows\(A\)\)\"|marked<'w', 'i', 'n', 'd', 'o', 'w', 's', '\(', 'w', 'i', 'n', 'd', 'o', 'w', 's', '\(', 'A', '\)', '\)')
// lines: 45
#include <sinter/sinter.hpp>

sinter::vector<float> x;
using sinter::windows;
#ifdef SINTER_FAIL
auto p = plan(windows<0>(windows<0>(windows<0>(x, 3), 3), 3));
#else
auto p = plan(windows<0>(materialize(windows<0>(materialize(windows<0>(x, 3)), 3)), 3));
auto q = plan(windows<0>(col(windows<0>(x, 3), 1), 3));
#endif
