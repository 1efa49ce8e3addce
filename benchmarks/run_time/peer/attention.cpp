// SPDX-License-Identifier: BSL-1.0
#include "eigen.hpp"

#include <cmath>

namespace bench::peer {
namespace {

void softmax_rows_of(matrix& s) {
    Eigen::VectorXf const top = s.rowwise().maxCoeff();
    s.colwise() -= top;
    s = s.array().exp();
    Eigen::VectorXf const sum = s.rowwise().sum();
    s.array().colwise() /= sum.array();
}

}  // namespace

void attention(problem const& p) {
    attention_data a(p);
    matrix s = a.q * a.k.transpose() / std::sqrt(float(p.size.d));
    softmax_rows_of(s);
    a.o.noalias() = s * a.v;
}

void attention_cross(problem const& p) { attention(p); }

void attention_bias(problem const& p) {
    attention_data a(p);
    matrix s = a.q * a.k.transpose() / std::sqrt(float(p.size.d)) + matrix_of(p, 3, p.size.n, p.size.m);
    softmax_rows_of(s);
    a.o.noalias() = s * a.v;
}

void attention_causal(problem const& p) {
    attention_data a(p);
    matrix s = a.q * a.k.transpose() / std::sqrt(float(p.size.d));
    for (index i = 0; i < s.rows(); ++i)
        if (i + 1 < s.cols()) s.row(i).tail(s.cols() - i - 1).setConstant(-HUGE_VALF);
    softmax_rows_of(s);
    a.o.noalias() = s * a.v;
}

void attention_soft_cap(problem const& p) {
    attention_data a(p);
    matrix s = a.q * a.k.transpose() / (std::sqrt(float(p.size.d)) * soft_cap);
    s = soft_cap * s.array().tanh();
    softmax_rows_of(s);
    a.o.noalias() = s * a.v;
}

void attention_sigmoid(problem const& p) {
    attention_data a(p);
    matrix s = a.q * a.k.transpose();
    s = (1 + (-s.array()).exp()).inverse();
    a.o.noalias() = s * a.v;
}

void attention_cosine(problem const& p) {
    attention_data a(p);
    matrix s = a.q.rowwise().normalized() * a.k.rowwise().normalized().transpose() * temperature;
    softmax_rows_of(s);
    a.o.noalias() = s * a.v;
}

}  // namespace bench::peer
