// SPDX-License-Identifier: BSL-1.0
// expect: sinter: convolve_transposed: the padding cuts off more elements than there are
// expect: (8.* <= 7|cut<.*8, 7>)
// lines: 30
#include <sinter/capture/functions.hpp>
#include <sinter/tensor/tensor.hpp>

#include <type_traits>

sinter::tensor<float, 2, 5> x;
sinter::tensor<float, 2, 4, 3> w;
#ifdef SINTER_FAIL
auto e = sinter::convolve_transposed<1>(x, w, sinter::padding(std::integral_constant<int, 4>{}));
#else
auto e = sinter::convolve_transposed<1>(x, w, sinter::padding(std::integral_constant<int, 3>{}));
#endif
