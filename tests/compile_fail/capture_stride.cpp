// SPDX-License-Identifier: BSL-1.0
// expect: sinter: size, stride and dilation of windows and convolutions must be at least 1
// expect: (-1.* >= 1|positive<.*-1>)
// lines: 40
#include <sinter/capture/functions.hpp>
#include <sinter/tensor/tensor.hpp>

#include <type_traits>

sinter::tensor<float, sinter::dyn, sinter::dyn, sinter::dyn> x;
sinter::tensor<float, sinter::dyn, sinter::dyn, sinter::dyn, sinter::dyn> w;
using sinter::convolve;
#ifdef SINTER_FAIL
auto e = convolve<2>(x, w, sinter::stride(std::integral_constant<int, -1>{}));
#else
auto e = convolve<2>(x, w, sinter::stride(std::integral_constant<int, 1>{}));
#endif
