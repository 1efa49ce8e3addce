// SPDX-License-Identifier: BSL-1.0
// expect: sinter: windows of windows along one axis, or of a convolution, a cumulative reduction or the like: write materialize\(...\) around the part of the formula that is named here
// expect: (\"convolve\(A, B\)\"|marked<'c', 'o', 'n', 'v', 'o', 'l', 'v', 'e', '\(', 'A', ',', ' ', 'B', '\)')
// lines: 45
#include <sinter/sinter.hpp>

#include <type_traits>

sinter::tensor<float, 4, 9, 9> x;
sinter::tensor<float, 6, 4, 3, 3> w;
auto pooled(auto const& y) {
    std::integral_constant<int, 2> const two{};
    return amax(sinter::windows<-2>(sinter::windows<-2>(y, two, two), two, two), sinter::axis<-2, -1>);
}
#ifdef SINTER_FAIL
auto p = plan(pooled(sinter::convolve<2>(x, w)));
#else
auto p = plan(pooled(materialize(sinter::convolve<2>(x, w))));
#endif
