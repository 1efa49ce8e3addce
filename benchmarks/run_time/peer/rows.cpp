// SPDX-License-Identifier: BSL-1.0
#include "eigen.hpp"

#include <cmath>

namespace bench::peer {

void softmax_rows(problem const& p) {
    auto const x = matrix_of(p, 0, p.size.n, p.size.e);
    auto o = result_of(p);
    for (index i = 0; i < x.rows(); ++i) {
        auto row = o.row(i).array();
        row = (x.row(i).array() - x.row(i).maxCoeff()).exp();
        row /= row.sum();
    }
}

void layer_norm_rows(problem const& p) {
    auto const x = matrix_of(p, 0, p.size.n, p.size.e);
    auto const gamma = row_of(p, 1).array();
    auto const beta = row_of(p, 2).array();
    auto o = result_of(p);
    for (index i = 0; i < x.rows(); ++i) {
        auto const row = x.row(i).array();
        float const mean = row.mean();
        float const variance = (row - mean).square().mean();
        o.row(i).array() = (row - mean) * (1 / std::sqrt(variance + epsilon)) * gamma + beta;
    }
}

void elementwise(problem const& p) {
    auto const a = row_of(p, 0).array(), b = row_of(p, 1).array();
    auto const c = row_of(p, 2).array(), d = row_of(p, 3).array();
    Eigen::Map<Eigen::ArrayXf, Eigen::AlignedMax> o(p.out.data(), index(p.size.n));
    o.transpose() = (a + b * c) / (d + 1);
}

// The columns of y are gathered once; then every row is one array expression, without an n×m intermediate.
void kernel_sum(problem const& p) {
    auto const x = matrix_of(p, 0, p.size.n, p.size.d);
    Eigen::MatrixXf const y = matrix_of(p, 1, p.size.m, p.size.d);
    auto const w = row_of(p, 2).transpose().array();
    thread_local Eigen::ArrayXf distance;
    for (index i = 0; i < x.rows(); ++i) {
        distance = (y.col(0).array() - x(i, 0)).square();
        for (index k = 1; k < x.cols(); ++k) distance += (y.col(k).array() - x(i, k)).square();
        p.out[std::size_t(i)] = ((-distance).exp() * w).sum();
    }
}

}  // namespace bench::peer
