// SPDX-License-Identifier: BSL-1.0
// Sums, products and extremes of all up to each element, along either axis, of formulas and in formulas.
#include "support/types.hpp"

namespace sinter::test {
namespace {

BOOST_AUTO_TEST_CASE(matrices) {
    generator g(seed());
    for (auto [n, m] : planes) {
        auto const x = make<matrix<float>>(g, -1, 1, n, m);
        verify("along rows", cumsum<-1>(exp(x)), matrix<float>(n, m), near<float>(3 * m));
        verify("along columns", cummin<0>(x), matrix<float>(n, m), near<float>());
        verify("of what is computed for a block", cumsum<0>(exp(x)), matrix<float>(n, m), near<float>(3 * n));
    }
}

/// What is summed is computed for some rows at a time, of which a step may need more or less than there are in a tile.
BOOST_AUTO_TEST_CASE(three_axes) {
    generator g(seed());
    for (size n : {1, 24, 97, 130}) {
        auto const x = make<tensor<float, dyn, dyn, dyn>>(g, 0, 1, 2, n, 5);
        auto const again = [&] { return exp(repeat<1>(expand<1>(x), 70)); };      // (2,n,5) → (2,70,n,5)
        verify("sums", cumsum<1>(exp(x)), tensor<float, dyn, dyn, dyn>(2, n, 5), near<float>(3 * n));
        verify("a few at once", sum(where(coord<2> <= coord<1> + coord<1> + coord<1> + 5, again(), 0), axis<2>),
               tensor<float, dyn, dyn, dyn>(2, 70, 5), near<float>(3 * n));
        verify("one in a few", sum(where(coord<2> <= floor(coord<1> / 7), again(), 0), axis<2>), tensor<float, dyn, dyn, dyn>(2, 70, 5), near<float>(3 * n));
    }
}

BOOST_AUTO_TEST_CASE(inside_formulas) {
    generator g(seed());
    for (size n : {1, 9, 65, 130}) {
        auto const x = make<matrix<float>>(g, 0, 1, 3, n);
        verify("products", cumprod<1>(x + 0.5f), matrix<float>(3, n), near<float>(2 * n));
        verify("a part of it", slice(cumsum<1>(x), whole, range(0, n, by<2>)), matrix<float>(3, (n + 1) / 2), near<float>(n));
    }
}

/// Masks of one's own over the same rows: steps of several indices, and none; one is a number no more from some row on, and so nothing
/// is below it.
BOOST_AUTO_TEST_CASE(masks_of_repeated_rows) {
    generator g(seed());
    auto const x = make<matrix<float>>(g, 0, 1, 200, 3);
    auto const rows = [&] { return repeat<0>(expand<0>(slice(x, whole, 1)), 300); };
    verify("up to the row", sum(where(coord<1> <= coord<0>, rows(), 0), axis<1>), vector<float>(300), near<float>(200));
    verify("all behind a row", sum(where(coord<1> + 130 < coord<0>, rows(), 0), axis<1>), vector<float>(300), near<float>(200));
    verify("a few at once", sum(where(coord<1> <= coord<0> + coord<0> + coord<0> + 5, exp(rows()), 0), axis<1>), vector<float>(300), near<float>(500));
    verify("one in a few", sum(where(coord<1> <= floor(coord<0> / 7), exp(rows()), 0), axis<1>), vector<float>(300), near<float>(500));
    verify("what counts instead", sum(where(coord<1> <= coord<0>, rows(), 0.5f), axis<1>), vector<float>(300), near<float>(200));
    verify("left out", sum(where(coord<1> > coord<0> + 2, 0, rows()), axis<1>), vector<float>(300), near<float>(200));
    verify("up to a number", sum(where(coord<1> <= 50 - sqrt(100 - coord<0>), rows(), 0), axis<1>), vector<float>(300), near<float>(200));
}

}  // namespace
}  // namespace sinter::test
