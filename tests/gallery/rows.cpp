// SPDX-License-Identifier: BSL-1.0
// softmax, log_softmax and logsumexp of rows and of columns; relatives: two reductions that meet.
#include "support/types.hpp"

namespace sinter::test {
namespace {

BOOST_AUTO_TEST_CASE_TEMPLATE(of_rows, T, real_types) {
    generator g(seed());
    for (auto [n, m] : planes) {
        auto x = make<matrix<T>>(g, -9, 9, n, m);
        verify("softmax", softmax(x), matrix<T>(n, m), near<T>(m));
        verify("log_softmax", log_softmax(x), matrix<T>(n, m), near<T>(m));
        verify("logsumexp", logsumexp(x, axis<-1>), vector<T>(n), near<T>(m));
    }
}

BOOST_AUTO_TEST_CASE_TEMPLATE(of_columns, T, real_types) {
    generator g(seed());
    for (auto [n, m] : planes) {
        auto x = make<matrix<T>>(g, -9, 9, n, m);
        verify("softmax of columns", softmax(x, axis<0>), matrix<T>(n, m), near<T>(n));
        verify("log_softmax of columns", log_softmax(x, axis<0>), matrix<T>(n, m), near<T>(n));
        verify("logsumexp of columns", logsumexp(x, axis<0>), vector<T>(m), near<T>(n));
    }
}

BOOST_AUTO_TEST_CASE_TEMPLATE(of_a_vector, T, real_types) {
    generator g(seed());
    for (size n : lengths) {
        auto x = make<vector<T>>(g, -9, 9, n);
        verify("softmax of a vector", softmax(x), vector<T>(n), near<T>(n));
        verify("logsumexp of a vector", logsumexp(x), tensor<T>(), near<T>(n));
    }
}

BOOST_AUTO_TEST_CASE(offsets_do_not_overflow) {
    generator g(seed());
    auto x = make<matrix<float>>(g, 9990, 10010, 5, 257);
    verify("softmax at 1e4", softmax(x), matrix<float>(5, 257), near<float>(257));
    auto y = make<matrix<float>>(g, -1e30, 1e30, 5, 65);
    verify("softmax at 1e30", softmax(y), matrix<float>(5, 65), near<float>(65));
}

BOOST_AUTO_TEST_CASE(static_extents) {
    generator g(seed());
    auto x = make<matrix<float, 5, 17>>(g, -9, 9);
    verify("softmax, static", softmax(x), matrix<float, 5, 17>(), near<float>(17));
    verify("softmax of columns, static", softmax(x, axis<0>), matrix<float, 5, 17>(), near<float>(17));
}

BOOST_AUTO_TEST_CASE_TEMPLATE(relatives, T, real_types) {
    generator g(seed());
    for (auto [n, m] : planes) {
        if (n * m == 0) continue;
        auto x = make<matrix<T>>(g, -2, 2, n, m);
        verify("centred by the middle of the range", x - (amax(x, axis<1>, keep) + amin(x, axis<1>, keep)) / 2,
               matrix<T>(n, m), near<T>());
        verify("to the unit range", (x - amin(x)) / (amax(x) - amin(x) + 1), matrix<T>(n, m), near<T>());
        verify("softmin weighted by x", sum(softmax(-x) % x, axis<1>), vector<T>(n), near<T>(m));
    }
}

}  // namespace
}  // namespace sinter::test
