// SPDX-License-Identifier: BSL-1.0
#include "sinter.hpp"

namespace bench::subject {

void attention_sigmoid(problem const& p) {
    attention_data a(p);
    a.o = sigmoid(a.q * transpose(a.k)) * a.v;
}

}  // namespace bench::subject
