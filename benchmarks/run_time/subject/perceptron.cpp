// SPDX-License-Identifier: BSL-1.0
#include "sinter.hpp"

namespace bench::subject {

void perceptron(problem const& p) {
    auto const [n, m, d, e, h, g] = p.size;
    auto const x = matrix_of(p, 0, n, d), w1 = matrix_of(p, 1, d, m), w2 = matrix_of(p, 3, m, e);
    auto const b1 = vector_of(p, 2), b2 = vector_of(p, 4);
    auto o = result_of(p);
    o = relu(x * w1 + b1) * w2 + b2;
}

}  // namespace bench::subject
