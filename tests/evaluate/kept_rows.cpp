// SPDX-License-Identifier: BSL-1.0
// Rows that are kept because several loops read them: none may read one before it is written.
#include "support/types.hpp"

#include <sinter/together.hpp>

namespace sinter::test {
namespace {

BOOST_AUTO_TEST_CASE(a_row_of_which_another_row_is_made) {
    generator g(seed());
    for (size n : {1, 5, 40, 70})
        for (size m : {1, 13, 100}) {
            auto const v = make<vector<float>>(g, -1, 1, m), u = make<vector<float>>(g, -1, 1, n);
            auto const a = make<matrix<float>>(g, -1, 1, m, n);
            auto const w = exp(v);
            auto const other = exp(sum(tanh(expand<1>(w) + u), axis<1>) / float(n));
            verify("first, then the other", w * a + other * a, vector<float>(n), near<float>(90 * m));
            verify("the other first", other * a + w * a, vector<float>(n), near<float>(90 * m));
            verify("and its sum", w / sum(w % sum(tanh(expand<1>(w) + u), axis<1>)), vector<float>(m), near<float>(200 * m * n));
        }
}

/// A sweep of one result reads the row that another result has kept.
BOOST_AUTO_TEST_CASE(rows_of_two_results) {
    generator g(seed());
    auto const product = [](auto const& v, auto const& a) {
        auto const w = exp(v);
        auto const y = w * a;
        return y % (w * square(a)) % (w * square(a - y));
    };
    auto const both = fn([&](auto v, auto a) { return together(norm(product(v, a)), normalize(product(v, a))); });
    for (size n : {5, 40, 70})
        for (size m : {13, 100, 13}) {
            auto const v = make<vector<float>>(g, -1, 1, m);
            auto const a = make<matrix<float>>(g, 0.5, 1, m, n);
            tensor<float> length;
            vector<float> unit(n);
            tie(length, unit) = both(v, a);
            for (size j = 0; j < n; ++j) BOOST_TEST(std::abs(unit(j) - eval(normalize(product(v, a)))(j)) < 1e-4f);
        }
}

}  // namespace
}  // namespace sinter::test
