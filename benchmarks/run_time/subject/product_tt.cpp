// SPDX-License-Identifier: BSL-1.0
#include "sinter.hpp"

namespace bench::subject {

void product_tt(problem const& p) {
    auto const [n, m, d, e, h, g] = p.size;
    auto const a = matrix_of(p, 0, m, n), b = matrix_of(p, 1, e, m);
    auto o = result_of(p);
    o = transpose(a) * transpose(b);
}

}  // namespace bench::subject
