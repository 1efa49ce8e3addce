// SPDX-License-Identifier: BSL-1.0
// expect: sinter: o = e: the shape of the result must be that of the formula
// lines: 25
#include <sinter/sinter.hpp>

int main() {
    sinter::tensor<float, 4, 3> a, o;
#ifdef SINTER_FAIL
    sinter::tensor<float, 4, 2> p;
#else
    sinter::tensor<float, 4, 3> p;
#endif
    sinter::tie(o, p) = sinter::together(a + 1, a * 2);
    return static_cast<int>(o(0, 0) + p(0, 0));
}
