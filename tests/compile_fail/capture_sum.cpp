// SPDX-License-Identifier: BSL-1.0
// expect: sinter: extents of one axis must be equal, or one of them 1
// expect: op::add, 4, 6, -1|add.*4UL, 6UL
// lines: 25
#include <sinter/capture/functions.hpp>
#include <sinter/capture/to_formula.hpp>
#include <sinter/tensor/tensor.hpp>

sinter::matrix<float, 3, 4> a;
sinter::matrix<float, 5, 6> b;
sinter::vector<float> v;
#ifdef SINTER_FAIL
auto e = exp(a) + b;
#else
auto e = exp(a) + a;
#endif
auto const& f = sinter::formula_of<decltype(e)>;
