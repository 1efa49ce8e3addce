// SPDX-License-Identifier: BSL-1.0
// The compiler's own error comes first, in the function: it has to be instantiated to be looked at.
// expect: sinter: map.f, x...., reduce.m, x.: f and m are called with registers as well as with numbers
// expect: sinter::simd::select.x < y, a, b.
// lines: 70
#include <sinter/sinter.hpp>

#ifdef SINTER_FAIL
constexpr auto positive = [](auto x) { return x > 0 ? x : 0; };
#else
constexpr auto positive = [](auto x) { return sinter::simd::select(x > 0, x, decltype(x)(0)); };
#endif

int main() {
    sinter::matrix<float> m(3, 3), o(3, 3);
    o = map(positive, m);
    return o(0, 0) == 0 ? 0 : 1;
}
