// SPDX-License-Identifier: BSL-1.0
// expect: sinter: A\*y\^T: y is a vector, so y\^T has no meaning after a matrix
// lines: 25
#include <sinter/notation.hpp>
#include <sinter/tensor/tensor.hpp>

using namespace sinter::notation;
sinter::matrix<float> a;
sinter::vector<float> x, y;
#ifdef SINTER_FAIL
auto e = a*y^T;
#else
auto e = x*y^T;
#endif
