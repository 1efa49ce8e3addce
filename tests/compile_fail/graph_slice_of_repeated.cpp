// SPDX-License-Identifier: BSL-1.0
// expect: sinter: a slice or window of what is repeated: write materialize\(...\) around the part of the formula that is named here, or repeat the slice; a slice from its beginning on begins with std::integral_constant<int, 0>
// lines: 45
#include <sinter/sinter.hpp>

#include <type_traits>

int main() {
    sinter::vector<float> const x{1, 2, 3};
    std::size_t const n = 5;
    sinter::vector<float> o(n);
#ifdef SINTER_FAIL
    o = slice(repeat<0>(x, 2), sinter::range(0, n));
#else
    o = slice(repeat<0>(x, 2), sinter::range(std::integral_constant<int, 0>{}, n));
    o = slice(materialize(repeat<0>(x, 2)), sinter::range(0, n));
#endif
    return o(4) == 3 ? 0 : 1;
}
