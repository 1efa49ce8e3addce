// SPDX-License-Identifier: BSL-1.0
#include "sinter.hpp"

#include <cmath>
#include <limits>

namespace bench::subject {

void attention_prefix(problem const& p) {
    attention_data a(p);
    auto const s = a.q * transpose(a.k) / std::sqrt(float(p.size.d));
    auto const seen = sinter::coord<-1> <= sinter::coord<-2> || sinter::coord<-1> < int(prefix);
    a.o = softmax(where(seen, s, -std::numeric_limits<float>::infinity())) * a.v;
}

}  // namespace bench::subject
