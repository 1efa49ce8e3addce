// SPDX-License-Identifier: BSL-1.0
// One error, though a tensor is made of what is wrong.
// expect: sinter: A.B: the last extent of A must equal the one before last of B
// errors: 1
#include <sinter/sinter.hpp>

#ifdef SINTER_FAIL
constexpr std::size_t inner = 4;
#else
constexpr std::size_t inner = 3;
#endif

int main() {
    sinter::matrix<float, 2, 3> const a;
    sinter::matrix<float, inner, 2> const b;
    auto const o = sinter::eval(a * b);
    sinter::matrix<float> const p = a * b;
    return o(0, 0) == p(0, 0) ? 0 : 1;
}
