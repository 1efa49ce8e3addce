// SPDX-License-Identifier: BSL-1.0
// expect: sinter: extents of one axis must be equal, or one of them 1
// lines: 30
#include <sinter/sinter.hpp>

sinter::tensor<float, 4, 3> a;
#ifdef SINTER_FAIL
sinter::tensor<float, 4, 2> b;
#else
sinter::tensor<float, 4, 3> b;
#endif
std::string ask() { return explain(a + b); }
