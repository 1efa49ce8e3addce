// expect: sinter: wrong number of extents
// SPDX-License-Identifier: BSL-1.0
#include <sinter/tensor/tensor.hpp>

sinter::tensor<float, sinter::dyn, 4, sinter::dyn> make(int n) {
#ifdef SINTER_FAIL
    return sinter::tensor<float, sinter::dyn, 4, sinter::dyn>(n);
#else
    return sinter::tensor<float, sinter::dyn, 4, sinter::dyn>(n, n);
#endif
}
