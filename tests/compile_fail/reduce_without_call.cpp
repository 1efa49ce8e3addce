// SPDX-License-Identifier: BSL-1.0
// expect: sinter: reduce.m, x.: m needs `template <class T> constexpr T operator
#include <sinter/sinter.hpp>

struct sum {
    template <class T> static constexpr T identity() { return T(0); }
#ifndef SINTER_FAIL
    template <class T> constexpr T operator()(T const& a, T const& b) const { return static_cast<T>(a + b); }
#endif
};

int main() {
    sinter::matrix<float> m(3, 3);
    return eval(reduce(sum{}, m))() == 0 ? 0 : 1;
}
