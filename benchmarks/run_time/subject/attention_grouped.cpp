// SPDX-License-Identifier: BSL-1.0
#include "sinter.hpp"

#include <cmath>

namespace bench::subject {

using sinter::dyn;

/// Heads of keys are axis 0; the heads of rows that share one are axis 1, along which K and V broadcast.
void attention_grouped(problem const& p) {
    auto const [n, m, d, e, h, g] = p.size;
    sinter::view<float const, dyn, dyn, dyn, dyn> const q(p.operand(0), g, h / g, n, d);
    sinter::view<float const, dyn, 1, dyn, dyn> const k(p.operand(1), g, 1, m, d), v(p.operand(2), g, 1, m, e);
    sinter::view<float, dyn, dyn, dyn, dyn> o(p.out.data(), g, h / g, n, e);
    o = softmax(q * transpose(k) / std::sqrt(float(d))) * v;
}

}  // namespace bench::subject
