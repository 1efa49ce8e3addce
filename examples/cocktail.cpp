// SPDX-License-Identifier: BSL-1.0
//
// What does a litre of each cocktail cost? The prices of four ingredients times a table of three recipes:
// (1,4) × (4,3) → (1,3), once by the compiler and once at run time.

#include <sinter/sinter.hpp>

#include <cmath>
#include <cstdio>

constexpr char const* names[] = {"garden", "stiff one", "all sorts"};

//                                              rum  pineapple  coconut  lime    € a litre
constexpr sinter::matrix<double, 1, 4> prices{{20.0,     4.0,     12.0,   8.0}};

constexpr sinter::matrix<double, 4, 3> recipes{{0.20, 0.60, 0.30},       // rum
                                               {0.45, 0.30, 0.10},       // pineapple
                                               {0.10, 0.05, 0.30},       // coconut
                                               {0.25, 0.05, 0.30}};      // lime

constexpr double expected[] = {9.0, 14.2, 12.4};

constexpr bool near(double a, double b) { return a - b < 1e-12 && b - a < 1e-12; }

// All extents are known, so the same formula is a constant expression.
constexpr sinter::matrix<double, 1, 3> cost = sinter::eval(prices * recipes);
static_assert(near(cost(0, 0), expected[0]) && near(cost(0, 1), expected[1]) && near(cost(0, 2), expected[2]));

int main() {
    // The same with extents that are known at run time only.
    sinter::matrix<float> p{{20, 4, 12, 8}};
    sinter::matrix<float> r{{0.2f, 0.6f, 0.3f}, {0.45f, 0.3f, 0.1f}, {0.1f, 0.05f, 0.3f}, {0.25f, 0.05f, 0.3f}};
    sinter::matrix<float> c(1, 3);
    c = p * r;

    bool right = true;
    for (std::size_t i = 0; i < 3; ++i) {
        std::printf("%-10s %5.2f EUR a litre (the compiler says %5.2f)\n", names[i], double(c(0, i)), cost(0, i));
        right = right && std::abs(double(c(0, i)) - expected[i]) < 1e-5;
    }
    return right ? 0 : 1;
}
