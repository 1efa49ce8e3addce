// SPDX-License-Identifier: BSL-1.0
// Places and offsets are sliced, and the offsets may be those of a window of one element, which broadcasts.
// expect: sinter: a window over a slice that broadcasts at run time
// expect: (\"add\(windows\(A\), B\)\"|marked<'a', 'd', 'd', '\(', 'w', 'i', 'n', 'd', 'o', 'w', 's', '\(', 'A', '\)', ',', ' ', 'B', '\)')
// lines: 45
#include <sinter/sinter.hpp>

sinter::vector<float> x;
sinter::matrix<float> a;
std::size_t n = 3;
auto without_first(auto const& y) { return slice(y, sinter::range(1, n), sinter::range(1, n)); }
#ifdef SINTER_FAIL
auto p = plan(without_first(sinter::windows<0>(x, n) + a));
#else
auto p = plan(without_first(sinter::windows<0>(x, n) + 1));
auto q = plan(without_first(materialize(sinter::windows<0>(x, n) + a)));
#endif
