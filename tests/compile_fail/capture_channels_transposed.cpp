// SPDX-License-Identifier: BSL-1.0
// expect: sinter: convolve_transposed<S>\(x, w\): the first extent of w must be the channels of x
// expect: (3.* == 1|channels<3, 1, true>)
// lines: 42
#include <sinter/capture/functions.hpp>
#include <sinter/tensor/tensor.hpp>

sinter::tensor<float, 3, 9> x;
#ifdef SINTER_FAIL
sinter::tensor<float, 1, 6, 3> w;
#else
sinter::tensor<float, 3, 6, 3> w;
#endif
auto e = sinter::convolve_transposed<1>(x, w);
