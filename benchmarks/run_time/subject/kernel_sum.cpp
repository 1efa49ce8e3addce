// SPDX-License-Identifier: BSL-1.0
#include "sinter.hpp"

namespace bench::subject {

void kernel_sum(problem const& p) {
    auto const [n, m, d, e, h, g] = p.size;
    auto const x = matrix_of(p, 0, n, d), y = matrix_of(p, 1, m, d);
    auto const w = vector_of(p, 2);
    auto const distance = sum(square(sinter::expand<1>(x) - sinter::expand<0>(y)), sinter::axis<-1>);  // (n,m)
    auto o = vector_result_of(p);
    o = exp(-distance) * w;
}

}  // namespace bench::subject
