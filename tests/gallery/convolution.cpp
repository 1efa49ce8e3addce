// SPDX-License-Identifier: BSL-1.0
// 3 by 3 convolutions with stride and padding, then relu: as windows that overlap, and as shifted slices.
#include "support/types.hpp"

namespace sinter::test {
namespace {

/// An image with a border of zeros.
template <class T>
matrix<T> padded(generator& g, size rows, size columns, size border) {
    matrix<T> x(rows + 2 * border, columns + 2 * border);
    for (size i = 0; i < rows; ++i)
        for (size j = 0; j < columns; ++j) x(i + border, j + border) = T(g.uniform(-1, 1));
    return x;
}

constexpr size outputs(size extent, size stride) { return extent < 3 ? 0 : (extent - 3) / stride + 1; }

BOOST_AUTO_TEST_CASE_TEMPLATE(windows, T, real_types) {
    generator g(seed());
    for (size stride : {1, 2})
        for (auto [n, m] : planes) {
            auto const x = padded<T>(g, n, m, 1);
            auto const k = make<matrix<T>>(g, -1, 1, 3, 3);
            size const h = outputs(n + 2, stride), w = outputs(m + 2, stride), row = m + 2;
            strided_view<T const, dyn, dyn, dyn, dyn> const patches(x.data(), {h, w, 3, 3},
                                                                    {stride * row, stride, row, 1});
            verify("windows", relu(sum(patches % k, axis<2, 3>) + T(0.1)), matrix<T>(h, w), near<T>(9));
        }
}

BOOST_AUTO_TEST_CASE(shifted_slices) {
    generator g(seed());
    for (auto [n, m] : planes) {
        auto const x = padded<float>(g, n, m, 1);
        auto const shifted = [&](size i, size j) { return slice(x, range(i, i + n), range(j, j + m)); };
        verify("five-point stencil", shifted(0, 1) + shifted(2, 1) + shifted(1, 0) + shifted(1, 2) - 4 * shifted(1, 1),
               matrix<float>(n, m), near<float>());
        if (n * m == 0) continue;
        auto const every_second = slice(x, range(0, n, by<2>), range(1, m + 1, by<2>));
        verify("stride by slices", relu(every_second) + 1, matrix<float>((n + 1) / 2, (m + 1) / 2), near<float>());
    }
}

BOOST_AUTO_TEST_CASE(one_axis) {
    generator g(seed());
    for (size n : lengths) {
        if (n < 5) continue;
        auto const x = make<vector<float>>(g, -1, 1, n), k = make<vector<float>>(g, -1, 1, 5);
        strided_view<float const, dyn, dyn> const windows(x.data(), {n - 4, 5}, {1, 1});
        verify("correlation", windows * k, vector<float>(n - 4), near<float>());
        verify("moving maximum", amax(windows, axis<1>), vector<float>(n - 4), near<float>());
    }
}

}  // namespace
}  // namespace sinter::test
