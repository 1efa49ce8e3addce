// SPDX-License-Identifier: BSL-1.0
// expect: sinter: convolve: the channels of w times the groups must be those of x
// expect: (6.* == 4|groups<.*6, 4>)
// lines: 30
#include <sinter/capture/functions.hpp>
#include <sinter/tensor/tensor.hpp>

#include <type_traits>

sinter::tensor<float, 4, 9> x;
sinter::tensor<float, 6, 2, 3> w;
#ifdef SINTER_FAIL
auto e = sinter::convolve<1>(x, w, sinter::groups(std::integral_constant<int, 3>{}));
#else
auto e = sinter::convolve<1>(x, w, sinter::groups(std::integral_constant<int, 2>{}));
#endif
