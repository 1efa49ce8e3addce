// SPDX-License-Identifier: BSL-1.0
#include "sinter.hpp"

namespace bench::subject {

void attention_cosine(problem const& p) {
    attention_data a(p);
    a.o = softmax(normalize(a.q) * transpose(normalize(a.k)) * temperature) * a.v;
}

}  // namespace bench::subject
