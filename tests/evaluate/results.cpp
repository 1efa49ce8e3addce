// SPDX-License-Identifier: BSL-1.0
// The ways to evaluate: deduced results, eval, named formulas, materialize.
#include "support/types.hpp"

namespace sinter::test {
namespace {

BOOST_AUTO_TEST_CASE(deduced) {
    generator g(seed());
    auto const a = make<matrix<float>>(g, -1, 1, 7, 9);
    auto const b = make<tensor<float, 9, dyn>>(g, -1, 1, 5);
    sinter::tensor const o = a * b;
    static_assert(std::is_same_v<std::remove_cvref_t<decltype(*o.begin())>, float>);
    static_assert(decltype(o)::rank() == 2);
    check(a * b, o, near<float>(9));
    auto const p = sinter::eval(tanh(a) + 1);
    check(tanh(a) + 1, p, near<float>());
    auto const i = sinter::eval(argmax(a, axis<1>));
    static_assert(std::is_integral_v<std::remove_cvref_t<decltype(*i.begin())>>);
    auto const mask = sinter::eval(a < 0);
    static_assert(std::is_same_v<std::remove_cvref_t<decltype(*mask.begin())>, bool>);
    check(a < 0, mask, near<float>());
}

BOOST_AUTO_TEST_CASE(scalars_keep_the_type_of_the_tensor) {
    matrix<float> const a{{1, 2}, {3, 4}};
    static_assert(std::is_same_v<decltype(sinter::eval(a / std::sqrt(2.0)))::value_type, float>);
    static_assert(std::is_same_v<decltype(sinter::eval(2 * a))::value_type, float>);
    tensor<std::int32_t, dyn> const n{1, 2, 4};
    BOOST_CHECK_EQUAL(sinter::eval(n + 1)(2), 5);
    BOOST_CHECK_EQUAL(sinter::eval(n / 2)(0), 0.5);  // as in NumPy
    BOOST_CHECK_EQUAL(sinter::eval(cast<std::int32_t>(n / 2))(0), 0);
    BOOST_CHECK_EQUAL(sinter::eval(sum(n))(), 7);
}

constexpr auto attention = sinter::fn([](auto q, auto k, auto v, auto scale) {
    return softmax(q * transpose(k) * scale) * v;
});

BOOST_AUTO_TEST_CASE(named_formulas) {
    generator g(seed());
    for (auto [n, m, d, e] : small_volumes) {
        auto const q = make<matrix<float>>(g, -1, 1, n, d), k = make<matrix<float>>(g, -1, 1, m, d), v = make<matrix<float>>(g, -1, 1, m, e);
        verify("attention(q, k, v, s)", attention(q, k, v, 0.125f), matrix<float>(n, e), near<float>(m + d));
        if (n == m && d == e) verify("attention(q, q, q, s)", attention(q, q, q, 0.125f), matrix<float>(n, d), near<float>(m + d));
    }
}

BOOST_AUTO_TEST_CASE(functions_of_the_user) {
    generator g(seed());
    auto const f = [](auto const& x, auto const& y) { return x * y + x; };
    for (size n : lengths) {
        auto const x = make<vector<float>>(g, -1, 1, n), y = make<vector<float>>(g, -1, 1, n);
        verify("map", map(f, x, y) - 1, vector<float>(n), near<float>());
        verify("sum of a map", sum(map(f, x, y)), tensor<float>(), near<float>(n));
    }
}

BOOST_AUTO_TEST_CASE(explicit_temporaries) {
    generator g(seed());
    auto const a = make<matrix<float>>(g, -1, 1, 17, 9), b = make<matrix<float>>(g, -1, 1, 9, 33);
    auto const e = relu(materialize(a * b)) + 1;
    BOOST_CHECK_EQUAL(sinter::plan(e).temporaries, 1);
    matrix<float> o(17, 33);
    o = e;
    check(e, o, near<float>(9));
}

template <class X>
auto scaled(X const& x) {
    auto e = x * 2 + 1;
    return e;
}

BOOST_AUTO_TEST_CASE(expressions_that_travel) {
    generator g(seed());
    auto const x = make<vector<float>>(g, -1, 1, 33);
    auto const e = log_softmax(scaled(x)) - make<vector<float>>(g, -1, 1, 33);
    verify("returned", e, vector<float>(33), near<float>(33));
    auto const owning = [&] {
        auto y = make<vector<float>>(g, -1, 1, 33);
        return own(y) + x;
    }();
    verify("own", owning, vector<float>(33), near<float>());
}

}  // namespace
}  // namespace sinter::test
