// SPDX-License-Identifier: BSL-1.0
#include "sinter.hpp"

#include <cmath>

namespace bench::subject {

void attention_cross(problem const& p) {
    attention_data a(p);
    a.o = softmax(a.q * transpose(a.k) / std::sqrt(float(p.size.d))) * a.v;
}

}  // namespace bench::subject
