// SPDX-License-Identifier: BSL-1.0
#include "sinter.hpp"

#include <cmath>
#include <limits>

namespace bench::subject {

void attention_alibi(problem const& p) {
    attention_data a(p);
    auto const s = a.q * transpose(a.k) / std::sqrt(float(p.size.d));
    auto const behind = sinter::coord<-2> - sinter::coord<-1>;
    a.o = softmax(where(behind >= 0, s - slope * behind, -std::numeric_limits<float>::infinity())) * a.v;
}

}  // namespace bench::subject
