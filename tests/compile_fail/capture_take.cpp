// SPDX-License-Identifier: BSL-1.0
// expect: sinter: take\(x, places\): places must be integers
// lines: 30
#include <sinter/capture/functions.hpp>
#include <sinter/tensor/tensor.hpp>

sinter::matrix<float> x;
sinter::vector<float> weights;
sinter::vector<int> places;
#ifdef SINTER_FAIL
auto e = sinter::take<0>(x, weights) + 1;
#else
auto e = sinter::take<0>(x, places) + 1;
#endif
