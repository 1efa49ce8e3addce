// SPDX-License-Identifier: BSL-1.0
// expect: sinter: reshape needs a tensor or a view without gaps
// expect: materialize
// lines: 25
#include <sinter/capture/functions.hpp>
#include <sinter/capture/to_formula.hpp>
#include <sinter/tensor/tensor.hpp>

sinter::matrix<float, 3, 4> a;
sinter::matrix<float, 5, 6> b;
sinter::vector<float> v;
#ifdef SINTER_FAIL
auto e = sinter::reshape<12>(a + 1);
#else
auto e = sinter::reshape<12>(materialize(a + 1));
#endif
auto const& f = sinter::formula_of<decltype(e)>;
