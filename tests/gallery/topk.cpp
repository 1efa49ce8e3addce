// SPDX-License-Identifier: BSL-1.0
// The K largest and where they stand: of rows and of columns, with ties, NaN and the infinities.
#include "support/together.hpp"

namespace sinter::test {
namespace {

using M = matrix<float>;

/// Few different values, so that there are ties; now and then NaN and the infinities.
M crowded(generator& g, size n, size m) {
    auto x = make<M>(g, -4, 4, n, m);
    for (float& v : x) v = std::round(v);
    for (size i = 0; i < n; ++i)
        for (size j = i; j < m; j += 7) x(i, j) = i % 3 == 0 ? nan<float> : i % 3 == 1 ? -infinity<float> : infinity<float>;
    return x;
}

BOOST_AUTO_TEST_CASE(of_rows_and_columns) {
    generator g(seed());
    for (auto [n, m] : planes) {
        if (m >= 5) verify_top<5, 1>("rows", crowded(g, n, m), n, 5, near<float>());
        if (n >= 5) verify_top<5, 0>("columns", crowded(g, n, m), 5, m, near<float>());
        if (m >= 1) verify_top<1, 1>("the largest", crowded(g, n, m), n, 1, near<float>());
    }
    M masked(2, 9);
    masked.fill(-infinity<float>);
    masked(1, 7) = 3;
    verify_top<5, 1>("masked", masked, 2, 5, near<float>());
    BOOST_TEST(eval(topk<5>(masked).indices)(1, 0) == 7);
    BOOST_TEST(eval(topk<5>(masked).indices)(1, 4) == 3);
}

BOOST_AUTO_TEST_CASE(of_what_does_not_lie_in_rows) {
    generator g(seed());
    auto const x = crowded(g, 33, 19);
    verify_top<5, 1>("rows of a transposed matrix", transpose(x), 19, 5, near<float>());
    verify_top<5, 0>("columns of a transposed matrix", transpose(x), 5, 33, near<float>());
}

BOOST_AUTO_TEST_CASE(values_and_places_alone) {
    generator g(seed());
    for (size m : {5, 16, 33, 300}) {
        auto const x = crowded(g, 3, m);
        verify("values", topk<5>(x).values, M(3, 5), near<float>());
        verify("places", topk<5>(x).indices, places(3, 5), near<float>());
    }
}

// A float does not count beyond 2²⁴.
BOOST_AUTO_TEST_CASE(places_are_exact) {
    size const far = (size(1) << 24) + 1;
    vector<float> x(far + 20);
    x(far) = x(far + 2) = 1;
    tensor<std::int64_t> at;
    at = argmax(x);
    BOOST_TEST(at() == std::int64_t(far));
    vector<float> v(3);
    vector<std::int64_t> p(3);
    tie(v, p) = topk<3>(x);
    BOOST_TEST(p(0) == std::int64_t(far));
    BOOST_TEST(p(1) == std::int64_t(far) + 2);
    BOOST_TEST(p(2) == 0);
}

BOOST_AUTO_TEST_CASE(no_copies) {
    auto const largest = topk<3>(M(20, 30));    // the tensor is part of the formula
    M v(20, 3);
    matrix<std::int64_t> p(20, 3);
    tie(v, p) = largest;
    BOOST_CHECK_EQUAL(allocations_of([&] { tie(v, p) = largest; }).calls, 0u);
}

BOOST_AUTO_TEST_CASE(too_few) {
    M const x{{1, 2, 3}, {4, 5, 6}};
    M v(2, 4);
    v.fill(7);
    BOOST_CHECK_THROW(v = topk<4>(x).values, shape_error);
    for (float const e : v) BOOST_TEST(e == 7);
}

constexpr bool evaluated_by_the_compiler() {
    tensor<float, 2, 4> const x{{1, 3, 3, 2}, {4, 6, 5, 6}};
    tensor<float, 2, 3> v;
    tensor<std::int64_t, 2, 3> p;
    tie(v, p) = topk<3>(x);
    return v(0, 0) == 3 && v(0, 2) == 2 && p(0, 0) == 1 && p(0, 1) == 2 && p(1, 0) == 1 && p(1, 1) == 3;
}
static_assert(evaluated_by_the_compiler());

}  // namespace
}  // namespace sinter::test
