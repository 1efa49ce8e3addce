// SPDX-License-Identifier: BSL-1.0
// Operands and results at other strides than row-major, and what lies between their elements.
#include "support/types.hpp"

#include <array>
#include <span>
#include <vector>

namespace sinter::test {
namespace {

BOOST_AUTO_TEST_CASE_TEMPLATE(strided_operands, T, real_types) {
    generator g(seed());
    for (auto [n, m, k, e] : small_volumes) {
        auto const a = make<matrix<T>>(g, -1, 1, k + 1, n + 1), b = make<matrix<T>>(g, -1, 1, k, 2 * m + 1);
        strided_view<T const, dyn, dyn> const x(a.data(), {n, k}, {1, n + 1});              // column-major
        strided_view<T const, dyn, dyn> const y(b.data(), {k, m}, {2 * m + 1, 2});          // every second column
        verify("x*y", x * y, matrix<T>(n, m), near<T>(k));
        verify("tanh(x) by rows", sum(tanh(x), axis<1>), vector<T>(n), near<T>(k));
        verify("softmax(x)*y", softmax(x) * y, matrix<T>(n, m), near<T>(k));
    }
}

BOOST_AUTO_TEST_CASE(negative_and_zero_strides) {
    generator g(seed());
    auto const a = make<matrix<float>>(g, -1, 1, 9, 33);
    strided_view<float const, dyn, dyn> const backwards(a.data() + 9 * 33 - 1, {9, 33}, {-33, -1});
    strided_view<float const, dyn, dyn> const repeated(a.data(), {9, 33}, {0, 1});
    verify("backwards", backwards + a, matrix<float>(9, 33), near<float>());
    verify("backwards, product", backwards * transpose(a), matrix<float>(9, 9), near<float>(33));
    verify("repeated", repeated % a, matrix<float>(9, 33), near<float>());
    verify("softmax backwards", softmax(backwards), matrix<float>(9, 33), near<float>());
}

/// Writes only its own elements.
template <class E>
void into_strided(char const* what, E const& e, size n, size m, closeness close) {
    for (auto [row, column] : {std::array<size, 2>{m + 3, 1}, {2 * m + 1, 2}, {1, n + 2}}) {
        std::vector<float> memory((n + 1) * row + (m + 1) * column + 8, -77.f);
        strided_view<float, dyn, dyn> const o(memory.data() + 4, {n, m}, {row, column});
        o = e;
        check(e, o, close, what);
        std::vector<bool> own(memory.size());
        for (size i = 0; i < n; ++i)
            for (size j = 0; j < m; ++j) own[4 + i * row + j * column] = true;
        for (size i = 0; i < memory.size(); ++i)
            if (!own[i] && memory[i] != -77.f) BOOST_ERROR(what << ": wrote between the elements, at " << i);
    }
}

BOOST_AUTO_TEST_CASE(strided_results) {
    generator g(seed());
    for (auto [n, m, k, unused] : small_volumes) {
        auto const a = make<matrix<float>>(g, -1, 1, n, k), b = make<matrix<float>>(g, -1, 1, m, k), c = make<matrix<float>>(g, -1, 1, n, m);
        into_strided("c + 1", c + 1, n, m, near<float>());
        into_strided("a*bT", a * transpose(b), n, m, near<float>(k));
        into_strided("softmax(a*bT)", softmax(a * transpose(b)), n, m, near<float>(k + m));
    }
}

/// Nothing beyond the last element is touched, however the length relates to the width of registers.
BOOST_AUTO_TEST_CASE(memory_around_the_result) {
    generator g(seed());
    for (size n : lengths) {
        std::vector<float> memory(n + 64, -77.f);
        auto const a = make<vector<float>>(g, -1, 1, n);
        view<float, dyn> const o(memory.data() + 32, n);
        o = exp(a) + 1;
        check(exp(a) + 1, o, near<float>());
        for (size i = 0; i < memory.size(); ++i)
            if ((i < 32 || i >= 32 + n) && memory[i] != -77.f) BOOST_ERROR("wrote outside, at " << i << " with n = " << n);
    }
}

BOOST_AUTO_TEST_CASE(views_of_standard_containers) {
    std::vector<float> a{1, 2, 3, 4};
    std::array<float, 4> const b{10, 20, 30, 40};
    float c[4] = {};
    view_of(c) = view_of(a) + view_of(b);
    for (int i = 0; i < 4; ++i) BOOST_CHECK_EQUAL(c[i], a[std::size_t(i)] + b[std::size_t(i)]);
    view_of(a) = view_of(std::span<float const>(b)) * 2;
    BOOST_CHECK_EQUAL(a[3], 80);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(rearranged, T, real_types) {
    generator g(seed());
    for (auto [n, m] : planes) {
        auto const x = make<matrix<T>>(g, -1, 1, n, m), y = make<matrix<T>>(g, -1, 1, m, n);
        verify("transposed", transpose(x) + y, matrix<T>(m, n), near<T>());
        verify("expanded", expand<0>(x) - expand<1>(transpose(y)), tensor<T, dyn, dyn, dyn>(n, n, m), near<T>());
        verify("reshaped", reshape(x, m, m == 0 ? int(n) : -1) % y, matrix<T>(m, n), near<T>());
        if (n > 0 && m > 0)
            verify("two reshaped", reshape<1, dyn>(x) + reshape<dyn, 1>(make<vector<T>>(g, -1, 1, 5)), matrix<T>(5, n * m), near<T>());
        if (n < 3 || m < 3) continue;
        verify("row", row(x, 2) + 1, vector<T>(m), near<T>());
        verify("column", col(x, m - 1) + 1, vector<T>(n), near<T>());
        verify("part", slice(x, range(1, -1), range(0, m, by<2>)) + 1, matrix<T>(n - 2, (m + 1) / 2), near<T>());
        verify("sum of a part", sum(slice(x, range(1, n), range(1, -1))), tensor<T>(), near<T>(n * m));
        auto const lower = slice(x, range(2, n));       // the end of a range is no extent of what is made of it
        verify("part of a part", slice(lower, whole, range(1, 3)), matrix<T>(n - 2, 2), near<T>());
        verify("column of a part", col(lower, 1), vector<T>(n - 2), near<T>());
        verify("part of a transposed part", slice(transpose(lower), range(1, -1)), matrix<T>(m - 2, n - 2), near<T>());
        verify("part of a product", slice(lower * y, whole, range(1, n)), matrix<T>(n - 2, n - 1), near<T>(m));
        BOOST_CHECK_THROW(eval(slice(lower, range(1, n), whole)), shape_error);
        tensor<T, dyn, dyn, dyn> z(3, n, m);
        fill(z, g);
        verify("permuted", permute<2, 0, 1>(z) * T(2), tensor<T, dyn, dyn, dyn>(m, 3, n), near<T>());
    }
}

}  // namespace
}  // namespace sinter::test
