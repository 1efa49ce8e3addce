// SPDX-License-Identifier: BSL-1.0
// Formulas whose tiles have no loops inside: whole tiles of operands that lie densely, single batches, tails, and operands
// that lie otherwise, whose lanes are copied together first.
#include "support/types.hpp"

namespace sinter::test {
namespace {

constexpr std::array<size, 17> extents{0, 1, 2, 3, 7, 8, 9, 15, 17, 31, 32, 33, 63, 64, 65, 100, 129};

BOOST_AUTO_TEST_CASE(dense_and_strided) {
    generator g(seed());
    for (size n : extents) {
        auto const a = make<matrix<float>>(g, 1, 2, 3, n), b = make<matrix<float>>(g, 1, 2, 3, n);
        auto const across = make<matrix<float>>(g, 1, 2, n, 3), wide = make<matrix<float>>(g, 1, 2, 3, 2 * n + 1);
        auto const c = make<vector<float>>(g, 1, 2, n);
        verify("dense", (a + b % c) / (a + 1), matrix<float>(3, n), near<float>());
        verify("one of them across", (a + transpose(across) % c) / (a + 1), matrix<float>(3, n), near<float>());
        verify("every second", a - slice(wide, whole, range(1, int(2 * n) + 1, by<2>)), matrix<float>(3, n), near<float>());
        verify("in double", exp(a) % b, matrix<double>(3, n), near<float>(4));
        matrix<half> low(3, n);
        low = a;
        verify("half", low % b + coord<1>, matrix<float>(3, n), near<float>());
        matrix<float> out(3, n);
        out = a;
        out = out + b;
        matrix<float> sum(3, n);
        sum = a + b;
        BOOST_TEST(std::equal(out.begin(), out.end(), sum.begin()), "in place");
        matrix<float> rows(n, 3);
        view<float, dyn, dyn>(rows.data(), {3, n}, {1, 3}) = a + b;
        verify("stored across", transpose(rows) - sum, matrix<float>(3, n), near<float>());
    }
}

BOOST_AUTO_TEST_CASE(sums_of_rows) {
    generator g(seed());
    for (size n : extents) {
        auto const a = make<matrix<float>>(g, -2, 2, 4, n), across = make<matrix<float>>(g, -2, 2, n, 4);
        verify("sum", sum(a, axis<1>), vector<float>(4), near<float>(n));
        verify("sum, across", sum(transpose(across), axis<1>), vector<float>(4), near<float>(n));
        verify("two sums", sum(a % a, axis<1>) - prod(a, axis<1>), vector<float>(4), near<float>(4 * n));
        if (n == 0) continue;
        auto const c = make<vector<float>>(g, 1, 2, n);
        verify("softmax", softmax(a), matrix<float>(4, n), near<float>(n));
        verify("softmax, across", softmax(transpose(across)), matrix<float>(4, n), near<float>(n));
        verify("softmax, then more", tanh(softmax(a)) - a, matrix<float>(4, n), near<float>(n));
        verify("layer_norm", layer_norm(a, c, c, 1e-3f), matrix<float>(4, n), near<float>(40 * n));
        verify("layer_norm of gelu", layer_norm(gelu(a), c, c, 1e-3f), matrix<float>(4, n), near<float>(40 * n));
        verify("argmax", argmax(a, axis<1>), vector<std::int64_t>(4), near<float>());
        verify("argmin, across", argmin(transpose(across), axis<1>), vector<std::int64_t>(4), near<float>());
    }
}

template <size N>
void fixed(generator& g) {
    auto const a = make<vector<float, N>>(g, 1, 2), b = make<vector<float, N>>(g, 1, 2);
    auto const m = make<matrix<float, N, N>>(g, -1, 1);
    verify("elementwise", (a + b % a) / (b + 1), vector<float, N>(), near<float>());
    verify("softmax", softmax(m), matrix<float, N, N>(), near<float>(N));
    verify("m*a", m * a, vector<float, N>(), near<float>(N));
    verify("a*m", a * m, vector<float, N>(), near<float>(N));
    verify("m*m", m * transpose(m), matrix<float, N, N>(), near<float>(N));
}

BOOST_AUTO_TEST_CASE(extents_in_the_type) {
    generator g(seed());
    [&]<size... N>(std::integer_sequence<size, N...>) { (fixed<N>(g), ...); }(std::integer_sequence<size, 1, 3, 4, 8, 17, 32, 35>{});
}

BOOST_AUTO_TEST_CASE(long_formulas) {
    generator g(seed());
    auto const twice = [](auto const& x, auto const& y) { return (((x + y) % x - y) / (y + 3) + x) % (y - x) - abs(x - 2 * y); };
    for (size n : extents) {
        auto const a = make<vector<float>>(g, -1, 1, n), b = make<vector<float>>(g, 0, 1, n), wide = make<vector<float>>(g, 0, 1, 2 * n);
        auto const e = twice(twice(a, b), twice(b, a));     // some hundred operands
        verify("dense", e, vector<float>(n), near<float>(2000));
        verify("strided", e + slice(wide, range(0, int(2 * n), by<2>)), vector<float>(n), near<float>(2000));
    }
}

}  // namespace
}  // namespace sinter::test
