// SPDX-License-Identifier: BSL-1.0
#include "sinter.hpp"

namespace bench::subject {

void elementwise(problem const& p) {
    auto const a = vector_of(p, 0), b = vector_of(p, 1), c = vector_of(p, 2), d = vector_of(p, 3);
    auto o = vector_result_of(p);
    o = (a + b % c) / (d + 1);
}

}  // namespace bench::subject
