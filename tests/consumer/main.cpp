// SPDX-License-Identifier: BSL-1.0
#include <sinter/sinter.hpp>

#include <cmath>
#include <cstdio>

sinter::matrix<float> twice(sinter::matrix<float> const& x);

int main() {
    sinter::matrix<float> q{{1, 0}}, k{{1, 2}, {0, 1}}, v{{2}, {3}}, o(1, 1);
    o = sinter::softmax(q * sinter::transpose(k) / std::sqrt(2.0f)) * v;      // (1,2) × (2,2) × (2,1) → (1,1)
    float const twofold = twice(o)(0, 0);
    std::printf("%.4f %.4f\n", static_cast<double>(o(0, 0)), static_cast<double>(twofold));
    return std::abs(o(0, 0) - 2.3302f) < 1e-4f && std::abs(twofold - 4.6604f) < 2e-4f ? 0 : 1;
}
