// SPDX-License-Identifier: BSL-1.0
// expect: sinter: convolve<S>\(x, w, options...\): an option is given twice
// lines: 20
#include <sinter/capture/functions.hpp>
#include <sinter/tensor/tensor.hpp>

sinter::tensor<float, sinter::dyn, sinter::dyn, sinter::dyn> x;
sinter::tensor<float, sinter::dyn, sinter::dyn, sinter::dyn, sinter::dyn> w;
using sinter::convolve;
#ifdef SINTER_FAIL
auto e = convolve<2>(x, w, sinter::stride(2), sinter::stride(1));
#else
auto e = convolve<2>(x, w, sinter::stride(2), sinter::dilation(1));
#endif
