// SPDX-License-Identifier: BSL-1.0
// expect: sinter: convolve<S>\(x, w\): w must have as many channels, before its last S axes, as x; where it has fewer, groups\(g\) may be missing
// expect: (4.* == 2|channels<4, 2, false>)
// lines: 42
#include <sinter/capture/functions.hpp>
#include <sinter/tensor/tensor.hpp>

#include <type_traits>

sinter::tensor<float, 4, 9> x;
sinter::tensor<float, 6, 2, 3> w;
#ifdef SINTER_FAIL
auto e = sinter::convolve<1>(x, w);
#else
auto e = sinter::convolve<1>(x, w, sinter::groups(std::integral_constant<int, 2>{}));
#endif
