// SPDX-License-Identifier: BSL-1.0
#include "eigen.hpp"

namespace bench::peer {

/// Image to column, then a product: Eigen has no convolution of matrices.
void convolution(problem const& p) {
    auto const [n, c, k, o, h, g] = p.size;
    std::size_t const border = k / 2;
    thread_local matrix columns;
    columns.resize(index(c * k * k), index(n * n));
    for (std::size_t b = 0; b < c; ++b)
        for (std::size_t a = 0; a < k * k; ++a)
            for (std::size_t i = 0; i < n; ++i) {
                std::size_t const y = i + a / k;
                float* const to = columns.data() + (b * k * k + a) * n * n + i * n;
                float const* const from = p.operand(0) + b * n * n;
                for (std::size_t j = 0; j < n; ++j) {
                    std::size_t const z = j + a % k;
                    bool const inside = y >= border && z >= border && y - border < n && z - border < n;
                    to[j] = inside ? from[(y - border) * n + z - border] : 0.0F;
                }
            }
    output(p.out.data(), index(o), index(n * n)).noalias() = matrix_of(p, 1, o, c * k * k) * columns;
}

}  // namespace bench::peer
