// expect: sinter: wrong number of indices
// SPDX-License-Identifier: BSL-1.0
#include <sinter/tensor/tensor.hpp>

float element(sinter::matrix<float> const& a) {
#ifdef SINTER_FAIL
    return a(1);
#else
    return a(1, 0);
#endif
}
