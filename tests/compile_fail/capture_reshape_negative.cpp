// SPDX-License-Identifier: BSL-1.0
// expect: sinter: padding, the count of repeat, the number of rows or cols and extents must not be negative
// expect: (-2.* >= 0|negative<.*-2>)
// lines: 32
#include <sinter/capture/functions.hpp>
#include <sinter/tensor/tensor.hpp>

#include <type_traits>

sinter::vector<float> x;
#ifdef SINTER_FAIL
auto e = sinter::reshape(x, std::integral_constant<int, -2>{}, -2);
#else
auto e = sinter::reshape(x, std::integral_constant<int, 2>{}, -1);
#endif
