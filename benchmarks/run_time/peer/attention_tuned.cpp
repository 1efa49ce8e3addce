// SPDX-License-Identifier: BSL-1.0
#include "eigen.hpp"

#include <cmath>

/// Eigen again, by somebody who knows it inside out: no temporary is allocated, none is copied, rows stay in cache.
namespace bench::tuned {
namespace {

using peer::index;
using peer::matrix;
using peer::matrix_of;

/// The operands of the sentence, and n×m scores that keep their memory from call to call.
struct attention_data : peer::attention_data {
    matrix& s;

    explicit attention_data(problem const& p) : peer::attention_data(p), s(scores()) {
        s.resize(index(p.size.n), index(p.size.m));
    }

    static matrix& scores() {
        thread_local matrix kept;
        return kept;
    }
};

/// Maximum, exponential and sum of each row, in place.
void softmax_rows_of(matrix& s) {
    for (index i = 0; i < s.rows(); ++i) {
        auto row = s.row(i).array();
        row = (row - row.maxCoeff()).exp();
        row /= row.sum();
    }
}

// On the left of the product it is folded into it. On the right of one, or as a divisor, Eigen evaluates the product
// into a temporary first and copies it across storage orders: several times slower at n = 2048.
float scale(problem const& p) { return 1 / std::sqrt(float(p.size.d)); }

}  // namespace

void attention(problem const& p) {
    attention_data a(p);
    a.s.noalias() = scale(p) * a.q * a.k.transpose();
    softmax_rows_of(a.s);
    a.o.noalias() = a.s * a.v;
}

void attention_bias(problem const& p) {
    attention_data a(p);
    a.s = matrix_of(p, 3, p.size.n, p.size.m);
    a.s.noalias() += scale(p) * a.q * a.k.transpose();
    softmax_rows_of(a.s);
    a.o.noalias() = a.s * a.v;
}

void attention_causal(problem const& p) {
    attention_data a(p);
    a.s.noalias() = scale(p) * a.q * a.k.transpose();
    for (index i = 0; i < a.s.rows(); ++i) {
        index const open = std::min(i + 1, a.s.cols());
        auto row = a.s.row(i).head(open).array();
        row = (row - row.maxCoeff()).exp();
        row /= row.sum();
        a.s.row(i).tail(a.s.cols() - open).setZero();
    }
    a.o.noalias() = a.s * a.v;
}

void attention_soft_cap(problem const& p) {
    attention_data a(p);
    a.s.noalias() = (scale(p) / soft_cap) * a.q * a.k.transpose();
    a.s = soft_cap * a.s.array().tanh();
    softmax_rows_of(a.s);
    a.o.noalias() = a.s * a.v;
}

void attention_sigmoid(problem const& p) {
    attention_data a(p);
    a.s.noalias() = a.q * a.k.transpose();
    a.s = (1 + (-a.s.array()).exp()).inverse();
    a.o.noalias() = a.s * a.v;
}

void attention_cosine(problem const& p) {
    attention_data a(p);
    matrix const q = a.q.rowwise().normalized();
    matrix const k = a.k.rowwise().normalized();
    a.s.noalias() = temperature * q * k.transpose();
    softmax_rows_of(a.s);
    a.o.noalias() = a.s * a.v;
}

}  // namespace bench::tuned
