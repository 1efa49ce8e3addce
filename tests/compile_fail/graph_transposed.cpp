// SPDX-License-Identifier: BSL-1.0
// expect: sinter: a transposed convolution of a slice, of windows or of joined parts
// expect: (\"convolve_transposed\(A, B\)\"|marked<'c', 'o', 'n', 'v', 'o', 'l', 'v', 'e', '_', 't', 'r', 'a', 'n', 's', 'p', 'o', 's', 'e', 'd', '\(', 'A', ',', ' ', 'B', '\)')
// lines: 45
#include <sinter/sinter.hpp>

sinter::matrix<float> x;
sinter::tensor<float, sinter::dyn, sinter::dyn, sinter::dyn> w;
using sinter::convolve_transposed, sinter::stride;
#ifdef SINTER_FAIL
auto p = plan(convolve_transposed<1>(convolve_transposed<1>(x, w, stride(2)), w, stride(2)));
#else
auto p = plan(convolve_transposed<1>(materialize(convolve_transposed<1>(x, w, stride(2))), w, stride(2)));
#endif
