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

BOOST_AUTO_TEST_CASE(inside_formulas) {
    generator g(seed());
    for (size n : {1, 9, 65, 130}) {
        auto const x = make<matrix<float>>(g, 0, 1, 3, n);
        verify("products", cumprod<1>(x + 0.5f), matrix<float>(3, n), near<float>(2 * n));
        verify("a part of it", slice(cumsum<1>(x), whole, range(0, n, by<2>)), matrix<float>(3, (n + 1) / 2), near<float>(n));
    }
}

/// Masks of one's own over the same rows; one is a number no more from some row on, and so nothing is below it.
BOOST_AUTO_TEST_CASE(masks_of_repeated_rows) {
    generator g(seed());
    auto const x = make<matrix<float>>(g, 0, 1, 200, 3);
    auto const rows = [&] { return repeat<0>(expand<0>(slice(x, whole, 1)), 300); };
    verify("up to the row", sum(where(coord<1> <= coord<0>, rows(), 0), axis<1>), vector<float>(300), near<float>(200));
    verify("up to a number", sum(where(coord<1> <= 50 - sqrt(100 - coord<0>), rows(), 0), axis<1>), vector<float>(300), near<float>(200));
}

}  // namespace
}  // namespace sinter::test
