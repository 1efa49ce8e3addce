// SPDX-License-Identifier: BSL-1.0
// expect: sinter: einsum: the index in \[\] of the result stands at no operand
// expect: (ij,jk->i\[l\]|'k', '-', '>', 'i', '\[', 'l', '\]')
// lines: 40
#include <sinter/capture/functions.hpp>
#include <sinter/tensor/tensor.hpp>

sinter::matrix<float> a, b;
#ifdef SINTER_FAIL
constexpr auto f = sinter::fn([](auto x, auto y) { return exp(sinter::einsum<"ij,jk->il">(x, y)); });
#else
constexpr auto f = sinter::fn([](auto x, auto y) { return exp(sinter::einsum<"ij,jk->ik">(x, y)); });
#endif
auto e = f(a, b);
