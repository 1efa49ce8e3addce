// SPDX-License-Identifier: BSL-1.0
// expect: sinter: reduce.m, x.: m needs a member `template <class T> static constexpr T identity
#include <sinter/sinter.hpp>

struct sum {
#ifndef SINTER_FAIL
    template <class T> static constexpr T identity() { return T(0); }
#endif
    template <class T> constexpr T operator()(T const& a, T const& b) const { return static_cast<T>(a + b); }
};

int main() {
    sinter::matrix<float> m(3, 3);
    sinter::vector<float> const s = eval(reduce(sum{}, m, sinter::axis<0>));
    return s(0) == 0 ? 0 : 1;
}
