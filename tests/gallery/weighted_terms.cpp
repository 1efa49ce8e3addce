// SPDX-License-Identifier: BSL-1.0
// Sums of w·(g + h), where w and h both depend on other reductions of the axis: repaired by Σ w, in one pass.
#include "support/types.hpp"

namespace sinter::test {
namespace {

constexpr auto entropy = fn([](auto q, auto k, auto offset) {
    auto const p = softmax(q * transpose(k) + offset);
    return -sum(p % log(p), axis<-1>);
});
constexpr auto entropy_by_log_softmax = fn([](auto q, auto k, auto offset) {
    auto const s = q * transpose(k) + offset;
    return -sum(softmax(s) % log_softmax(s), axis<-1>);
});
constexpr auto gradient = fn([](auto q, auto k, auto v, auto g, auto offset) {
    auto const p = softmax(q * transpose(k) + offset);
    auto const dp = g * transpose(v);
    return (p % (dp - sum(p % dp, axis<1>, keep))) * k;
});

/// Numbers of which neither products nor sums are rounded, so that an offset changes nothing but the digits that are left.
matrix<float> quarters(generator& g, size n, size d, int most) {
    matrix<float> x(n, d);
    for (auto& v : x) v = float(int(g.below(size(2 * most + 1))) - most) / 4;
    return x;
}

constexpr size keys[] = {1, 2, 95, 96, 97, 250};
constexpr int d = 5;

/// The maximum rises from block to block, so that there is something to repair.
void raise(matrix<float>& k) {
    for (size j = 0; j < k.extent(0); ++j) k(j, 0) = float(j / 24);
}

BOOST_AUTO_TEST_CASE(entropies) {
    generator g(seed());
    for (size const m : keys)
        for (size const n : {1, 7, 17}) {
            auto q = quarters(g, n, d, 4), k = quarters(g, m, d, 4);
            for (size i = 0; i < n; ++i) q(i, 0) = 1;
            raise(k);
            vector<float> here(n), there(n);
            BOOST_TEST(plan(entropy(q, k, 0.f)).passes == 1);
            verify("from p and log p", entropy(q, k, 0.f), here, near<float>(m + d));
            there = entropy(q, k, 8192.f);
            for (size i = 0; i < n; ++i) BOOST_TEST(std::abs(there(i) - here(i)) <= 2e-6f * (1 + std::abs(here(i))));
            there = entropy_by_log_softmax(q, k, 8192.f);
            for (size i = 0; i < n; ++i) BOOST_TEST(std::abs(there(i) - here(i)) <= 2e-6f * (1 + std::abs(here(i))));
        }
}

BOOST_AUTO_TEST_CASE(gradients) {
    generator g(seed());
    for (size const m : keys)
        for (size const n : {1, 17}) {
            auto q = quarters(g, n, d, 4), k = quarters(g, m, d, 4), v = quarters(g, m, 3, 8), dy = quarters(g, n, 3, 8);
            for (size i = 0; i < n; ++i) q(i, 0) = 1;
            raise(k);
            matrix<float> here(n, d), there(n, d);
            BOOST_TEST(plan(gradient(q, k, v, dy, 0.f)).passes == 1);
            verify("gradient with respect to Q", gradient(q, k, v, dy, 0.f), here, near<float>(m + d));
            there = gradient(q, k, v, dy, 8192.f);
            for (size i = 0; i < n * d; ++i)
                BOOST_TEST(std::abs(there.data()[i] - here.data()[i]) <= 1e-5f * (1 + std::abs(here.data()[i])));
        }
}

}  // namespace
}  // namespace sinter::test
