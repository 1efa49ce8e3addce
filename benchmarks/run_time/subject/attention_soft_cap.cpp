// SPDX-License-Identifier: BSL-1.0
#include "sinter.hpp"

#include <cmath>

namespace bench::subject {

void attention_soft_cap(problem const& p) {
    attention_data a(p);
    float const divisor = std::sqrt(float(p.size.d)) * soft_cap;
    a.o = softmax(soft_cap * tanh(a.q * transpose(a.k) / divisor)) * a.v;
}

}  // namespace bench::subject
