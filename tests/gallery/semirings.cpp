// SPDX-License-Identifier: BSL-1.0
// Products over other semirings.
#include "support/types.hpp"

namespace sinter::test {
namespace {

BOOST_AUTO_TEST_CASE_TEMPLATE(semirings, T, real_types) {
    generator g(seed());
    for (auto [n, m, k, unused] : small_volumes) {
        auto a = make<matrix<T>>(g, 0, 9, n, k), b = make<matrix<T>>(g, 0, 9, k, m);
        verify("min-plus", product<min_plus>(a, b), matrix<T>(n, m), near<T>());
        verify("max-plus", product<max_plus>(a, b), matrix<T>(n, m), near<T>());
        verify("max-times", product<max_times>(a, b), matrix<T>(n, m), near<T>());
        auto w = make<matrix<T>>(g, 0, 9, n, n);
        verify("two steps", product<min_plus>(w, w), matrix<T>(n, n), near<T>());
        verify("three steps", product<min_plus>(product<min_plus>(w, w), w), matrix<T>(n, n), near<T>());
    }
}

}  // namespace
}  // namespace sinter::test
