// SPDX-License-Identifier: BSL-1.0
// expect: sinter: windows of windows along one axis, or of a convolution, a cumulative reduction or the like: write materialize\(...\) around the part of the formula that is named here
// expect: (\"relu\(convolve\(A, B\)\)\"|marked<'r', 'e', 'l', 'u', '\(', 'c', 'o', 'n', 'v', 'o', 'l', 'v', 'e', '\(', 'A', ',', ' ', 'B', '\)', '\)')
// lines: 45
#include <sinter/sinter.hpp>

#include <type_traits>

sinter::tensor<float, sinter::dyn, sinter::dyn, sinter::dyn> x;
sinter::tensor<float, sinter::dyn, sinter::dyn, sinter::dyn, sinter::dyn> w, v;
#ifdef SINTER_FAIL
auto p = plan(sinter::convolve<2>(relu(sinter::convolve<2>(x, w)), v));
#else
auto p = plan(sinter::convolve<2>(materialize(relu(sinter::convolve<2>(x, w))), v));
#endif
