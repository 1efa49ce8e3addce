// SPDX-License-Identifier: BSL-1.0
// Formulas that once went wrong, each for a reason of its own.
#include "support/types.hpp"

namespace sinter::test {
namespace {

constexpr std::array<size, 6> counts{1, 7, 20, 33, 65, 100};

matrix<float> make_rows(vector<float> const& x) { return eval(expand<0>(x) + matrix<float>(3, 1)); }

BOOST_AUTO_TEST_CASE(vectors_inside_products) {
    generator g(seed());
    for (size n : counts) {
        auto const a = make<matrix<float>>(g, -1, 1, n, 9), b = make<matrix<float>>(g, -1, 1, n, 17);
        auto const v = make<vector<float>>(g, -1, 1, 9);
        auto const w = make<vector<float>>(g, -1, 1, n);
        verify("A*v*B", a * v * b, vector<float>(17), near<float>(n + 9));
        verify("w*B", w * b, vector<float>(17), near<float>(n));
        verify("w*A*v", w * a * v, tensor<float>(), near<float>(n + 9));
    }
}

/// Axes that may be one loop, in bodies with numbers that lie nowhere.
BOOST_AUTO_TEST_CASE(reductions_over_leading_axes) {
    generator g(seed());
    for (size const n : {1, 4, 33}) {
        auto const t = make<tensor<float, dyn, dyn, dyn>>(g, -1, 1, 4, 5, n);
        auto const u = make<tensor<float, dyn, dyn, dyn, dyn>>(g, -1, 1, 2, 3, 5, n);
        verify("sum", sum(relu(t), axis<0, 1>), vector<float>(n), near<float>(20));
        verify("any", any(t > 0.9f, axis<0, 1>), vector<bool>(n), near<float>());
        verify("all", all(t > -0.9f, axis<0, 1>), vector<bool>(n), near<float>());
        verify("amax", amax(sigmoid(u), axis<1, 2>), matrix<float>(2, n), near<float>());
        verify("of a view", sum(softplus(permute<2, 1, 0>(t)), axis<1, 2>), vector<float>(n), near<float>(20));
        auto const least = eval(reduce(monoids::minimum{}, u, keep));
        BOOST_CHECK(shape_of(least) == (std::vector<size>{1, 1, 1, 1}));
        BOOST_CHECK_EQUAL(least(0, 0, 0, 0), eval(amin(u))());
    }
}

/// Rows that are prepared for all columns come in rounds that are about as long as each other.
BOOST_AUTO_TEST_CASE(rounds_of_rows) {
    generator g(seed());
    for (size const n : {1, 95, 97, 100, 143, 144, 145, 149, 150, 191, 200, 239, 241, 290}) {
        auto const a = make<matrix<float>>(g, -1, 1, 7, n), b = make<matrix<float>>(g, -1, 1, 7, 40), c = make<matrix<float>>(g, -1, 1, n, 7);
        verify("A'B", transpose(a) * b, matrix<float>(n, 40), near<float>(7));
        verify("tanh(C)*B", tanh(c) * b, matrix<float>(n, 40), near<float>(7));
        verify_workspace("workspace", tanh(c) * b, matrix<float>(n, 40));
        verify("sums beside", sum(relu(tanh(c) * b) % expand<-1>(row(a, 0)), axis<0>), vector<float>(40), near<float>(7 * n));
    }
}

BOOST_AUTO_TEST_CASE(slices_of_one_row_broadcast) {
    generator g(seed());
    auto const x = make<matrix<float>>(g, -1, 1, 5, 40);
    auto const wide = make<matrix<float, 5, 40>>(g, -1, 1);
    for (size i = 0; i < 5; ++i) {
        verify("x - rows(x, i, 1)", x - rows(x, i, 1), matrix<float>(5, 40), near<float>());
        verify("static x - rows(x, i, 1)", wide - rows(wide, i, 1), matrix<float>(5, 40), near<float>());
        verify("x - cols(x, i, 1)", x - cols(x, i, 1), matrix<float>(5, 40), near<float>());
        verify("rows of a broadcast", rows(x + row(x, 0) + rows(x, 4, 1), i < 3 ? i : 2, 2), matrix<float>(2, 40), near<float>());
        verify("softmax(x - cols(x, i, 1))", softmax(x - cols(x, i, 1)), matrix<float>(5, 40), near<float>(40));
    }
}

BOOST_AUTO_TEST_CASE(log_space_product) {
    generator g(seed());
    for (size k : {1, 96, 97, 200, 300}) {
        auto const a = make<matrix<float>>(g, -3, 3, 9, k), b = make<matrix<float>>(g, -3, 3, k, 21);
        verify("logsumexp of sums", logsumexp(expand<2>(a) + expand<0>(b), axis<1>), matrix<float>(9, 21), near<float>(k));
    }
}

BOOST_AUTO_TEST_CASE(norms_of_values_in_half_tiles) {
    generator g(seed());
    for (size n : counts)
        for (size e : counts) {
            auto const q = make<matrix<float>>(g, -1, 1, n, 8), k = make<matrix<float>>(g, -1, 1, 11, 8);
            auto const v = make<matrix<float>>(g, -1, 1, 11, e);
            verify("softmax(QKT)*normalize(V)", softmax(q * transpose(k)) * normalize(v), matrix<float>(n, e), near<float>(n + e + 11));
            verify("V*normalize(V)T", v * transpose(normalize(v)), matrix<float>(11, 11), near<float>(e));
            verify("A % normalize(V)", exp(v) % normalize(v), matrix<float>(11, e), near<float>(e));
        }
}

/// What is divided by its size so that its square is a number keeps to that.
BOOST_AUTO_TEST_CASE(squares_of_what_is_scaled) {
    for (float const size_of : {1e25f, 1e-25f}) {
        vector<float> x(20);
        x.fill(size_of);
        auto const three = make_rows(x);
        verify("by a number", sum(square(x / size_of)), tensor<float>(), near<float>(20));
        verify("by the largest", norm(x / amax(x)), tensor<float>(), near<float>(20));
        verify("rows", sum(square(three / amax(three, axis<1>, keep)), axis<1>), vector<float>(3), near<float>(20));
        verify("cubes", sum(square(x / size_of) % x / size_of), tensor<float>(), near<float>(20));
    }
}

BOOST_AUTO_TEST_CASE(places_in_rows_of_infinities) {
    float const inf = std::numeric_limits<float>::infinity();
    for (size n : counts) {
        matrix<float> low(3, n), high(3, n);
        low.fill(-inf);
        high.fill(inf);
        verify("argmax", argmax(low, axis<1>), vector<std::int64_t>(3), near<float>());
        verify("argmin", argmin(high, axis<1>), vector<std::int64_t>(3), near<float>());
        verify("argmin of columns", argmin(high, axis<0>), vector<std::int64_t>(n), near<float>());
    }
}

BOOST_AUTO_TEST_CASE(sums_that_pass_through_zero) {
    matrix<float, 192, 16> x;
    for (size i = 0; i < 192; ++i)
        for (size j = 0; j < 16; ++j) x(i, j) = i >= 96 ? 1.f : i % 2 ? -1.f : 1.f;
    verify("sum |x sum(x)|", sum(abs(x % sum(x, axis<0>)), axis<0>), vector<float>(16), near<float>(192));
    for (size i = 0; i < 96; ++i)
        for (size j = 0; j < 16; ++j) x(i, j) = 0;
    verify("sum |x / norm(x)|", sum(abs(x / norm(x, axis<0>)), axis<0>), vector<float>(16), near<float>(192));
}

BOOST_AUTO_TEST_CASE(nothing_is_read_of_empty_operands) {
    generator g(seed());
    matrix<float> const none(0, 8);
    auto const v = make<vector<float>>(g, -1, 1, 8);
    verify("sum(M % softmax(v))", sum(none % softmax(v)), tensor<float>(), near<float>());
}

BOOST_AUTO_TEST_CASE(a_number_in_the_result_is_an_alias) {
    vector<float> o(200);
    o.fill(2);
    view<float> const first(o.data());
    BOOST_CHECK_THROW((o = o / first), sinter::alias_error);
    BOOST_CHECK_EQUAL(o(199), 2);
}

BOOST_AUTO_TEST_CASE(functions_may_evaluate) {
    generator g(seed());
    auto const a = make<matrix<float>>(g, -1, 1, 10, 10);
    float const total = eval(sum(a * a));
    auto const f = [&](auto const& x) { return x + float(eval(sum(a * a))); };
    matrix<float> o(10, 10);
    o = map(f, a * a);
    matrix<float> const p = eval(a * a + total);
    for (size i = 0; i < 100; ++i) BOOST_CHECK_CLOSE(o.data()[i], p.data()[i], 1e-3);
}

BOOST_AUTO_TEST_CASE(views_with_gaps_are_not_reshaped) {
    std::vector<float> x(8, 1);
    view<float, dyn, dyn> const gaps(x.data(), {2, 2}, {4, 1}), dense(x.data(), {2, 2}, {2, 1});
    vector<float> o(4);
    o = reshape(dense, 4) + 1;
    BOOST_CHECK_EQUAL(o(3), 2);
    BOOST_CHECK_THROW((o = reshape(gaps, 4) + 2), sinter::shape_error);
    BOOST_CHECK_EQUAL(o(3), 2);
}

BOOST_AUTO_TEST_CASE(narrowing_casts_round) {
    vector<double> x(20), o(20);
    x.fill(0.1);
    o = x - cast<float>(x);
    BOOST_CHECK_EQUAL(o(19), 0.1 - double(0.1f));
}

}  // namespace
}  // namespace sinter::test
