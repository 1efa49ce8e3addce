// SPDX-License-Identifier: BSL-1.0
// Rows whose sums lie densely are summed four at a time; what is left, operands that lie otherwise and costly bodies, one by one.
#include "support/monoids.hpp"
#include "support/types.hpp"

namespace sinter::test {
namespace {

constexpr std::array<size, 11> extents{0, 1, 3, 7, 8, 9, 16, 31, 33, 64, 100};

BOOST_AUTO_TEST_CASE(sums) {
    generator g(seed());
    for (size m : {1, 3, 4, 5, 8, 11})
        for (size n : extents) {
            auto const a = make<matrix<float>>(g, -2, 2, m, n), across = make<matrix<float>>(g, -2, 2, n, m);
            auto const x = make<vector<float>>(g, -2, 2, n), y = make<vector<float>>(g, -2, 2, m);
            verify("A x", a * x, vector<float>(m), near<float>(n));
            verify("A^T x", transpose(across) * x, vector<float>(m), near<float>(n));
            verify("norms, and more", sqrt(sum(a % a, axis<1>)) + amax(a, axis<1>) % y, vector<float>(m), near<float>(4 * n + 4));
            verify("batches", make<tensor<float, dyn, dyn, dyn>>(g, -2, 2, 2, m, n) * x, matrix<float>(2, m), near<float>(n));
            vector<float> in_place = y, apart(m);
            in_place = a * x + in_place;
            apart = a * x + y;
            BOOST_TEST(std::equal(apart.begin(), apart.end(), in_place.begin(), [](float p, float q) { return p == q || (p != p && q != q); }));
        }
}

BOOST_AUTO_TEST_CASE(other_types_and_monoids) {
    generator g(seed());
    for (size m : {1, 4, 6, 9})
        for (size n : {1, 7, 8, 20, 33}) {
            auto const a = make<matrix<double>>(g, -2, 2, m, n);
            auto const x = make<vector<double>>(g, -2, 2, n);
            verify("double", a * x, vector<double>(m), near<double>(n));
            auto const f = make<matrix<float>>(g, -2, 2, m, n);
            verify("of one's own", reduce(largest_magnitude{}, f, axis<1>), vector<float>(m), near<float>());
            verify("costly", sum(exp(f), axis<1>), vector<float>(m), near<float>(8 * n));
            verify("the largest of them", amax(sum(f % f, axis<1>), axis<0>), tensor<float>(), near<float>(4 * n));
            matrix<int> whole(m, n);
            for (auto& v : whole) v = static_cast<int>(g.below(1000)) - 500;
            auto const sums = eval(sum(whole, axis<1>));
            for (size i = 0; i < m; ++i) {
                std::int64_t by_hand = 0;
                for (size j = 0; j < n; ++j) by_hand += whole(i, j);
                BOOST_TEST(sums(i) == by_hand);
            }
            vector<int> places(6);
            for (auto& v : places) v = static_cast<int>(g.below(static_cast<int>(m)));
            verify("gathered rows", sum(take<0>(f, places), axis<1>), vector<float>(6), near<float>(2 * n));
        }
}

BOOST_AUTO_TEST_CASE(several_results) {
    generator g(seed());
    for (size m : {3, 4, 9}) {
        auto const a = make<matrix<float>>(g, -2, 2, m, 37);
        vector<float> total(m), most(m);
        tie(total, most) = together(sum(a, axis<1>), amax(a, axis<1>));
        check(sum(a, axis<1>), total, near<float>(80));
        check(amax(a, axis<1>), most, near<float>());
    }
}

}  // namespace
}  // namespace sinter::test
