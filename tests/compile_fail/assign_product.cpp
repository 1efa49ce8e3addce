// SPDX-License-Identifier: BSL-1.0
// A product of named tensors is checked where it is evaluated: the compiler may have seen only the first part of Q*K^T before.
// expect: sinter: A\*B: the last extent of A must equal the one before last of B
// expect: (3.* == 4|product<.*3, 4>)
// lines: 25
#include <sinter/sinter.hpp>

int main() {
    sinter::tensor<float, 4, 3> a;
#ifdef SINTER_FAIL
    sinter::tensor<float, 4, 2> b;
#else
    sinter::tensor<float, 3, 2> b;
#endif
    sinter::matrix<float> o(4, 2);
    o = a * b;
    return static_cast<int>(o(0, 0));
}
