// SPDX-License-Identifier: BSL-1.0
// expect: sinter: map.f, x...., reduce.m, x.: f and m are called with registers as well as with numbers
#include <sinter/sinter.hpp>

struct sum {
    template <class T> static constexpr T identity() { return T(0); }
#ifdef SINTER_FAIL
    constexpr float operator()(float a, float b) const { return a + b; }
#else
    template <class T> constexpr T operator()(T const& a, T const& b) const { return static_cast<T>(a + b); }
#endif
};

int main() {
    sinter::matrix<float> m(3, 3);
    return eval(reduce(sum{}, m))() == 0 ? 0 : 1;
}
