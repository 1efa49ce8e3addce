// SPDX-License-Identifier: BSL-1.0
// What is taken from formulas, and formulas over what is taken: parts, windows, joined parts, tables of tables, repetition.
#include "support/types.hpp"

namespace sinter::test {
namespace {

using places_1 = tensor<std::int32_t, dyn>;

places_1 places(generator& g, size n, size m) { return make<places_1>(g, -double(n), double(n), m); }

BOOST_AUTO_TEST_CASE(of_formulas) {
    generator g(seed());
    std::integral_constant<int, 2> const two{};
    std::integral_constant<int, 3> const three{};
    for (size d : {1, 8, 19}) {
        auto const x = make<matrix<float>>(g, -1, 1, 11, d), one = make<matrix<float>>(g, -1, 1, 1, d), y = make<matrix<float>>(g, -1, 1, d, 6);
        auto const i = places(g, 11, 7);
        verify("of what broadcasts", take<0>(x + one, i), matrix<float>(7, d), near<float>());
        verify("of a product", take<0>(x * y, i), matrix<float>(7, 6), near<float>(d));
        verify("of rows that are reduced", take<0>(softmax(x), i), matrix<float>(7, d), near<float>(d));
        verify("of what is padded", take<0>(pad<0>(exp(x), 2, 1), places(g, 14, 9)), matrix<float>(9, d), near<float>());
        verify("of every second", take<0>(slice(x, range(1, 10, by<2>)), places(g, 5, 9)), matrix<float>(9, d), near<float>());
        verify("of windows", take<0>(windows<0>(x, three, two), places(g, 5, 4)) * 2, tensor<float, dyn, dyn, dyn>(4, d, 3), near<float>());
    }
}

BOOST_AUTO_TEST_CASE(over_what_is_taken) {
    generator g(seed());
    for (size m : {3, 8, 21}) {
        auto const x = make<vector<float>>(g, -1, 1, 11), y = make<vector<float>>(g, -1, 1, 5);
        auto const i = places(g, 11, m);
        verify("windows", sum(windows<0>(take<0>(x, i), 3, 1, 1, 1, 1), axis<-1>), vector<float>(m), near<float>(3));
        verify("joined", concatenate<0>(exp(take<0>(x, i)), y) * 2, vector<float>(m + 5), near<float>());
        verify("a part", take<0>(x, slice(i, range(1, m))), vector<float>(m - 1), near<float>());
        auto const table = places(g, 11, 6);
        auto const blocks = places(g, 6, m);
        verify("a table of a table", take<0>(x, take<0>(table, blocks)) + 1, vector<float>(m), near<float>());
        verify("places as values, too", take<0>(x, i) * 2 + i, vector<float>(m), near<float>());
        verify("reduced", logsumexp(take<0>(x, i) * 3), tensor<float>(), near<float>(m));
    }
}

/// What the part does not show is not looked at.
BOOST_AUTO_TEST_CASE(places_that_are_not_used) {
    vector<float> const x{1, 2, 3};
    places_1 const i{2, 99, 0};
    vector<float> const y = eval(take<0>(x, slice(i, range(0, 3, by<2>))));
    BOOST_TEST((y == vector<float>{3, 1}));
}

BOOST_AUTO_TEST_CASE(repeated) {
    generator g(seed());
    for (size n : {1, 3, 8}) {
        auto const x = make<matrix<float>>(g, -1, 1, n, 5);
        verify("rows", repeat<0>(x, 3) + 1, matrix<float>(n * 3, 5), near<float>());
        verify("elements, by two counts", repeat<1>(exp(x), 4) + repeat<1>(x, 4), matrix<float>(n, 20), near<float>());
        verify("summed over them", make<matrix<float>>(g, -1, 1, 4, n * 3) * repeat<0>(x, 3), matrix<float>(4, 5), near<float>(n * 3));
        auto const q = make<tensor<float, dyn, dyn, dyn>>(g, -1, 1, 2 * n, 7, 6), k = make<tensor<float, dyn, dyn, dyn>>(g, -1, 1, n, 9, 6);
        std::integral_constant<int, 2> const two{};
        auto const e = softmax(q * transpose(repeat<0>(k, two))) * repeat<0>(k, two);
        static_assert(decltype(plan(e))::passes == 1);
        verify("heads that share keys", e, tensor<float, dyn, dyn, dyn>(2 * n, 7, 6), near<float>(30));
    }
    matrix<float> const row(1, 5), rows(4, 5);
    matrix<float> out(4, 5);
    BOOST_CHECK_THROW(out = repeat<0>(row, 1) + rows, shape_error);
}

}  // namespace
}  // namespace sinter::test
