// SPDX-License-Identifier: BSL-1.0
// Rotary positions of what is no tensor: (b,n,h,d) as `permute<0, 2, 1, 3>`, formulas.
#include "nn/layouts.hpp"

namespace sinter::test {
namespace {

BOOST_AUTO_TEST_CASE_TEMPLATE(pairs_of_tokens, T, real_types) {
    generator g(seed());
    for (auto [b, n, h, d] : {std::array<size, 4>{1, 1, 1, 2}, {2, 5, 3, 4}, {1, 17, 2, 6}, {2, 33, 4, 16}, {1, 9, 3, 34}}) {
        auto const x = make<batch_of_heads<T>>(g, -1, 1, b, n, h, d);
        auto const of_heads = exchanged(x);
        batch_of_heads<T> const raised = eval(of_heads + 1);
        table<T> c(n, d / 2), s(n, d / 2);
        c = cos(nn::rotary_angles(n, d, 2));
        s = sin(nn::rotary_angles(n, d, 2));
        batch_of_heads<T> y(b, h, n, d);
        one_pass("halves", nn::rotary(nn::halves(permute<0, 2, 1, 3>(x)), c, s), nn::rotary(nn::halves(of_heads), c, s), nn::halves(y), near<T>());
        one_pass("neighbours", nn::rotary(nn::neighbours(permute<0, 2, 1, 3>(x)), c, s), nn::rotary(nn::neighbours(of_heads), c, s),
                 nn::neighbours(y), near<T>());
        one_pass("of a sum", nn::rotary(nn::halves(of_heads + 1), c, s), nn::rotary(nn::halves(raised), c, s), nn::halves(y),
                 near<T>());
        auto const rows = make<table<T>>(g, -1, 1, n, 5), w = make<table<T>>(g, -1, 1, 5, d);
        table<T> const product = eval(rows * w);
        table<T> z(n, d);
        auto const turned = nn::rotary(nn::neighbours(rows * w), c, s);
        static_assert(decltype(plan(turned))::temporaries == 0);
        verify("of a product", turned, nn::neighbours(z), near<T>(8));
        same("of a product", eval(nn::rotary(nn::neighbours(product), c, s)), nn::neighbours(z), near<T>(8));
    }
}

/// Turned inside of attention: one pass from (b,n,h,d) to (b,n,h·e).
BOOST_AUTO_TEST_CASE_TEMPLATE(turned_tokens, T, real_types) {
    generator g(seed());
    for (auto [b, n, h, d] : {std::array<size, 4>{1, 1, 1, 2}, {2, 5, 3, 4}, {1, 17, 2, 6}, {2, 33, 4, 16}}) {
        auto const q = make<batch_of_heads<T>>(g, -1, 1, b, n, h, d), k = make<batch_of_heads<T>>(g, -1, 1, b, n, h, d);
        auto const v = make<batch_of_heads<T>>(g, -1, 1, b, n, h, 5);
        table<T> c(n, d / 2), s(n, d / 2);
        c = cos(nn::rotary_angles(n, d));
        s = sin(nn::rotary_angles(n, d));
        auto const pairs = [&](auto const& x) { return nn::rotary(nn::halves(permute<0, 2, 1, 3>(x)), c, s); };
        batch_of_heads<T> turned_q(b, h, n, d), turned_k(b, h, n, d);
        nn::halves(turned_q) = pairs(q);
        nn::halves(turned_k) = pairs(k);
        tensor<T, dyn, dyn, dyn> o(b, n, h * 5);
        one_pass("turned", softmax(nn::product_of_pairs(pairs(q), pairs(k)) / 2) * permute<0, 2, 1, 3>(v),
                 softmax(turned_q * transpose(turned_k) / 2) * permute<0, 2, 1, 3>(v), nn::split_heads(o, h), near<T>(n + d));
    }
}

BOOST_AUTO_TEST_CASE(what_does_not_fit) {
    batch_of_heads<float> const x(1, 2, 6, 5);
    BOOST_CHECK_THROW(nn::halves(permute<0, 2, 1, 3>(x)), shape_error);
    BOOST_CHECK_THROW(nn::neighbours(x + 1), shape_error);
}

}  // namespace
}  // namespace sinter::test
