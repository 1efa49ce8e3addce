// expect: (deleted|delete)
// lines: 65
// SPDX-License-Identifier: BSL-1.0
#include <sinter/tensor/view_of.hpp>

float first() {
#ifdef SINTER_FAIL
    return sinter::view_of(sinter::vector<float>{1, 2})(0);
#else
    sinter::vector<float> const values{1, 2};
    return sinter::view_of(values)(0);
#endif
}
