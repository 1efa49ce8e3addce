// SPDX-License-Identifier: BSL-1.0
// expect: the axis has fewer than K elements
// lines: 25
#include <sinter/sinter.hpp>

int main() {
    sinter::matrix<float, 2, 3> a;
    sinter::matrix<float, 2, 3> v;
#ifdef SINTER_FAIL
    auto const best = sinter::topk<4>(a, sinter::axis<1>);
    (void)best;
#else
    v = sinter::topk<3>(a, sinter::axis<1>).values;
#endif
    return static_cast<int>(v(0, 0));
}
