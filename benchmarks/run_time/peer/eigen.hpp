// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <Eigen/Dense>

#include "../kernels.hpp"

/// Eigen by hand, as its users write it.
namespace bench::peer {

using matrix = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
using input = Eigen::Map<matrix const, Eigen::AlignedMax>;
using output = Eigen::Map<matrix, Eigen::AlignedMax>;
using row_input = Eigen::Map<Eigen::RowVectorXf const, Eigen::AlignedMax>;
using index = Eigen::Index;

inline input matrix_of(problem const& p, std::size_t slot, std::size_t rows, std::size_t cols) {
    return {p.operand(slot), index(rows), index(cols)};
}

inline row_input row_of(problem const& p, std::size_t slot) {
    return {p.operand(slot), index(p.in[slot].size())};
}

inline output result_of(problem const& p) { return {p.out.data(), index(p.size.n), index(p.size.e)}; }

/// The operands of the sentence.
struct attention_data {
    input q, k, v;
    output o;

    explicit attention_data(problem const& p)
        : q(matrix_of(p, 0, p.size.n, p.size.d)), k(matrix_of(p, 1, p.size.m, p.size.d)),
          v(matrix_of(p, 2, p.size.m, p.size.e)), o(result_of(p)) {}
};

}  // namespace bench::peer
