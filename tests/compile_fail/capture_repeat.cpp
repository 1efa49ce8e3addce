// SPDX-License-Identifier: BSL-1.0
// expect: sinter: padding, the count of repeat, the number of rows or cols and extents must not be negative
// expect: (-1.* >= 0|negative<.*-1>)
// lines: 32
#include <sinter/capture/functions.hpp>
#include <sinter/tensor/tensor.hpp>

#include <type_traits>

sinter::tensor<float, sinter::dyn, sinter::dyn, sinter::dyn> x;
sinter::tensor<float, sinter::dyn, sinter::dyn, sinter::dyn, sinter::dyn> w;
using sinter::convolve;
#ifdef SINTER_FAIL
auto e = sinter::repeat<0>(x, std::integral_constant<int, -1>{});
#else
auto e = sinter::repeat<0>(x, std::integral_constant<int, 0>{});
#endif
