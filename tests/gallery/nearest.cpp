// SPDX-License-Identifier: BSL-1.0
// The K largest of formulas: the nearest points without their distances, weights of the largest scores.
#include "support/together.hpp"

namespace sinter::test {
namespace {

using M = matrix<float>;

/// −‖xᵢ − yⱼ‖²
auto closeness_of(M const& x, M const& y) { return -sum(square(expand<1>(x) - expand<0>(y)), axis<-1>); }

BOOST_AUTO_TEST_CASE(the_nearest_points) {
    generator g(seed());
    for (auto [n, m, d, e] : small_volumes) {
        if (m < 5) continue;
        auto x = make<M>(g, -9, 9, n, d), y = make<M>(g, -9, 9, m, d);
        for (float& v : x) v = std::round(v);
        for (float& v : y) v = std::round(v);
        auto const s = closeness_of(x, y);
        static_assert(decltype(plan(together(topk<5>(s))))::passes == 1);
        static_assert(decltype(plan(together(topk<5>(s))))::temporaries == 0);
        static_assert(decltype(plan(together(topk<8>(s))))::passes == 1);
        verify_top<5, 1>("nearest", s, n, 5, near<float>(d));
    }
}

BOOST_AUTO_TEST_CASE(formulas_of_the_largest) {
    generator g(seed());
    for (auto [n, m, d, e] : small_volumes) {
        if (m < 5) continue;
        auto const q = make<M>(g, -1, 1, n, d), k = make<M>(g, -1, 1, m, d);
        auto const best = topk<5>(q * transpose(k)).values;
        verify("weights of the largest scores", softmax(best), M(n, 5), near<float>(m + d));
        verify("their sum", sum(best, axis<1>), vector<float>(n), near<float>(5 * d));
        if (n > 0) verify("one place", col(best, 3) * 2.f, vector<float>(n), near<float>(d));
    }
}

}  // namespace
}  // namespace sinter::test
