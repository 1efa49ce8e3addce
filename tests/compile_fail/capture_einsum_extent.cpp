// SPDX-License-Identifier: BSL-1.0
// expect: sinter: einsum: the extents of an index must be equal
// expect: (4.* == 5|index<'j', 4, 5>)
// expect: 'j'
// lines: 25
#include <sinter/capture/functions.hpp>
#include <sinter/tensor/tensor.hpp>

sinter::matrix<float, 3, 4> a;
#ifdef SINTER_FAIL
sinter::matrix<float, 5, 6> b;
#else
sinter::matrix<float, 4, 6> b;
#endif
auto e = sinter::einsum<"ij,jk->ik">(a, b);
