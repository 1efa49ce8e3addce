// SPDX-License-Identifier: BSL-1.0
// expect: a result and its formula differ in rank
// lines: 30
#include <sinter/sinter.hpp>

int main() {
    sinter::matrix<float, 2, 3> a, o;
    sinter::vector<float, 2> s;
#ifdef SINTER_FAIL
    sinter::tie(s, o) = sinter::together(a * 2.f, sum(a, sinter::axis<1>));
#else
    sinter::tie(o, s) = sinter::together(a * 2.f, sum(a, sinter::axis<1>));
#endif
    return static_cast<int>(o(0, 0) + s(0));
}
