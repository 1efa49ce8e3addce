// SPDX-License-Identifier: BSL-1.0
//
// A landscape of three hills: each of m points y_j in space raises the ground around it by w_j e^{−‖x − y_j‖²}.
//
//     f_i = Σ_j e^{−‖x_i − y_j‖²} w_j        (n,3), (m,3), (m) → (n)
//
// The n × m kernel matrix is never stored.

#include <sinter/sinter.hpp>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <random>

/// A formula may be returned from a function: named tensors are borrowed, formulas are held by value.
auto kernel_sum(sinter::matrix<float, sinter::dyn, 3> const& x, sinter::matrix<float, sinter::dyn, 3> const& y,
                sinter::vector<float> const& w) {
    using namespace sinter;
    return exp(-sum(square(expand<1>(x) - expand<0>(y)), axis<-1>)) * w;      // (n,1,3), (1,m,3) → (n,m) → (n)
}

int main() {
    constexpr std::size_t rows = 20, columns = 60, n = rows * columns, m = 300;
    sinter::matrix<float, sinter::dyn, 3> x(n), y(m);
    sinter::vector<float> w(m), f(n);

    std::mt19937 random(7);
    auto const around = [&](float centre) { return centre + 0.35f * (float(random() % 2001) / 1000.0f - 1.0f); };
    float const hills[3][2] = {{1.2f, 1.1f}, {3.4f, 2.8f}, {5.0f, 1.3f}};
    for (std::size_t j = 0; j < m; ++j) {
        y(j, 0) = around(hills[j % 3][0]), y(j, 1) = around(hills[j % 3][1]), y(j, 2) = around(0);
        w(j) = float(1 + j % 3) / float(m);
    }
    for (std::size_t i = 0; i < n; ++i) {               // a map of 6 × 4, at height 0
        x(i, 0) = 6.0f * float(i % columns) / columns;
        x(i, 1) = 4.0f * float(i / columns) / rows;
    }

    f = kernel_sum(x, y, w);

    double worst = 0, highest = 0;
    for (std::size_t i = 0; i < n; ++i) {
        double sum = 0;
        for (std::size_t j = 0; j < m; ++j) {
            double distance = 0;
            for (std::size_t c = 0; c < 3; ++c) distance += std::pow(double(x(i, c)) - double(y(j, c)), 2);
            sum += std::exp(-distance) * double(w(j));
        }
        double const error = std::abs(sum - double(f(i)));
        worst = error <= worst ? worst : error;
        highest = std::max(highest, sum);
    }
    for (std::size_t i = 0; i < n; ++i) {
        auto const shade = static_cast<std::size_t>(9.99 * std::min(1.0, double(f(i)) / highest));
        std::printf("%c%s", " .:-=+*#%@"[shade], i % columns == columns - 1 ? "\n" : "");
    }
    std::printf("%zu sums over %zu points, largest error %.1e\n", n, m, worst);
    return worst < 1e-5 ? 0 : 1;
}
