// SPDX-License-Identifier: BSL-1.0
//
// A function and a reduction that the library has never heard of, fused like its own: the chance of rain on at least
// one day of the week, from the millimetres that are forecast for each.

#include <sinter/sinter.hpp>

#include <cmath>
#include <cstdio>

/// P(a or b) of independent events. A monoid: associative, with an identity; for scalars and for SIMD batches alike.
struct at_least_one {
    template <class T>
    static constexpr T identity() {
        return T(0);
    }
    template <class T>
    constexpr T operator()(T const& a, T const& b) const {
        return a + b - a * b;
    }
};

int main() {
    char const* const towns[] = {"Bergen", "Lisbon", "Cairo"};
    sinter::matrix<float> const forecast{{9, 14, 3, 6, 0.5f, 11, 8}, {0, 0, 1, 0.25f, 0, 0, 0}, {0, 0, 0, 0, 0, 0, 0}};

    // Called with batches where it can, with single numbers where it must.
    auto const chance = [](auto millimetres) { return millimetres / (millimetres + 2.0f); };

    sinter::vector<float> wet(3);
    wet = reduce(at_least_one{}, map(chance, forecast), sinter::axis<1>);      // (3,7) → (3)

    bool right = true;
    for (std::size_t i = 0; i < 3; ++i) {
        double dry = 1;
        for (std::size_t j = 0; j < 7; ++j) dry *= 1 - double(forecast(i, j)) / (double(forecast(i, j)) + 2);
        std::printf("%s: %.3f %% chance of rain this week\n", towns[i], 100 * double(wet(i)));
        right = right && std::abs(double(wet(i)) - (1 - dry)) < 1e-6;
    }
    return right ? 0 : 1;
}
