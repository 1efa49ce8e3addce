// SPDX-License-Identifier: BSL-1.0
// expect: sinter: dot\(a, b\): both must be vectors
// expect: dot
// lines: 25
#include <sinter/capture/functions.hpp>
#include <sinter/capture/to_formula.hpp>
#include <sinter/tensor/tensor.hpp>

sinter::matrix<float, 3, 4> a;
sinter::matrix<float, 5, 6> b;
sinter::vector<float> v;
#ifdef SINTER_FAIL
auto e = dot(a, v);
#else
auto e = dot(v, v);
#endif
auto const& f = sinter::formula_of<decltype(e)>;
