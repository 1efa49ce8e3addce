// SPDX-License-Identifier: BSL-1.0
// expect: sinter: concatenate: but for the axis along which they are joined, the parts must have the same extents
// lines: 25
#include <sinter/capture/functions.hpp>
#include <sinter/tensor/tensor.hpp>

sinter::matrix<float, 3, 4> a;
#ifdef SINTER_FAIL
sinter::matrix<float, 2, 5> b;
#else
sinter::matrix<float, 2, 4> b;
#endif
auto e = sinter::concatenate<0>(a, b) + 1;
