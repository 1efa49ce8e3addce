// SPDX-License-Identifier: BSL-1.0
#include "sinter.hpp"

namespace bench::subject {

void softmax_rows(problem const& p) {
    auto const x = matrix_of(p, 0, p.size.n, p.size.e);
    auto o = result_of(p);
    o = softmax(x);
}

}  // namespace bench::subject
