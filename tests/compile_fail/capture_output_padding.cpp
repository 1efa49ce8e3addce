// SPDX-License-Identifier: BSL-1.0
// expect: sinter: convolve<S>\(x, w, options...\): output_padding\(p...\) is an option of convolve_transposed alone
// lines: 20
#include <sinter/capture/functions.hpp>
#include <sinter/tensor/tensor.hpp>

sinter::tensor<float, sinter::dyn, sinter::dyn, sinter::dyn> x;
sinter::tensor<float, sinter::dyn, sinter::dyn, sinter::dyn, sinter::dyn> w;
using sinter::convolve;
#ifdef SINTER_FAIL
auto e = convolve<2>(x, w, sinter::output_padding(1));
#else
auto e = sinter::convolve_transposed<2>(x, w, sinter::output_padding(1));
#endif
