// SPDX-License-Identifier: BSL-1.0
// expect: sinter: einsum: in \[\] is no index
// expect: (ij,j\[\?\]k->ik|'i', 'j', ',', 'j', '\[', '\?', '\]', 'k')
// lines: 30
#include <sinter/capture/functions.hpp>
#include <sinter/tensor/tensor.hpp>

sinter::matrix<float> a, b;
#ifdef SINTER_FAIL
auto e = softmax(2 * sinter::einsum<"ij,j?k->ik">(a, b)) + 1;
#else
auto e = softmax(2 * sinter::einsum<"ij,jk->ik">(a, b)) + 1;
#endif
