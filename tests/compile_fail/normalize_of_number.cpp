// SPDX-License-Identifier: BSL-1.0
// expect: sinter: the argument has another rank than the operation needs
// lines: 25
#include <sinter/sinter.hpp>

#ifdef SINTER_FAIL
sinter::tensor<float> x;
#else
sinter::vector<float> x;
#endif
auto e = eval(sinter::normalize(x));
