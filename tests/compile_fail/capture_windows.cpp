// SPDX-License-Identifier: BSL-1.0
// expect: sinter: a window spans more elements than its axis has
// expect: (5.* <= 4|window<.*5, 4>)
// lines: 25
#include <sinter/capture/functions.hpp>
#include <sinter/tensor/tensor.hpp>

#include <type_traits>

sinter::vector<float, 4> x;
#ifdef SINTER_FAIL
auto e = amax(sinter::windows<0>(x, std::integral_constant<int, 5>{}), sinter::axis<-1>) + 1;
#else
auto e = amax(sinter::windows<0>(x, std::integral_constant<int, 4>{}), sinter::axis<-1>) + 1;
#endif
