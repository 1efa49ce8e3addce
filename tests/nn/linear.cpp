// SPDX-License-Identifier: BSL-1.0
// Linear layers and what is made of two of them.
#include "support/types.hpp"

#include <sinter/nn.hpp>

namespace sinter::test {
namespace {

BOOST_AUTO_TEST_CASE_TEMPLATE(layers_of_rows, T, real_types) {
    generator g(seed());
    for (auto [n, in, hidden, out] : small_volumes) {
        auto const x = make<matrix<T>>(g, -1, 1, n, in), w1 = make<matrix<T>>(g, -1, 1, in, hidden);
        auto const w2 = make<matrix<T>>(g, -1, 1, hidden, out), up = make<matrix<T>>(g, -1, 1, in, hidden);
        auto const b1 = make<vector<T>>(g, -1, 1, hidden), b2 = make<vector<T>>(g, -1, 1, out);
        auto const line = nn::linear(x, w1, b1);
        auto const two = nn::feed_forward(x, w1, b1, w2, b2, [](auto h) { return relu(h); });
        auto const gated = nn::gated_feed_forward(x, w1, up, w2, [](auto h) { return silu(h); });
        static_assert(decltype(plan(line))::passes == 1 && decltype(plan(two))::passes == 1 && decltype(plan(gated))::passes == 1);
        matrix<T> y(n, hidden), z(n, out);
        verify("linear", line, y, near<T>(in));
        verify("feed-forward", two, z, near<T>(in + hidden));
        verify("gated feed-forward", gated, z, near<T>(in + hidden));
    }
}

BOOST_AUTO_TEST_CASE(no_bias_is_zero) {
    generator g(seed());
    auto const x = make<matrix<float>>(g, -1, 1, 5, 7), w = make<matrix<float>>(g, -1, 1, 7, 9);
    auto const none = nn::no_bias<float>(9);
    BOOST_CHECK(eval(nn::linear(x, w)) == eval(x * w));
    BOOST_CHECK(eval(nn::linear(x, w, none)) == eval(x * w));
}

/// A gated layer whose operands are all temporaries: they live in the formula.
BOOST_AUTO_TEST_CASE(temporaries_are_held) {
    auto const e = nn::gated_feed_forward(matrix<float>{{1, 2}}, matrix<float>{{-1, 0}, {0, 1}}, matrix<float>{{3, 0}, {0, 4}},
                                          matrix<float>{{1}, {1}}, [](auto h) { return relu(h); });
    BOOST_CHECK_EQUAL(eval(e)(0, 0), 0.0f * 3 + 2.0f * 8);
}

}  // namespace
}  // namespace sinter::test
