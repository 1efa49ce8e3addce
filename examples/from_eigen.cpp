// SPDX-License-Identifier: BSL-1.0
// Data that live in Eigen: weights, as Eigen stores them (column by column), in a fused formula whose result goes back to
// Eigen, where a solver takes over.
#include <sinter/interop/eigen.hpp>
#include <sinter/sinter.hpp>

#include <Eigen/Dense>

#include <cstdio>

using sinter::axis;
using sinter::view_of;

int main() {
    constexpr int n = 200, d = 3, centres = 20;
    Eigen::MatrixXf const points = Eigen::MatrixXf::Random(n, d), means = points.topRows(centres);

    // φ(i,c) = exp(-|xᵢ − μ_c|²/2), where |xᵢ − μ_c|² = |xᵢ|² + |μ_c|² − 2xᵢ·μ_c: nothing is stored but φ
    Eigen::MatrixXf features(n, centres);
    auto const xx = sinter::sum(sinter::square(points), axis<1>, sinter::keep);        // (n,1)
    auto const mm = sinter::sum(sinter::square(means), axis<1>);                       // (centres)
    auto const phi = sinter::exp(points * sinter::transpose(means) - 0.5f * xx - 0.5f * mm);        // (n,d) × (d,centres)
    view_of(features) = phi;

    // Least squares by Eigen: targets that the features can express
    Eigen::VectorXf const truth = Eigen::VectorXf::LinSpaced(centres, -1, 1), targets = features * truth;
    Eigen::VectorXf const found = features.colPivHouseholderQr().solve(targets);

    // features * found alone would be Eigen's product: one of the two has to be a view
    float const error = sinter::eval(sinter::amax(sinter::abs(features * view_of(found) - targets)))();
    std::printf("%d passes, %d temporaries for %d features of %d points\n", sinter::plan(phi).passes,
                sinter::plan(phi).temporaries, centres, n);
    std::printf("largest error of %d fitted values: %.1e\n", n, static_cast<double>(error));
    return error < 1e-4f && sinter::plan(phi).temporaries == 0 ? 0 : 1;
}
