// SPDX-License-Identifier: BSL-1.0
// expect: sinter: there is no such axis
// expect: reduce, 2, 2
// lines: 25
#include <sinter/capture/functions.hpp>
#include <sinter/capture/to_formula.hpp>
#include <sinter/tensor/tensor.hpp>

sinter::matrix<float, 3, 4> a;
sinter::matrix<float, 5, 6> b;
sinter::vector<float> v;
#ifdef SINTER_FAIL
auto e = sinter::sum(a, sinter::axis<2>);
#else
auto e = sinter::sum(a, sinter::axis<1>);
#endif
auto const& f = sinter::formula_of<decltype(e)>;
