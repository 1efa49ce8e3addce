// SPDX-License-Identifier: BSL-1.0
#include "sinter.hpp"

namespace bench::subject {

void convolution(problem const& p) {
    auto const [n, c, k, o, h, g] = p.size;
    sinter::view<float const, sinter::dyn, sinter::dyn, sinter::dyn> const x(p.operand(0), c, n, n);
    sinter::view<float const, sinter::dyn, sinter::dyn, sinter::dyn, sinter::dyn> const w(p.operand(1), o, c, k, k);
    sinter::view<float, sinter::dyn, sinter::dyn, sinter::dyn> y(p.out.data(), o, n, n);
    y = sinter::convolve<2>(x, w, sinter::padding(k / 2));
}

}  // namespace bench::subject
