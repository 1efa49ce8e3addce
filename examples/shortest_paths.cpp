// SPDX-License-Identifier: BSL-1.0
//
// The shortest ways between all towns of a made-up country, by the product of matrices in which lengths add and the shorter
// way wins. Squaring the matrix doubles the number of roads that a way may have.

#include <sinter/sinter.hpp>

#include <cstdio>
#include <limits>
#include <utility>

int main() {
    constexpr float none = std::numeric_limits<float>::infinity();
    char const* const towns[] = {"Anbury", "Brack", "Corwen", "Dale", "Esk", "Farholm"};
    constexpr std::size_t n = 6;
    // The length of the road from one town to the next; there is none to the island.
    sinter::matrix<float> ways{{0, 80, none, 90, none, none},  {80, 0, 70, 105, none, none}, {none, 70, 0, 125, none, none},
                               {90, 105, 125, 0, 70, none},    {none, none, none, 70, 0, none}, {none, none, none, none, none, 0}};

    sinter::matrix<float> longer(n, n);
    for (std::size_t roads = 1; roads < n - 1; roads *= 2) {
        longer = sinter::product<sinter::min_plus>(ways, ways);        // (n,n) × (n,n) → (n,n): min over k of d(i,k) + d(k,j)
        std::swap(ways, longer);
    }
    for (std::size_t i = 0; i < n; ++i) {
        std::printf("%-9s", towns[i]);
        for (std::size_t j = 0; j < n; ++j) std::printf("%5.0f", static_cast<double>(ways(i, j)));
        std::printf("\n");
    }

    // One more square changes nothing.
    sinter::matrix<float> again(n, n);
    again = sinter::product<sinter::min_plus>(ways, ways);
    bool const right = ways(0, 4) == 160 && ways(2, 4) == 195 && ways(0, 2) == 150 && ways(5, 0) == none && again == ways;
    return right ? 0 : 1;
}
