// SPDX-License-Identifier: BSL-1.0
#include "sinter.hpp"

#include <cmath>
#include <cstdint>
#include <limits>

namespace bench::subject {

using sinter::dyn;

void attention_lengths(problem const& p) {
    auto const [n, m, d, e, h, g] = p.size;
    sinter::view<float const, dyn, dyn, dyn> const q(p.operand(0), h, n, d), k(p.operand(1), h, m, d), v(p.operand(2), h, m, e);
    sinter::view<float, dyn, dyn, dyn> o(p.out.data(), h, n, e);
    sinter::tensor<std::int32_t, dyn, 1, 1> lengths(h);
    for (std::size_t b = 0; b < h; ++b) lengths(b, 0, 0) = static_cast<std::int32_t>(length_of(b, h, m));
    auto const s = q * transpose(k) / std::sqrt(float(d));
    o = softmax(where(sinter::coord<-1> < lengths, s, -std::numeric_limits<float>::infinity())) * v;
}

}  // namespace bench::subject
