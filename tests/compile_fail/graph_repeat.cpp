// SPDX-License-Identifier: BSL-1.0
// expect: sinter: a slice or window of what is repeated: write materialize\(...\) around the part of the formula that is named here, or repeat the slice
// expect: (\"repeat\(A\)\"|marked<'r', 'e', 'p', 'e', 'a', 't', '\(', 'A', '\)')
// lines: 45
#include <sinter/sinter.hpp>

#include <type_traits>

sinter::matrix<float> x;
#ifdef SINTER_FAIL
auto p = plan(rows(sinter::repeat<0>(x, 2), 1, 2));
#else
auto p = plan(rows(materialize(sinter::repeat<0>(x, 2)), 1, 2));
#endif
