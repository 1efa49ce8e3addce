// SPDX-License-Identifier: BSL-1.0
// Channels do not broadcast.
// expect: sinter: convolve<S>\(x, w\): w must have as many channels, before its last S axes, as x
// expect: (3.* == 1|channels<3, 1, false>)
// lines: 42
#include <sinter/capture/functions.hpp>
#include <sinter/tensor/tensor.hpp>

sinter::tensor<float, 3, 9> x;
#ifdef SINTER_FAIL
sinter::tensor<float, 6, 1, 3> w;
#else
sinter::tensor<float, 6, 3, 3> w;
#endif
auto e = sinter::convolve<1>(x, w);
