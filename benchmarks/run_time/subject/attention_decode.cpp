// SPDX-License-Identifier: BSL-1.0
#include "sinter.hpp"

#include <cmath>

namespace bench::subject {

using sinter::dyn;

/// One row for each head: that there is one is known at compile time.
void attention_decode(problem const& p) {
    auto const [n, m, d, e, h, g] = p.size;
    sinter::view<float const, dyn, 1, dyn> const q(p.operand(0), h, 1, d);
    sinter::view<float const, dyn, dyn, dyn> const k(p.operand(1), h, m, d), v(p.operand(2), h, m, e);
    sinter::view<float, dyn, 1, dyn> o(p.out.data(), h, 1, e);
    o = softmax(q * transpose(k) / std::sqrt(float(d))) * v;
}

}  // namespace bench::subject
