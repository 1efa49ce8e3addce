// SPDX-License-Identifier: BSL-1.0
// expect: sinter: permute must name each axis of its argument once
// expect: permute
// lines: 25
#include <sinter/capture/functions.hpp>
#include <sinter/capture/to_formula.hpp>
#include <sinter/tensor/tensor.hpp>

sinter::matrix<float, 3, 4> a;
sinter::matrix<float, 5, 6> b;
sinter::vector<float> v;
#ifdef SINTER_FAIL
auto e = sinter::permute<0, 0>(a);
#else
auto e = sinter::permute<1, 0>(a);
#endif
auto const& f = sinter::formula_of<decltype(e)>;
