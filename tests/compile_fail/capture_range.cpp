// SPDX-License-Identifier: BSL-1.0
// expect: sinter: range\(b, e\): it ends before it begins
// expect: (3.* <= 1|backwards<.*3, 1>)
// lines: 32
#include <sinter/capture/functions.hpp>
#include <sinter/tensor/tensor.hpp>

#include <type_traits>

sinter::tensor<float, sinter::dyn, sinter::dyn, sinter::dyn> x;
sinter::tensor<float, sinter::dyn, sinter::dyn, sinter::dyn, sinter::dyn> w;
using sinter::convolve;
#ifdef SINTER_FAIL
auto e = slice(x, sinter::range(std::integral_constant<int, 3>{}, std::integral_constant<int, 1>{}));
#else
auto e = slice(x, sinter::range(std::integral_constant<int, 1>{}, std::integral_constant<int, 1>{}));
#endif
