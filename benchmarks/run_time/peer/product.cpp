// SPDX-License-Identifier: BSL-1.0
#include "eigen.hpp"

namespace bench::peer {

void product_nn(problem const& p) {
    auto const [n, m, d, e, h, g] = p.size;
    result_of(p).noalias() = matrix_of(p, 0, n, m) * matrix_of(p, 1, m, e);
}

void product_tn(problem const& p) {
    auto const [n, m, d, e, h, g] = p.size;
    result_of(p).noalias() = matrix_of(p, 0, m, n).transpose() * matrix_of(p, 1, m, e);
}

void product_nt(problem const& p) {
    auto const [n, m, d, e, h, g] = p.size;
    result_of(p).noalias() = matrix_of(p, 0, n, m) * matrix_of(p, 1, e, m).transpose();
}

void product_tt(problem const& p) {
    auto const [n, m, d, e, h, g] = p.size;
    result_of(p).noalias() = matrix_of(p, 0, m, n).transpose() * matrix_of(p, 1, e, m).transpose();
}

void perceptron(problem const& p) {
    auto const [n, m, d, e, h, g] = p.size;
    thread_local matrix hidden;
    hidden.resize(index(n), index(m));
    auto o = result_of(p);
    hidden.noalias() = matrix_of(p, 0, n, d) * matrix_of(p, 1, d, m);
    hidden = (hidden.rowwise() + row_of(p, 2)).cwiseMax(0.0F);
    o.noalias() = hidden * matrix_of(p, 3, m, e);
    o.rowwise() += row_of(p, 4);
}

}  // namespace bench::peer
