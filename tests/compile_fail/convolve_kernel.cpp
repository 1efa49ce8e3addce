// SPDX-License-Identifier: BSL-1.0
// expect: sinter: convolve<S>\(x, w\): w must be a tensor, a view or own\(w\)
// lines: 25
#include <sinter/sinter.hpp>

sinter::matrix<float> x;
sinter::tensor<float, sinter::dyn, sinter::dyn, 3> w;
void ask() {
#ifdef SINTER_FAIL
    (void)sinter::convolve<1>(x, w * 2.f);
#else
    (void)sinter::convolve<1>(x, eval(w * 2.f));
#endif
}
