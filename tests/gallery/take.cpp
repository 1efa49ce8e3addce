// SPDX-License-Identifier: BSL-1.0
// Elements at places that are looked up: along an outer axis, along the lanes, for each line by itself, inside of products.
#include "support/types.hpp"

#include <stdexcept>

namespace sinter::test {
namespace {

/// Places on an axis of n elements, some counted from the end.
template <class P, class... E>
P places(generator& g, size n, E... extents) {
    auto p = make<P>(g, -double(n), double(n), extents...);
    return p;
}
using places_1 = tensor<std::int32_t, dyn>;

BOOST_AUTO_TEST_CASE(rows_and_columns) {
    generator g(seed());
    for (size m : {1, 7, 8, 17, 33})
        for (auto [n, d] : planes) {
            if (n == 0 || d == 0) continue;
            auto const x = make<matrix<float>>(g, -1, 1, n, d);
            auto const i = places<places_1>(g, n, m), j = places<places_1>(g, d, m);
            auto const position = make<vector<float>>(g, -1, 1, d);
            verify("rows", take<0>(x, i) + position, matrix<float>(m, d), near<float>());
            verify("columns", take<1>(x, j) * 2, matrix<float>(n, m), near<float>());
            verify("both", take<0>(take<1>(x, j), i), matrix<float>(m, m), near<float>());
        }
}

/// One place, which is no axis of the result.
BOOST_AUTO_TEST_CASE(one_place) {
    generator g(seed());
    auto const x = make<matrix<float>>(g, -1, 1, 5, 7);
    tensor<int> at;
    at() = -2;
    BOOST_TEST((eval(take<0>(x, at)) == eval(row(x, 3))));
    BOOST_TEST((eval(take<1>(x, at)) == eval(col(x, 5))));
    BOOST_TEST(eval(take<0>(row(x, 1), at))() == x(1, 5));
}

BOOST_AUTO_TEST_CASE(nothing_taken) {
    matrix<float> const x(3, 5);
    verify("no rows", take<0>(x, places_1(0)) + 1, matrix<float>(0, 5), near<float>());
    verify("of nothing", take<1>(matrix<float>(3, 0), places_1(0)), matrix<float>(3, 0), near<float>());
}

BOOST_AUTO_TEST_CASE(each_line_by_itself) {
    generator g(seed());
    for (auto [n, d] : planes) {
        if (n == 0 || d == 0) continue;
        auto const x = make<matrix<double>>(g, -1, 1, n, d);
        verify("along rows", take_along<-1>(x, places<tensor<std::int64_t, dyn, dyn>>(g, d, n, 5)), matrix<double>(n, 5), near<double>());
        verify("along columns, for all the same", take_along<0>(x, places<tensor<std::int64_t, dyn, dyn>>(g, n, 9, 1)) - x.extent(0),
               matrix<double>(9, d), near<double>());
    }
}

/// Keys and values in pages that lie anywhere.
BOOST_AUTO_TEST_CASE(inside_products) {
    generator g(seed());
    for (size m : {1, 6, 16, 23, 100})
        for (size n : {1, 13, 97, 130}) {
            auto const q = make<matrix<float>>(g, -1, 1, m, 12), k = make<matrix<float>>(g, -1, 1, 40, 12), v = make<matrix<float>>(g, -1, 1, 40, 9);
            auto const i = places<places_1>(g, 40, n);
            auto const e = softmax(q * transpose(take<0>(k, i))) * take<0>(v, i);
            static_assert(decltype(plan(e))::passes == 1);
            verify("attention to what is taken", e, matrix<float>(m, 9), near<float>(n + 24));
            verify("rows of both", take<0>(q, places<places_1>(g, m, n)) * transpose(k), matrix<float>(n, 40), near<float>(12));
        }
}

BOOST_AUTO_TEST_CASE(integers) {
    generator g(seed());
    auto const x = make<matrix<std::int8_t>>(g, -100, 100, 5, 37);
    auto const i = places<tensor<std::int64_t, dyn, dyn>>(g, 5, 3, 4);
    static_assert(std::is_same_v<decltype(eval(take<0>(x, i))), tensor<std::int8_t, dyn, dyn, dyn>>);
    verify("exact", take<0>(x, i) * 3, tensor<std::int32_t, dyn, dyn, dyn>(3, 4, 37), near<float>());
    tensor<std::uint8_t, dyn> const bytes{0, 4, 4};
    verify("of small places", sum(take<0>(x, bytes), axis<0>), tensor<std::int64_t, dyn>(37), near<float>());
}

constexpr bool at_compile_time() {
    vector<float, 4> const x{1, 2, 3, 4};
    vector<int, 3> const i{-1, 0, 2};
    vector<float, 3> const y = eval(take<0>(x, i) * 10);
    return y == vector<float, 3>{40, 10, 30};
}
static_assert(at_compile_time());

BOOST_AUTO_TEST_CASE(mistakes) {
    matrix<float> const x(5, 3);
    matrix<float> out(4, 3);
    for (float& v : out) v = 7;
    auto const says = [](char const* text) {
        return [text](std::exception const& e) { return std::string(e.what()).find(text) != std::string::npos; };
    };
    BOOST_CHECK_EXCEPTION(out = take<0>(x, places_1{0, 1, 5, 2}) + 0, std::out_of_range, says("place 5 lies outside an axis of extent 5"));
    BOOST_CHECK_EXCEPTION(out = take<0>(x, places_1{0, 1, -6, 2}) + 0, std::out_of_range, says("place -6 lies outside"));
    BOOST_CHECK_EXCEPTION(out = take<0>(matrix<float>(0, 3), places_1(4)) + 0, std::out_of_range, says("an axis of extent 0"));
    BOOST_CHECK_EXCEPTION(out = take_along<0>(x, tensor<int, dyn, dyn>(4, 2)), shape_error, says("extents of one axis must be equal"));
    BOOST_CHECK_EXCEPTION(tie(out) = together(take<0>(x, places_1{0, 1, 5, 2})), std::out_of_range, says("place 5"));
    BOOST_CHECK_THROW(out = take<0>(out, places_1{0, 1, 3, 2}) + 0, alias_error);
    for (float const v : out) BOOST_TEST(v == 7);
    vector<int> same{0, 1, 2};
    vector<int> const y{3, 4, 5};
    BOOST_CHECK_THROW(same = take<0>(y, same), alias_error);
}

}  // namespace
}  // namespace sinter::test
