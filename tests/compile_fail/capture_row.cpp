// SPDX-License-Identifier: BSL-1.0
// expect: sinter: an index or an end lies outside its axis
// expect: 3(UL)? < 3
// lines: 25
#include <sinter/capture/functions.hpp>
#include <sinter/capture/to_formula.hpp>
#include <sinter/tensor/tensor.hpp>

sinter::matrix<float, 3, 4> a;
sinter::matrix<float, 5, 6> b;
sinter::vector<float> v;
#ifdef SINTER_FAIL
auto e = row(a, std::integral_constant<int, 3>{});
#else
auto e = row(a, std::integral_constant<int, 2>{});
#endif
auto const& f = sinter::formula_of<decltype(e)>;
