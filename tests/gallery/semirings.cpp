// SPDX-License-Identifier: BSL-1.0
// Products over other semirings.
#include "support/types.hpp"

namespace sinter::test {
namespace {

/// Rows of the result that are accumulated in registers at once.
template <class E>
constexpr int rows_of_tile() {
    using K = lower::kernel<E>;
    constexpr int sum = [] {
        int i = 0;
        while (K::program.step[i].what != ir::step::action::accumulate) ++i;
        return i;
    }();
    return lower::tile_rows<K, sum>;
}
using matrix_f = matrix<float> const&;
template <class S>
using product_of_two = decltype(product<S>(std::declval<matrix_f>(), std::declval<matrix_f>()));
static_assert(rows_of_tile<product_of_two<plus_times>>() == 6);
static_assert(rows_of_tile<product_of_two<min_plus>>() == 6 && rows_of_tile<product_of_two<or_and>>() == 6);

BOOST_AUTO_TEST_CASE(shortest_paths) {
    generator g(seed());
    for (auto [n, m, k, unused] : volumes) {
        auto const a = make<matrix<float>>(g, 0, 9, n, k), b = make<matrix<float>>(g, 0, 9, k, m);
        verify("min-plus", product<min_plus>(a, b), matrix<float>(n, m), near<float>());
    }
}

BOOST_AUTO_TEST_CASE(longest_paths) {
    generator g(seed());
    for (auto [n, m, k, unused] : volumes) {
        auto const a = make<matrix<float>>(g, 0, 9, n, k), b = make<matrix<float>>(g, -9, 9, m, k);
        verify("max-plus", product<max_plus>(a, transpose(b)), matrix<float>(n, m), near<float>());
    }
}

BOOST_AUTO_TEST_CASE(chains) {
    generator g(seed());
    for (auto [n, m, k, l] : volumes) {
        auto const a = make<matrix<float>>(g, 0, 9, n, m), b = make<matrix<float>>(g, 0, 9, m, k), c = make<matrix<float>>(g, 0, 9, k, l);
        verify("(A B) C", product<min_plus>(product<min_plus>(a, b), c), matrix<float>(n, l), near<float>());
        auto const x = make<vector<float>>(g, 0, 9, k);
        verify("A B x", product<min_plus>(product<min_plus>(a, b), x), vector<float>(n), near<float>());
    }
}

BOOST_AUTO_TEST_CASE(vectors_and_batches) {
    generator g(seed());
    for (auto [n, m, k, unused] : small_volumes) {
        auto const a = make<tensor<float, dyn, dyn, dyn>>(g, 0, 9, 3, n, k);
        auto const b = make<matrix<float>>(g, 0, 9, k, m);
        auto const x = make<vector<float>>(g, 0, 9, k);
        verify("batch", product<min_plus>(a, b), tensor<float, dyn, dyn, dyn>(3, n, m), near<float>());
        verify("x B", product<max_times>(x, b), vector<float>(m), near<float>());
    }
}

BOOST_AUTO_TEST_CASE(reachability) {
    generator g(seed());
    for (auto [n, m, k, unused] : volumes) {
        matrix<bool> a(n, k), b(k, m);
        for (auto& v : a) v = g.below(4) == 0;
        for (auto& v : b) v = g.below(4) == 0;
        verify("or-and", product<or_and>(a, b), matrix<bool>(n, m), near<float>());
    }
    auto const w = make<matrix<float>>(g, 0, 9, 33, 33);
    verify("in three steps", product<or_and>(product<or_and>(w < 1, w < 1), w < 1), matrix<bool>(33, 33), near<float>());
}

/// The monoids by name reduce as well, in batches and number by number.
BOOST_AUTO_TEST_CASE(named_monoids_reduce) {
    generator g(seed());
    for (size n : {0, 1, 7, 33, 100}) {
        auto const a = make<matrix<float>>(g, -9, 9, 5, n);
        vector<float> low(5), high(5);
        low = reduce(monoids::minimum{}, a, axis<1>);
        high = reduce(monoids::maximum{}, a, axis<1>);
        for (size i = 0; i < 5; ++i) {
            float least = infinity<float>, most = -infinity<float>;
            for (size j = 0; j < n; ++j) least = std::min(least, a(i, j)), most = std::max(most, a(i, j));
            BOOST_TEST((low(i) == least && high(i) == most));
        }
        if (n > 0) {
            matrix<float> with_nan = a;
            with_nan(2, n - 1) = nan<float>;
            high = reduce(monoids::maximum{}, with_nan, axis<1>);
            BOOST_TEST(((high(2) != high(2)) && high(1) == high(1)));
        }
    }
}

/// The user's factors need not commute: the one before is the product.
struct largest_before {
    monoids::maximum plus;
    struct {
        template <class T> constexpr T operator()(T const& a, T const&) const { return a; }
    } times;
};

BOOST_AUTO_TEST_CASE(factors_that_do_not_commute) {
    generator g(seed());
    auto const a = make<matrix<float>>(g, 0, 9, 6, 5), b = make<matrix<float>>(g, 10, 19, 5, 7), c = make<matrix<float>>(g, 20, 29, 6, 4);
    matrix<float> const product_of_three = eval(product<largest_before>(transpose(product<largest_before>(a, b)), c));
    float const largest = eval(amax(a));
    for (float const x : product_of_three) BOOST_TEST(x == largest);
}

}  // namespace
}  // namespace sinter::test
