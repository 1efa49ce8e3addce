// SPDX-License-Identifier: BSL-1.0
// The fourth part begins behind three others: more than an index can say.
// expect: sinter: more than three slices of slices
// expect: (\"concatenate\(D, E\)\"|marked<'c', 'o', 'n', 'c', 'a', 't', 'e', 'n', 'a', 't', 'e', '\(', 'D', ',', ' ', 'E', '\)')
// lines: 45
#include <sinter/sinter.hpp>

using sinter::concatenate;
sinter::vector<float> x;
#ifdef SINTER_FAIL
auto p = plan(concatenate<0>(x, concatenate<0>(x, concatenate<0>(x, concatenate<0>(x, x)))));
#else
auto p = plan(concatenate<0>(x, concatenate<0>(x, concatenate<0>(x, materialize(concatenate<0>(x, x))))));
auto q = plan(concatenate<0>(x, x, x, x, x));
#endif
