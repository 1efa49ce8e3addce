// SPDX-License-Identifier: BSL-1.0
// Several results: right whether they share a pass or not, and nothing is written before everything is checked.
#include "support/together.hpp"

namespace sinter::test {
namespace {

using M = matrix<float>;
using V = vector<float>;

BOOST_AUTO_TEST_CASE(statistics_of_rows) {
    generator g(seed());
    for (auto [n, m] : planes) {
        auto const x = make<M>(g, -9, 9, n, m);
        V a(n), b(n);
        auto const moments = together(mean(x, axis<1>), variance(x, axis<1>));
        static_assert(decltype(plan(moments))::passes == 2);    // as many as the variance takes alone
        assign_twice(tie(a, b), moments, "mean and variance");
        check(mean(x, axis<1>), a, near<float>(m));
        check(variance(x, axis<1>), b, near<float>(81 * m));
        if (n * m == 0) continue;
        vector<std::int64_t> at(n);
        auto const sums = together(sum(x, axis<1>), argmax(x, axis<1>));
        static_assert(decltype(plan(sums))::passes == 1);
        assign_twice(tie(a, at), sums, "sum and argmax");
        check(sum(x, axis<1>), a, near<float>(9 * m));
        check(argmax(x, axis<1>), at, near<float>());
    }
}

BOOST_AUTO_TEST_CASE(loops_of_several_depths) {
    generator g(seed());
    for (auto [n, m] : planes) {
        auto const x = make<M>(g, -2, 2, n, m), y = make<M>(g, -2, 2, n, m);
        M o(n, m), p(n, m);
        V columns(m);
        tensor<float> total;
        poison(o), poison(p), poison(columns), poison(total);
        auto const all = together(sum(x), exp(x), exp(x) + 1.f, sum(x, axis<0>));
        static_assert(decltype(plan(all))::passes == 2);    // of all, and of the columns
        assign_twice(tie(total, o, p, columns), all, "whole, elements, columns");
        check(sum(x), total, near<float>(4 * n * m));
        check(exp(x), o, near<float>());
        check(exp(x) + 1.f, p, near<float>());
        check(sum(x, axis<0>), columns, near<float>(4 * n));
        assign_twice(tie(o, p), together(x - y, y + x), "in another order");
        check(x - y, o, near<float>());
        check(y + x, p, near<float>());
    }
}

BOOST_AUTO_TEST_CASE(softmax_and_what_it_divides_by) {
    generator g(seed());
    for (auto [n, m] : planes) {
        auto const x = make<M>(g, -9, 9, n, m);
        M o(n, m);
        V l(n);
        auto const both = together(softmax(x), logsumexp(x, axis<1>));
        static_assert(decltype(plan(both))::passes == 2);       // softmax alone
        assign_twice(tie(o, l), both, "softmax and log-sum-exp");
        check(softmax(x), o, near<float>(m));
        check(logsumexp(x, axis<1>), l, near<float>(m));
    }
}

BOOST_AUTO_TEST_CASE(results_that_share_nothing) {
    generator g(seed());
    auto const a = make<M>(g, -1, 1, 17, 9), b = make<M>(g, -1, 1, 9, 33), c = make<M>(g, -1, 1, 5, 6);
    auto const both = together(sum(c, axis<0>), a * b);
    static_assert(decltype(plan(both))::passes == 2 && !captured::sharing<std::remove_cvref_t<decltype(both)>>::any);
    V s(6);
    M o(17, 33);
    assign_twice(tie(s, o), both, "nothing in common");
    check(sum(c, axis<0>), s, near<float>(5));
    check(a * b, o, near<float>(9));
    auto const stored = together(relu(materialize(a * b)) + 1, sum(materialize(a * b), axis<1>));
    BOOST_CHECK_EQUAL(plan(stored).temporaries, 2);
    auto const [r, t] = eval(stored);
    check(relu(a * b) + 1, r, near<float>(9));
    check(sum(a * b, axis<1>), t, near<float>(9 * 33));
    BOOST_TEST(explain(both).find("on its own") != std::string::npos);
    BOOST_TEST(explain(together(mean(a, axis<1>), variance(a, axis<1>))).find("which is so here") != std::string::npos);
    BOOST_TEST(to_dot(both).find("digraph") != to_dot(both).rfind("digraph"));
}

BOOST_AUTO_TEST_CASE(into_views_and_new_tensors) {
    generator g(seed());
    auto const x = make<M>(g, -1, 1, 7, 33);
    M o(7, 4);
    view<float, dyn> const left(o.data(), {7}, {4}), right(o.data() + 3, {7}, {4});
    tie(left, right) = together(mean(x, axis<1>), variance(x, axis<1>));
    tie(view<float, dyn>(o.data() + 1, {7}, {4})) = together(sum(x, axis<1>));
    auto const [m, v] = eval(together(mean(x, axis<1>), variance(x, axis<1>)));
    static_assert(std::is_same_v<std::remove_cvref_t<decltype(m)>, V>);
    for (size i = 0; i < 7; ++i) {
        BOOST_TEST(o(i, 0) == m(i));
        BOOST_TEST(o(i, 3) == v(i));
        BOOST_TEST(o(i, 2) == 0);
    }
    auto const owned = [&] { return together(sum(make<M>(g, 1, 1, 3, 4)), own(x) * 2.f); }();    // travels
    auto const [s, d] = eval(owned);
    BOOST_TEST(s() == 12);
    check(x * 2.f, d, near<float>());
}

BOOST_AUTO_TEST_CASE(nothing_is_half_written) {
    M const x{{1, 2}, {3, 4}};
    M o(2, 2), wrong(2, 3);
    V s(2), short_one(1);
    o.fill(7), s.fill(7);
    BOOST_CHECK_THROW(tie(o, short_one) = together(x * 2.f, sum(x, axis<1>)), shape_error);
    BOOST_CHECK_THROW(tie(s, wrong) = together(sum(x, axis<1>), x * 2.f), shape_error);
    M const y{{1, 2, 3}};
    BOOST_CHECK_THROW(tie(o, s) = together(x * 2.f, sum(x + y, axis<1>)), shape_error);
    BOOST_CHECK_THROW(tie(o, o) = together(x * 2.f, x * 3.f), alias_error);
    for (float const v : o) BOOST_TEST(v == 7);
    for (float const v : s) BOOST_TEST(v == 7);
    // What one result overwrites, no other may read.
    M z{{1, 2}, {3, 4}};
    BOOST_CHECK_THROW(tie(z, s) = together(z * 2.f, sum(z, axis<1>)), alias_error);
    BOOST_CHECK_THROW(tie(s, z) = together(sum(z, axis<1>), z * 2.f), alias_error);
    BOOST_TEST(z(1, 1) == 4);
    tie(z, s) = together(z * 2.f, sum(x, axis<1>));     // at the same index
    BOOST_TEST(z(1, 1) == 8);
    BOOST_TEST(s(1) == 7);
}

constexpr bool evaluated_by_the_compiler() {
    tensor<float, 2, 3> const x{{1, 2, 3}, {4, 5, 6}};
    tensor<float, 2> m, s;
    tie(m, s) = together(mean(x, axis<1>), sum(x, axis<1>));
    auto const [d, t] = eval(together(x * 2.f, sum(x)));
    return m(0) == 2 && s(1) == 15 && d(1, 2) == 12 && t() == 21;
}
static_assert(evaluated_by_the_compiler());

}  // namespace
}  // namespace sinter::test
