// SPDX-License-Identifier: BSL-1.0
// expect: sinter: A\*B: the last extent
// expect: 4(UL)? == 5
// lines: 25
#include <sinter/capture/functions.hpp>
#include <sinter/capture/to_formula.hpp>
#include <sinter/tensor/tensor.hpp>

sinter::matrix<float, 3, 4> a;
sinter::matrix<float, 5, 6> b;
sinter::vector<float> v;
#ifdef SINTER_FAIL
auto e = 2 * a * b;
#else
auto e = 2 * a * transpose(a);
#endif
auto const& f = sinter::formula_of<decltype(e)>;
