// SPDX-License-Identifier: BSL-1.0
// A product with weights and statistics of the weights: one pass where they are of the same tensors.
#include "support/together.hpp"

namespace sinter::test {
namespace {

using M = matrix<float>;
using V = vector<float>;

auto weights(M const& q, M const& k) { return q * transpose(k) / 2.f; }

BOOST_AUTO_TEST_CASE(output_and_statistics_of_weights) {
    generator g(seed());
    for (auto [n, m, d, e] : small_volumes) {
        auto const q = make<M>(g, -1, 1, n, d), k = make<M>(g, -1, 1, m, d), v = make<M>(g, -1, 1, m, e), p = make<M>(g, -1, 1, n, d);
        auto const output = softmax(weights(q, k)) * v;
        auto const sizes = logsumexp(weights(q, k), axis<-1>);
        auto const both = together(output, sizes);
        static_assert(decltype(plan(both))::passes == 1 && decltype(plan(both))::temporaries == 0);
        M o(n, e);
        V l(n);
        poison(o), poison(l);
        assign_twice(tie(o, l), both, "output and log-sum-exp");
        check(output, o, near<float>(m + d), "output");
        check(sizes, l, near<float>(m + d), "log-sum-exp");
        // Spelled the same, but of another tensor.
        auto const others = logsumexp(weights(p, k), axis<-1>);
        static_assert(std::is_same_v<decltype(others), decltype(sizes)>);
        poison(o), poison(l);
        assign_twice(tie(o, l), together(output, others), "output and another log-sum-exp");
        check(output, o, near<float>(m + d), "output");
        check(others, l, near<float>(m + d), "another log-sum-exp");
        // Another number.
        auto const warmer = logsumexp(q * transpose(k) / 3.f, axis<-1>);
        tie(o, l) = together(output, warmer);
        check(warmer, l, near<float>(m + d), "another temperature");
    }
}

/// The sums of the last one would be exchanged, over an axis of the others that it has itself.
BOOST_AUTO_TEST_CASE(a_product_of_products_beside_others) {
    generator g(seed());
    auto const a = make<matrix<float, 5, 3>>(g, -1, 1);
    auto const z = make<matrix<float, 5, 4>>(g, -1, 1);
    auto const y = make<matrix<float, 4, 3>>(g, -1, 1);
    auto const last = transpose(z * y) * z;
    auto const all = together(transpose(a) * z, transpose(abs(a)) * z, transpose(exp(a)) * z, transpose(a % a) * z, last);
    BOOST_TEST(plan(all).shared);
    matrix<float, 3, 4> m1, m2, m3, m4, r;
    tie(m1, m2, m3, m4, r) = all;
    check(last, r, near<float>(20), "product of products");
    check(transpose(a % a) * z, m4, near<float>(5), "product");
}

constexpr auto attention = sinter::fn([](auto q, auto k, auto v, auto scale) {
    auto s = q * transpose(k) * scale;
    return together(logsumexp(s, axis<-1>) - sum(softmax(s) % s, axis<-1>), softmax(s) * v);
});

BOOST_AUTO_TEST_CASE(named_formulas_of_several_results) {
    generator g(seed());
    for (auto [n, m, d, e] : small_volumes) {
        auto const q = make<M>(g, -1, 1, n, d), k = make<M>(g, -1, 1, m, d), v = make<M>(g, -1, 1, m, e);
        auto const both = attention(q, k, v, 0.5f);
        static_assert(decltype(plan(both))::passes == 1);
        static_assert(ir::detail::common_formula<std::remove_cvref_t<decltype(both)>>.g.count == 0);     // nothing is guessed
        V h(n);
        M o(n, e);
        poison(o), poison(h);
        assign_twice(tie(h, o), both, "entropy and output");
        auto const s = weights(q, k);
        check(logsumexp(s, axis<-1>) - sum(softmax(s) % s, axis<-1>), h, near<float>(4 * (m + d)), "entropy");
        check(softmax(s) * v, o, near<float>(m + d), "output");
    }
}

}  // namespace
}  // namespace sinter::test
