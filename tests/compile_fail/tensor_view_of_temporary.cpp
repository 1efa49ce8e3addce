// expect: (deleted|delete)
// lines: 60
// SPDX-License-Identifier: BSL-1.0
#include <sinter/tensor/view_of.hpp>

#include <vector>

float first(std::vector<float> values) {
#ifdef SINTER_FAIL
    return sinter::view_of(std::vector<float>(values))(0);
#else
    return sinter::view_of(values)(0);
#endif
}
