// SPDX-License-Identifier: BSL-1.0
// Heads are views: what they show, and that they can be written to. Pairs of columns, and what turns them.
#include "support/types.hpp"

#include <sinter/nn.hpp>

namespace sinter::test {
namespace {

using table = matrix<float>;
using cube = tensor<float, dyn, dyn, dyn>;

BOOST_AUTO_TEST_CASE(heads_side_by_side) {
    generator g(seed());
    auto x = make<cube>(g, -1, 1, 2, 5, 12);                           // (b,n,h·d)
    auto const heads = nn::split_heads(x, 3);                          // (b,h,n,d)
    BOOST_CHECK((heads.shape() == std::array<size, 4>{2, 3, 5, 4}));
    for (size b = 0; b < 2; ++b)
        for (size h = 0; h < 3; ++h)
            for (size i = 0; i < 5; ++i)
                for (size j = 0; j < 4; ++j) BOOST_CHECK_EQUAL(&heads(b, h, i, j), &x(b, i, h * 4 + j));
    auto const back = nn::merge_heads(heads);
    BOOST_CHECK(back == x && back.data() == x.data());
    cube y(2, 5, 12);
    nn::split_heads(y, 3) = heads * 2;
    BOOST_CHECK(y == eval(x * 2));
}

BOOST_AUTO_TEST_CASE(heads_of_a_formula) {
    generator g(seed());
    auto const x = make<table>(g, -1, 1, 5, 12);
    verify("split", nn::split_heads(x + 1, 3), cube(3, 5, 4), near<float>());
    BOOST_CHECK(eval(nn::split_heads(x * 1, 3)) == eval(own(nn::split_heads(x, 3)) * 1));
    table const copy = x;
    BOOST_CHECK(eval(nn::split_heads(table(copy), 3)) == eval(own(nn::split_heads(x, 3)) * 1));     // a temporary lives in the formula
}

BOOST_AUTO_TEST_CASE(what_does_not_fit) {
    table x(5, 12);
    cube apart(3, 5, 4);
    BOOST_CHECK_THROW(nn::split_heads(x, 5), shape_error);
    BOOST_CHECK_THROW(nn::split_heads(x, 0), shape_error);
    BOOST_CHECK_THROW(nn::merge_heads(apart), shape_error);
    BOOST_CHECK_THROW(nn::group_heads(apart, 2), shape_error);
    table odd(3, 5);
    BOOST_CHECK_THROW(nn::halves(odd), shape_error);
}

BOOST_AUTO_TEST_CASE(product_behind_heads) {
    generator g(seed());
    for (auto [n, h, e, out] : small_volumes) {
        if (h == 0) continue;
        auto const x = make<cube>(g, -1, 1, h, n, e);
        auto const w = make<table>(g, -1, 1, h * e, out);
        table rows(n, h * e), y(n, out);
        nn::split_heads(rows, h) = own(x) * 1;
        auto const f = nn::linear_of_heads(x, w, h);
        static_assert(decltype(plan(f))::passes == 1 && decltype(plan(f))::temporaries == 0);
        verify("sum over heads", f, y, near<float>(h * e));
        same("sum over heads", y, eval(rows * w), near<float>(h * e));
    }
}

BOOST_AUTO_TEST_CASE(groups_follow_each_other) {
    generator g(seed());
    auto x = make<tensor<float, dyn, dyn, dyn, dyn>>(g, -1, 1, 2, 6, 3, 4);
    auto const groups = nn::group_heads(x, 2);
    BOOST_CHECK((groups.shape() == std::array<size, 5>{2, 2, 3, 3, 4}));
    for (size b = 0; b < 2; ++b)
        for (size h = 0; h < 6; ++h) BOOST_CHECK_EQUAL(&groups(b, h / 3, h % 3, 1, 2), &x(b, h, 1, 2));
}

// ---- pairs ------------------------------------------------------------------------------------------------------------

BOOST_AUTO_TEST_CASE(turned_pairs) {
    generator g(seed());
    for (auto [n, d] : {std::array<size, 2>{1, 2}, {3, 4}, {7, 6}, {17, 32}, {33, 64}, {0, 4}}) {
        auto const x = make<table>(g, -1, 1, n, d);
        table c(n, d / 2), s(n, d / 2), y(n, d), z(n, d);
        c = cos(nn::rotary_angles(n, d, 3));
        s = sin(nn::rotary_angles(n, d, 3));
        auto const turned = nn::rotary(nn::halves(x), c, s);
        static_assert(decltype(plan(turned))::passes == 1);
        verify("halves", turned, nn::halves(y), near<float>());
        nn::neighbours(z) = nn::rotary(nn::neighbours(x), c, s);
        for (size i = 0; i < n; ++i)
            for (size j = 0; j < d / 2; ++j) {
                double const angle = double(i + 3) * std::pow(10000.0, -2.0 * double(j) / double(d));
                double const cosine = std::cos(angle), sine = std::sin(angle);
                BOOST_CHECK_SMALL(y(i, j) - (x(i, j) * cosine - x(i, j + d / 2) * sine), 1e-5);
                BOOST_CHECK_SMALL(y(i, j + d / 2) - (x(i, j + d / 2) * cosine + x(i, j) * sine), 1e-5);
                BOOST_CHECK_SMALL(z(i, 2 * j) - (x(i, 2 * j) * cosine - x(i, 2 * j + 1) * sine), 1e-5);
                BOOST_CHECK_SMALL(z(i, 2 * j + 1) - (x(i, 2 * j + 1) * cosine + x(i, 2 * j) * sine), 1e-5);
            }
    }
}

/// Turned queries and keys in one pass with the softmax and the values; the same as turned first.
BOOST_AUTO_TEST_CASE(turned_inside) {
    generator g(seed());
    for (size n : {1, 5, 17, 65}) {
        auto const q = make<table>(g, -1, 1, n, 8), k = make<table>(g, -1, 1, n, 8), v = make<table>(g, -1, 1, n, 5);
        table c(n, 4), s(n, 4), turned_q(n, 8), turned_k(n, 8), o(n, 5);
        c = cos(nn::rotary_angles(n, 8));
        s = sin(nn::rotary_angles(n, 8));
        nn::halves(turned_q) = nn::rotary(nn::halves(q), c, s);
        nn::halves(turned_k) = nn::rotary(nn::halves(k), c, s);
        auto const scores = nn::product_of_pairs(nn::rotary(nn::halves(q), c, s), nn::rotary(nn::halves(k), c, s));
        auto const e = softmax(scores / 2) * v;
        static_assert(decltype(plan(e))::passes == 1 && decltype(plan(e))::temporaries == 0);
        verify("turned inside", e, o, near<float>(n + 8));
        same("turned first", eval(softmax(turned_q * transpose(turned_k) / 2) * v), o, near<float>(n + 8));
    }
}

}  // namespace
}  // namespace sinter::test
