// SPDX-License-Identifier: BSL-1.0
// expect: sinter: reshape must keep the number of elements
// expect: 12(UL)? == 10
// lines: 25
#include <sinter/capture/functions.hpp>
#include <sinter/capture/to_formula.hpp>
#include <sinter/tensor/tensor.hpp>

sinter::matrix<float, 3, 4> a;
sinter::matrix<float, 5, 6> b;
sinter::vector<float> v;
#ifdef SINTER_FAIL
auto e = sinter::reshape<2, 5>(a);
#else
auto e = sinter::reshape<2, 6>(a);
#endif
auto const& f = sinter::formula_of<decltype(e)>;
