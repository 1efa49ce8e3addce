// SPDX-License-Identifier: BSL-1.0
// expect: sinter: a formula takes no containers: write view_of\(c\), which is a view of its elements
// lines: 15
#include <sinter/sinter.hpp>

#include <vector>

int main() {
    std::vector<float> const w{1, 2};
    sinter::vector<float> z{3, 4};
#ifdef SINTER_FAIL
    z = w + z;
#else
    z = sinter::view_of(w) + z;
#endif
    return z(0) == 4 ? 0 : 1;
}
