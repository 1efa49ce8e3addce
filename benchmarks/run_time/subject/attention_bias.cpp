// SPDX-License-Identifier: BSL-1.0
#include "sinter.hpp"

#include <cmath>

namespace bench::subject {

void attention_bias(problem const& p) {
    attention_data a(p);
    auto const bias = matrix_of(p, 3, p.size.n, p.size.m);
    a.o = softmax(a.q * transpose(a.k) / std::sqrt(float(p.size.d)) + bias) * a.v;
}

}  // namespace bench::subject
