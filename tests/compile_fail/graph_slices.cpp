// SPDX-License-Identifier: BSL-1.0
// expect: sinter: more than three slices of slices
// expect: (\"slice\(slice\(slice\(A\)\)\)\"|marked<'s', 'l', 'i', 'c', 'e', '\(', 's', 'l', 'i', 'c', 'e', '\(', 's', 'l', 'i', 'c', 'e', '\(', 'A', '\)', '\)', '\)')
// lines: 45
#include <sinter/sinter.hpp>

sinter::vector<float> x;
std::size_t n = 9;
auto without_first(auto const& v) { return slice(v, sinter::range(1, n)); }
#ifdef SINTER_FAIL
auto p = plan(without_first(without_first(without_first(without_first(x)))));
#else
auto p = plan(without_first(without_first(without_first(x))));
auto q = plan(without_first(without_first(without_first(materialize(without_first(x))))));
#endif
