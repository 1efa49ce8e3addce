// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/sinter.hpp>

#include "../kernels.hpp"

/// The subjects: one formula in each file, so that no compiler process has to hold two of them.
namespace bench::subject {

using input = sinter::view<float const, sinter::dyn, sinter::dyn>;
using vector_input = sinter::view<float const, sinter::dyn>;
using output = sinter::view<float, sinter::dyn, sinter::dyn>;
using vector_output = sinter::view<float, sinter::dyn>;

inline input matrix_of(problem const& p, std::size_t slot, std::size_t rows, std::size_t cols) {
    return input(p.operand(slot), rows, cols);
}

inline vector_input vector_of(problem const& p, std::size_t slot) {
    return vector_input(p.operand(slot), p.in[slot].size());
}

inline output result_of(problem const& p) { return output(p.out.data(), p.size.n, p.size.e); }

inline vector_output vector_result_of(problem const& p) { return vector_output(p.out.data(), p.size.n); }

/// The operands of the sentence.
struct attention_data {
    input q, k, v;
    output o;

    explicit attention_data(problem const& p)
        : q(matrix_of(p, 0, p.size.n, p.size.d)), k(matrix_of(p, 1, p.size.m, p.size.d)),
          v(matrix_of(p, 2, p.size.m, p.size.e)), o(result_of(p)) {}
};

}  // namespace bench::subject
