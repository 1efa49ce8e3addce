// expect: sinter: the elements of this view are const
// SPDX-License-Identifier: BSL-1.0
#include <sinter/tensor/view_of.hpp>

#include <vector>

void writes(std::vector<float> const& read_only, std::vector<float>& values) {
#ifdef SINTER_FAIL
    sinter::view_of(read_only) = sinter::vector<float>{1, 2};
    static_cast<void>(values);
#else
    sinter::view_of(values) = sinter::view_of(read_only);
#endif
}
