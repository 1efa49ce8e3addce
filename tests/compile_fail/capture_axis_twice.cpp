// SPDX-License-Identifier: BSL-1.0
// expect: sinter: an axis is named twice
// lines: 25
#include <sinter/capture/functions.hpp>
#include <sinter/tensor/tensor.hpp>

sinter::matrix<float> a;
#ifdef SINTER_FAIL
auto e = sum(a, sinter::axis<1, -1>);
#else
auto e = sum(a, sinter::axis<0, -1>);
#endif
