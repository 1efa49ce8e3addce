// SPDX-License-Identifier: BSL-1.0
// lines: 65
// expect: sinter: the formula orders numbers of a scalar type of the user's .*, which has no operator<
#include <sinter/sinter.hpp>

#include <complex>

int main() {
    sinter::vector<std::complex<float>> x(3);
#ifdef SINTER_FAIL
    x = clamp(x, 0, 1);
#else
    x = where(sinter::coord<0> < 2, x, 0);
#endif
    return x(0) == 0.0f ? 0 : 1;
}
