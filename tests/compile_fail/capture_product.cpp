// SPDX-License-Identifier: BSL-1.0
// expect: sinter: A\*B: the last extent of A must equal the one before last of B
// expect: (4.* == 5|product<.*4, 5>)
// lines: 25
#include <sinter/capture/functions.hpp>
#include <sinter/tensor/tensor.hpp>

sinter::matrix<float, 3, 4> a;
#ifdef SINTER_FAIL
sinter::matrix<float, 5, 6> b;
#else
sinter::matrix<float, 4, 6> b;
#endif
auto e = softmax(2 * a * b) + 1;
