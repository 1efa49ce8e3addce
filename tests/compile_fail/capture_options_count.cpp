// SPDX-License-Identifier: BSL-1.0
// expect: sinter: convolve<S>\(x, w, options...\): an option has one number for all axes, or one for each of the S
// lines: 20
#include <sinter/capture/functions.hpp>
#include <sinter/tensor/tensor.hpp>

sinter::tensor<float, sinter::dyn, sinter::dyn, sinter::dyn> x;
sinter::tensor<float, sinter::dyn, sinter::dyn, sinter::dyn, sinter::dyn> w;
using sinter::convolve;
#ifdef SINTER_FAIL
auto e = convolve<2>(x, w, sinter::stride(1, 1, 1));
#else
auto e = convolve<2>(x, w, sinter::stride(1, 1));
#endif
