// SPDX-License-Identifier: BSL-1.0
// expect: extents of one axis must be equal
// lines: 30
#include <sinter/sinter.hpp>

int main() {
    sinter::matrix<float, 2, 3> a;
    sinter::matrix<float, 3, 2> b;
    sinter::matrix<float, 2, 3> o, p;
#ifdef SINTER_FAIL
    sinter::tie(o, p) = sinter::together(a * 2.f, a + b);
#else
    sinter::tie(o, p) = sinter::together(a * 2.f, a + a);
#endif
    return static_cast<int>(o(0, 0) + p(0, 0) + b(0, 0));
}
