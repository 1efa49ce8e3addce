// SPDX-License-Identifier: BSL-1.0
// expect: sinter: a formula has operands of two different scalar types of the user's
#include <sinter/sinter.hpp>

#include <complex>

int main() {
    sinter::vector<std::complex<float>> x(3), o(3), p(3);
#ifdef SINTER_FAIL
    sinter::vector<std::complex<double>> y(3);
#else
    sinter::vector<std::complex<float>> y(3);
#endif
    sinter::tie(o, p) = sinter::together(x, x + y);
    (void)sinter::eval(sinter::together(x + y, x));
}
