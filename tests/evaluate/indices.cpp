// SPDX-License-Identifier: BSL-1.0
// Elements that are asked for at unusual places: on diagonals, in parts of what has an order, and through slices and windows
// of formulas that broadcast at run time.
#include "support/types.hpp"

namespace sinter::test {
namespace {

using M = matrix<float>;
using V = vector<float>;

BOOST_AUTO_TEST_CASE(rows_on_a_diagonal) {
    generator g(seed());
    for (size n : {1, 2, 7, 8, 17}) {
        auto const a = make<M>(g, -2, 2, n, n);
        verify("softmax", einsum<"ii->i">(softmax(a)), V(n), near<float>(n));
        verify("of a norm", einsum<"ii">(normalize(a)), tensor<float>(), near<float>(n));
        verify("softmax of columns", einsum<"ii->i">(softmax(a, axis<0>)), V(n), near<float>(n));
    }
    auto const fixed = make<matrix<float, 5, 5>>(g, -2, 2);
    verify("static", einsum<"ii->i">(log_softmax(fixed)), vector<float, 5>(), near<float>(5));
}

BOOST_AUTO_TEST_CASE(parts_of_the_largest) {
    generator g(seed());
    auto const x = make<M>(g, -9, 9, 6, 23), y = make<M>(g, -9, 9, 6, 4), square = make<M>(g, -9, 9, 4, 23);
    for (size n : {0, 1, 2, 4})
        verify("the first of them", slice(topk<4>(x).values, whole, range(std::integral_constant<int, 0>{}, n)), M(6, n), near<float>());
    verify("and others", concatenate<1>(topk<3>(x).values, y), M(6, 7), near<float>());
    verify("padded", pad<1>(topk<3>(x).values, 1, 2), M(6, 6), near<float>());
    verify("on a diagonal", einsum<"ii->i">(topk<4>(square).values), V(4), near<float>());
}

BOOST_AUTO_TEST_CASE(broadcasts_behind_slices_and_windows) {
    generator g(seed());
    for (size n : {1, 3, 5})
        for (size m : {1, 3, 5}) {
            if (n != m && n != 1 && m != 1) continue;
            size const both = n > m ? n : m;
            auto const a = make<V>(g, -1, 1, n), b = make<V>(g, -1, 1, m), y = make<V>(g, -1, 1, 7);
            verify("windows of a sum", y + amax(windows<0>(a + b, both), axis<-1>), V(7), near<float>());
            verify("a part of a sum", y + slice(a + b, range(size{0}, size{1})), V(7), near<float>());
            verify("one of a sum", y + slice(a + b, both - 1), V(7), near<float>());
            verify("every second", slice(a + b, range(size{0}, both, by<2>)) * 2, V((both + 1) / 2), near<float>());
        }
}

BOOST_AUTO_TEST_CASE(long_products_beside_a_maximum) {
    generator g(seed());
    using fixed = matrix<float, 9, 5>;
    auto const a = make<fixed>(g, 0.5, 1.5), b = make<fixed>(g, 0.5, 1.5), x = make<fixed>(g, -1, 1);
    verify("ten factors", sum(a % b % a % b % a % b % a % b % a % (x - amax(x, axis<0>)), axis<0>), vector<float, 5>(), near<float>(90));
    verify("behind a mean", sum(a % (x - amax(b - mean(b, axis<0>), axis<0>)), axis<0>), vector<float, 5>(), near<float>(90));
    verify("three", sum(a % b % (x - amax(x, axis<0>)), axis<0>), vector<float, 5>(), near<float>(90));
}

BOOST_AUTO_TEST_CASE(two_open_extents) {
    constexpr std::integral_constant<int, -1> open{};
    matrix<float, 2, 3> const x;
    M out(1, 6);
    BOOST_CHECK_THROW(out = reshape(x, open, open), shape_error);
}

static_assert(std::numeric_limits<half>::min_exponent10 == -4 && std::numeric_limits<bfloat16>::min_exponent10 == -37);

BOOST_AUTO_TEST_CASE(from_the_end) {
    std::vector<float> const x(100000, 0.f);
    view<float const, dyn> const v(x.data(), x.size());
    std::integral_constant<int, -40000> constexpr at{};
    auto const counted = coord<0> + v;
    BOOST_CHECK_EQUAL(eval(slice(counted, at))(), 60000.f);
    BOOST_CHECK_EQUAL(eval(amin(slice(counted, range(at, 100000))))(), 60000.f);
    BOOST_CHECK_THROW(eval(slice(v, std::integral_constant<int, -100001>{}) + 1), shape_error);
}

BOOST_AUTO_TEST_CASE(impossible_shapes) {
    V const four(4), none(0);
    int const minus_two = -2;
    size const half_of_bits = size{1} << 32;
    BOOST_CHECK_THROW(eval(sum(reshape(four, minus_two, minus_two))), shape_error);
    BOOST_CHECK_THROW(eval(sum(reshape(none, half_of_bits, half_of_bits))), shape_error);
    BOOST_CHECK_EQUAL(eval(sum(reshape(none, 0, half_of_bits) + 1))(), 0);
}

/// The number of a place among several axes.
BOOST_AUTO_TEST_CASE(places_through_several_axes) {
    std::vector<float> column(5000, 0.f);
    column[4999] = 1;
    view<float const, dyn, dyn> const wide(column.data(), {5000, 5000}, {1, 0});
    BOOST_CHECK_THROW(eval(argmax(wide)), shape_error);
    BOOST_CHECK_EQUAL(eval(argmax(cast<double>(wide)))(), 4999 * 5000);
    view<float const, dyn, dyn> const most(column.data(), {4096, 4096}, {1, 0});
    BOOST_CHECK_EQUAL(eval(argmin(most + coord<0> + coord<1>))(), 0);
    BOOST_CHECK_EQUAL(eval(argmax(most + coord<0> + coord<1>))(), 4096 * 4096 - 1);
    BOOST_CHECK_EQUAL(eval(argmax(M(0, 3)))(), 0);
    BOOST_CHECK_EQUAL(eval(argmin(matrix<int>(3, 0)))(), 0);
}

BOOST_AUTO_TEST_CASE(the_place_in_a_number) {
    tensor<float> const number(5.f);
    V const x(3);
    BOOST_TEST(eval(x + argmax(number)) == x);
    BOOST_CHECK_EQUAL(eval(argmin(number))(), 0);
}

}  // namespace
}  // namespace sinter::test
