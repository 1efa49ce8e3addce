// SPDX-License-Identifier: BSL-1.0
// expect: sinter: windows of windows along one axis, or of a convolution, a cumulative reduction or the like: write materialize
// lines: 50
#include <sinter/nn.hpp>
#include <sinter/sinter.hpp>

sinter::matrix<float> x(3, 8), w(8, 8), c(3, 2), s(3, 2);
auto turned(auto const& heads) { return sinter::nn::rotary(sinter::nn::halves(heads), c, s); }
#ifdef SINTER_FAIL
auto p = plan(turned(sinter::nn::split_heads(x * w, 2)));
#else
auto p = plan(turned(materialize(sinter::nn::split_heads(x * w, 2))));
auto q = plan(turned(sinter::nn::split_heads(x, 2)));
#endif
