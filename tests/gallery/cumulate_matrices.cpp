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

/// What is summed is computed for some rows at a time, of which a step may need more than there are in a tile.
BOOST_AUTO_TEST_CASE(computed_beforehand) {
    generator g(seed());
    for (size n : {1, 24, 97, 130, 290}) {
        auto const x = make<tensor<float, dyn, dyn, dyn>>(g, 0, 1, 2, n, 5);
        verify("three axes", cumsum<1>(exp(x)), tensor<float, dyn, dyn, dyn>(2, n, 5), near<float>(3 * n));
        auto const a = make<matrix<float>>(g, 0, 1, n, 5), b = make<matrix<float>>(g, 0, 1, 5, n);
        verify("transposed", cumsum<0>(a + transpose(b)), matrix<float>(n, 5), near<float>(2 * n));
        verify("every third", slice(cumsum<0>(a + transpose(b)), range(0, int(n), by<3>), whole), matrix<float>((n + 2) / 3, 5), near<float>(2 * n));
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

BOOST_AUTO_TEST_CASE(of_a_convolution) {
    generator g(seed());
    for (size n : {1, 7, 40}) {
        auto const x = make<matrix<float>>(g, -1, 1, 2, n);
        auto const w = make<tensor<float, dyn, dyn, dyn>>(g, -1, 1, 3, 2, 1);
        verify("along its places", cumsum<1>(convolve<1>(x, w)), matrix<float>(3, n), near<float>(3 * n));
        verify("along its channels", cumsum<0>(convolve<1>(x, w)), matrix<float>(3, n), near<float>(9));
    }
}

/// Masks of one's own over the same rows, along lanes and along rows: steps of several indices, and none, and masks that may go back.
struct repeated_rows {
    vector<float> of_row;
    matrix<float> across, of_rows;
    size n = 300;
    explicit repeated_rows(generator& g) : of_row(make<vector<float>>(g, 0, 1, 200)), across(make<matrix<float>>(g, 0, 1, 5, 200)),
                                           of_rows(make<matrix<float>>(g, 0, 1, 300, 5)) {}

    template <class Mask, class F>
    void operator()(char const* what, Mask const& mask, float instead, F const& f) const {
        auto const y = slice(of_rows, whole, 0), z = slice(of_rows, whole, 1);
        BOOST_TEST_CONTEXT(what) {
            verify("lanes", sum(where(mask, f(repeat<0>(expand<0>(of_row), n)), instead), axis<1>) + y + z, vector<float>(n), near<float>(600));
            auto const rows = repeat<0>(expand<0>(transpose(across) + 1), n);
            verify("rows", sum(where(mask, f(rows), instead), axis<1>) + of_rows, matrix<float>(n, 5), near<float>(900));
        }
    }
};

BOOST_AUTO_TEST_CASE(masks_of_repeated_rows) {
    generator g(seed());
    repeated_rows const rows(g);
    auto const as_it_is = [](auto const& x) { return x; };
    rows("up to the row", coord<1> <= coord<0>, 0, as_it_is);
    rows("what counts instead", coord<1> <= coord<0>, 0.5f, as_it_is);
    rows("all behind a row", coord<1> + 130 < coord<0>, 0, as_it_is);
    rows("a few at once", coord<1> <= coord<0> + coord<0> + coord<0> + 5, 0, [](auto const& x) { return exp(x); });
    rows("one in a few", coord<1> <= floor(coord<0> / 7), 0, as_it_is);
    rows("not a whole number", coord<1> <= coord<0> + 0.25f, 0, as_it_is);
    rows("beyond all floats", coord<1> <= exp(coord<0> - 2), 0, as_it_is);
    rows("wrapped around", coord<1> <= cast<std::int8_t>(min(coord<0>, 100)), 0, as_it_is);
    rows("no number", coord<1> <= 50 - sqrt(100 - coord<0>), 0, as_it_is);
}

}  // namespace
}  // namespace sinter::test
