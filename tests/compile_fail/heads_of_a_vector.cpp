// SPDX-License-Identifier: BSL-1.0
// expect: split_heads\(x, heads\): x must have at least two axes
#include <sinter/nn.hpp>
#include <sinter/sinter.hpp>

int main() {
    sinter::matrix<float> m(3, 8);
    sinter::vector<float> v(8);
#ifdef SINTER_FAIL
    auto const heads = sinter::nn::split_heads(v, 2);
#else
    auto const heads = sinter::nn::split_heads(m, 2);
#endif
    return heads.extent(0) == 2 && v.size() == 8 ? 0 : 1;
}
