// SPDX-License-Identifier: BSL-1.0
//
// A matrix product, (4,3) × (3,2) → (4,2), and what happens to one whose extents don't fit.

#include <sinter/sinter.hpp>

#include <iostream>

int main() {
    sinter::matrix<float> const a{{1, 2, 3}, {4, 5, 6}, {7, 8, 9}, {10, 11, 12}};
    sinter::matrix<float> const b{{2, 3}, {1, 2}, {1, 1}};
    sinter::matrix<float> const expected{{7, 10}, {19, 28}, {31, 46}, {43, 64}};

    sinter::matrix<float> c(4, 2);
    c = a * b;
    std::cout << "a * b =\n" << c << '\n';
    bool right = c == expected;

    // (3,2) × (4,3): the inner extents 2 and 4 differ. Nothing is written.
    bool rejected = false;
    try {
        c = b * a;
    } catch (sinter::shape_error const& error) {
        rejected = true;
        std::cout << "\nb * a is refused:\n" << error.what() << '\n';
    }
    return right && rejected && c == expected ? 0 : 1;
}
