// SPDX-License-Identifier: BSL-1.0
#include "sinter.hpp"

namespace bench::subject {

void layer_norm_rows(problem const& p) {
    auto const x = matrix_of(p, 0, p.size.n, p.size.e);
    auto const gamma = vector_of(p, 1), beta = vector_of(p, 2);
    auto o = result_of(p);
    o = layer_norm(x, gamma, beta, epsilon);
}

}  // namespace bench::subject
