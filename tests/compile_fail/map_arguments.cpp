// SPDX-License-Identifier: BSL-1.0
// lines: 60
// expect: sinter: map.f, x....: f must be callable with as many numbers as there are x
#include <sinter/sinter.hpp>

constexpr auto product = [](auto x, auto y) { return x * y; };

int main() {
    sinter::matrix<float> m(3, 3), o(3, 3);
#ifdef SINTER_FAIL
    o = map(product, m);
#else
    o = map(product, m, m);
#endif
    return o(0, 0) == 0 ? 0 : 1;
}
