// SPDX-License-Identifier: BSL-1.0
// Reductions are monoids: merging the results of two parts gives the result of the whole, and an empty part is the
// identity.
#include "support/monoids.hpp"
#include "support/types.hpp"

namespace sinter::test {
namespace {

/// merge(f(x[:at]), f(x[at:])) = f(x), for vectors of many lengths and for rows and columns.
template <class T, class F, class Merge>
void splits(char const* what, F f, Merge merge, double low, double high) {
    generator g(seed());
    for (size n : lengths)
        for (size at : {size{0}, n / 3, n / 2, n}) {
            auto const x = make<vector<T>>(g, low, high, n);
            auto const head = slice(x, range(0, at)), tail = slice(x, range(at, n));
            tensor<T> const whole = f(x, axis<0>), first = f(head, axis<0>), second = f(tail, axis<0>);
            tensor<T> const merged = merge(first, second);
            same(what, merged, whole, near<T>(n));
        }
    auto const y = make<matrix<T>>(g, low, high, 37, 65);
    vector<T> const rows_whole = f(y, axis<1>), columns_whole = f(y, axis<0>);
    vector<T> const left = f(slice(y, whole, range(0, 31)), axis<1>), right = f(slice(y, whole, range(31, 65)), axis<1>);
    vector<T> const top = f(slice(y, range(0, 5)), axis<0>), bottom = f(slice(y, range(5, 37)), axis<0>);
    vector<T> const rows_merged = merge(left, right), columns_merged = merge(top, bottom);
    same(what, rows_merged, rows_whole, near<T>(65));
    same(what, columns_merged, columns_whole, near<T>(65));
}

BOOST_AUTO_TEST_CASE_TEMPLATE(sums, T, real_types) {
    splits<T>("sum", [](auto const& x, auto a) { return sum(x, a); }, [](auto& a, auto& b) { return a + b; }, -1, 1);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(products, T, real_types) {
    splits<T>("prod", [](auto const& x, auto a) { return prod(x, a); }, [](auto& a, auto& b) { return a % b; }, 0.97, 1.03);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(extremes, T, real_types) {
    splits<T>("amax", [](auto const& x, auto a) { return amax(x, a); }, [](auto& a, auto& b) { return max(a, b); }, -1, 1);
    splits<T>("amin", [](auto const& x, auto a) { return amin(x, a); }, [](auto& a, auto& b) { return min(a, b); }, -1, 1);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(log_sum_exp, T, real_types) {
    // log(e^a + e^b) = m + log(e^(a-m) + e^(b-m)); an empty part is -inf
    splits<T>("logsumexp", [](auto const& x, auto a) { return logsumexp(x, a); },
              [](auto& a, auto& b) { return max(a, b) + log1p(exp(-abs(where(equal(a, b), T(0), a - b)))); }, -20, 20);
}

BOOST_AUTO_TEST_CASE(of_the_user) {
    splits<float>("largest magnitude", [](auto const& x, auto a) { return reduce(largest_magnitude{}, x, a); },
                  [](auto& a, auto& b) { return max(a, b); }, -1, 1);
}

BOOST_AUTO_TEST_CASE(nothing_is_the_identity) {
    matrix<float> const x(3, 0);
    vector<float> o(3);
    auto const all_are = [&](float want) {
        for (float v : o) BOOST_CHECK_EQUAL(v, want);
    };
    o = sum(x, axis<1>), all_are(0);
    o = prod(x, axis<1>), all_are(1);
    o = amax(x, axis<1>), all_are(-infinity<float>);
    o = amin(x, axis<1>), all_are(infinity<float>);
    o = logsumexp(x, axis<1>), all_are(-infinity<float>);
    o = mean(x, axis<1>);
    for (float v : o) BOOST_CHECK(std::isnan(v));
    vector<bool> b(3);
    b = any(x > 0, axis<1>);
    for (bool v : b) BOOST_CHECK(!v);
    b = all(x > 0, axis<1>);
    for (bool v : b) BOOST_CHECK(v);
}

BOOST_AUTO_TEST_CASE(the_first_of_ties) {
    generator g(seed());
    for (auto [n, m] : planes) {
        if (n * m == 0) continue;
        matrix<float> x(n, m);
        fill_whole(x, g, 0, 3);
        verify("argmax of rows", argmax(x, axis<1>), vector<std::int64_t>(n), near<double>());
        verify("argmin of columns", argmin(x, axis<0>), vector<std::int64_t>(m), near<double>());
        verify("argmax of everything", argmax(x), tensor<std::int64_t>(), near<double>());
    }
}

}  // namespace
}  // namespace sinter::test
