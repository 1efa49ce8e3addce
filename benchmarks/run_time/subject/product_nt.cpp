// SPDX-License-Identifier: BSL-1.0
#include "sinter.hpp"

namespace bench::subject {

void product_nt(problem const& p) {
    auto const [n, m, d, e, h, g] = p.size;
    auto const a = matrix_of(p, 0, n, m), b = matrix_of(p, 1, e, m);
    auto o = result_of(p);
    o = a * transpose(b);
}

}  // namespace bench::subject
