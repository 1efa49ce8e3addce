// SPDX-License-Identifier: BSL-1.0
//
// Edges of a picture: two 3×3 convolutions, one for each direction, and the length of what they give.
//
//     e = √( (x ⋆ g)² + (x ⋆ gᵀ)² )        (1,h,w) ⋆ (1,1,3,3) → (1,h,w)
//
// One pass over the picture: neither gradient is stored, and the border of zeros is none in memory.

#include <sinter/sinter.hpp>

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace {
constexpr std::size_t height = 24, width = 64;
using picture = sinter::tensor<float, 1, height, width>;
using kernel = sinter::tensor<float, 1, 1, 3, 3>;

/// A disc and a box on a dark ground.
picture draw() {
    picture x;
    for (std::size_t i = 0; i < height; ++i)
        for (std::size_t j = 0; j < width; ++j) {
            double const down = double(i) - 11.5, right = (double(j) - 18) / 2;
            bool const disc = down * down + right * right < 49, box = i >= 6 && i < 18 && j >= 38 && j < 56;
            x(0, i, j) = disc ? 1.0f : box ? 0.6f : 0.1f;
        }
    return x;
}

/// The same by loops.
double edge_at(picture const& x, kernel const& g, std::size_t i, std::size_t j) {
    double across = 0, down = 0;
    for (std::size_t a = 0; a < 3; ++a)
        for (std::size_t b = 0; b < 3; ++b) {
            if (i + a < 1 || i + a > height || j + b < 1 || j + b > width) continue;
            double const v = double(x(0, i + a - 1, j + b - 1));
            across += double(g(0, 0, a, b)) * v;
            down += double(g(0, 0, b, a)) * v;
        }
    return std::sqrt(across * across + down * down);
}
}  // namespace

int main() {
    using namespace sinter;
    picture const x = draw();
    kernel const g{{{{-1, 0, 1}, {-2, 0, 2}, {-1, 0, 1}}}}, turned = transpose(g);
    picture edges;

    auto const formula = sqrt(square(convolve<2>(x, g, padding(1))) + square(convolve<2>(x, turned, padding(1))));
    edges = formula;

    double worst = 0, highest = 0;
    for (std::size_t i = 0; i < height; ++i)
        for (std::size_t j = 0; j < width; ++j) {
            double const want = edge_at(x, g, i, j), error = std::abs(want - double(edges(0, i, j)));
            worst = error <= worst ? worst : error;
            highest = std::max(highest, want);
        }
    auto const print = [](picture const& p, double most) {
        for (std::size_t i = 0; i < height; ++i) {
            for (std::size_t j = 0; j < width; ++j)
                std::putchar(" .:-=+*#%@"[static_cast<std::size_t>(9.99 * std::min(1.0, double(p(0, i, j)) / most))]);
            std::putchar('\n');
        }
    };
    print(x, 1);
    print(edges, highest);
    std::printf("%d pass, no temporaries: %s; largest error %.1e\n", int(plan(formula).passes),
                plan(formula).temporaries == 0 ? "yes" : "no", worst);
    return worst < 1e-5 && plan(formula).passes == 1 && plan(formula).temporaries == 0 ? 0 : 1;
}
