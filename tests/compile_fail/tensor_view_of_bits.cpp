// SPDX-License-Identifier: BSL-1.0
// expect: view_of\(std::vector<bool>\): its elements are single bits, which no pointer reaches; use std::vector<char>, or tensor<bool, dyn>
// lines: 15
#include <sinter/sinter.hpp>

#include <vector>

int main() {
#ifdef SINTER_FAIL
    std::vector<bool> mask(3);
#else
    std::vector<char> mask(3);
#endif
    auto const v = sinter::view_of(mask);
    return v.size() == 3 ? 0 : 1;
}
