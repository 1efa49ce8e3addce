// SPDX-License-Identifier: BSL-1.0
// expect: sinter: o = e: the shape of the result must be that of the formula
// expect: (3.* == 4|result<.*3, 4, -1>)
// lines: 25
#include <sinter/sinter.hpp>

int main() {
    sinter::tensor<float, 4, 3> a;
#ifdef SINTER_FAIL
    sinter::tensor<float, 3, 4> b;
#else
    sinter::tensor<float, 3, 3> b;
#endif
    a = a * b + 1;
    return static_cast<int>(a(0, 0));
}
