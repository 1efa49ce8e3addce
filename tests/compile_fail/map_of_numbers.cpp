// SPDX-License-Identifier: BSL-1.0
// expect: sinter: map.f, x...., reduce.m, x.: f and m are called with registers as well as with numbers
// expect: sinter::simd::select.x < y, a, b.
#include <sinter/sinter.hpp>

#ifdef SINTER_FAIL
constexpr auto twice = [](float x) { return x + x; };
#else
constexpr auto twice = [](auto x) { return x + x; };
#endif

int main() {
    sinter::matrix<float> m(3, 3), o(3, 3);
    o = map(twice, m) * m;
    return o(0, 0) == 0 ? 0 : 1;
}
