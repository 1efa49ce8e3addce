// SPDX-License-Identifier: BSL-1.0
// What must hold for any softmax, alone or inside of a larger formula.
#include "support/types.hpp"

namespace sinter::test {
namespace {

BOOST_AUTO_TEST_CASE_TEMPLATE(shifts_do_not_matter, T, real_types) {
    generator g(seed());
    for (auto [n, m] : planes) {
        auto const x = make<matrix<T>>(g, -4, 4, n, m), c = make<matrix<T>>(g, -4, 4, n, 1);
        matrix<T> a(n, m), b(n, m);
        a = softmax(x);
        b = softmax(x + c);
        same("softmax(x + c) = softmax(x)", b, a, near<T>(m));
        b = exp(log_softmax(x));
        same("exp(log_softmax(x)) = softmax(x)", b, a, near<T>(m));
        b = exp(x - logsumexp(x, axis<1>, keep));
        same("exp(x - logsumexp(x)) = softmax(x)", b, a, near<T>(m));
    }
}

BOOST_AUTO_TEST_CASE_TEMPLATE(weights_sum_to_one, T, real_types) {
    generator g(seed());
    for (auto [n, m] : planes) {
        if (m == 0) continue;
        auto const x = make<matrix<T>>(g, -40, 40, n, m);
        vector<T> s(n), one(n);
        for (T& v : one) v = 1;
        s = sum(softmax(x), axis<1>);
        same("weights sum to one", s, one, near<T>(m));
    }
}

BOOST_AUTO_TEST_CASE_TEMPLATE(order_of_keys, T, real_types) {
    generator g(seed());
    for (auto [n, m, d, e] : volumes) {
        auto const q = make<matrix<T>>(g, -2, 2, n, d), k = make<matrix<T>>(g, -2, 2, m, d), v = make<matrix<T>>(g, -1, 1, m, e);
        matrix<T> backwards_k(m, d), backwards_v(m, e), a(n, e), b(n, e);
        for (size j = 0; j < m; ++j) {
            for (size i = 0; i < d; ++i) backwards_k(m - 1 - j, i) = k(j, i);
            for (size i = 0; i < e; ++i) backwards_v(m - 1 - j, i) = v(j, i);
        }
        a = softmax(q * transpose(k)) * v;
        b = softmax(q * transpose(backwards_k)) * backwards_v;
        same("keys in another order", b, a, near<T>(m + d));
    }
}

BOOST_AUTO_TEST_CASE_TEMPLATE(split_keys_merge, T, real_types) {
    // (Z1 O1 + Z2 O2) / (Z1 + Z2) with Z relative to the larger log-sum-exp
    generator g(seed());
    for (size m : {2, 9, 64, 65, 129, 300}) {
        auto const q = make<matrix<T>>(g, -2, 2, 5, 8), k = make<matrix<T>>(g, -2, 2, m, 8), v = make<matrix<T>>(g, -1, 1, m, 7);
        size const at = m / 3 + 1;
        matrix<T> all_keys(5, 7), first(5, 7), second(5, 7), merged(5, 7);
        vector<T> l1(5), l2(5);
        all_keys = softmax(q * transpose(k)) * v;
        first = softmax(q * transpose(rows(k, 0, at))) * rows(v, 0, at);
        second = softmax(q * transpose(rows(k, at, m - at))) * rows(v, at, m - at);
        l1 = logsumexp(q * transpose(rows(k, 0, at)), axis<1>);
        l2 = logsumexp(q * transpose(rows(k, at, m - at)), axis<1>);
        merged = expand<1>(sigmoid(l1 - l2)) % first + expand<1>(sigmoid(l2 - l1)) % second;
        same("split keys", merged, all_keys, near<T>(m));
    }
}

BOOST_AUTO_TEST_CASE_TEMPLATE(masked_keys_are_no_keys, T, real_types) {
    generator g(seed());
    for (size m : {1, 7, 16, 33, 100}) {
        size const more = m + 37;
        auto const q = make<matrix<T>>(g, -2, 2, 9, 8), k = make<matrix<T>>(g, -2, 2, more, 8), v = make<matrix<T>>(g, -1, 1, more, 5);
        matrix<T> a(9, 5), b(9, 5);
        a = softmax(q * transpose(rows(k, 0, m))) * rows(v, 0, m);
        b = softmax(where(coord<-1> < int(m), q * transpose(k), -infinity<T>)) * v;
        same("masked keys", b, a, near<T>(more));
    }
}

BOOST_AUTO_TEST_CASE_TEMPLATE(rows_that_are_all_masked, T, real_types) {
    generator g(seed());
    for (size m : {1, 3, 8, 17, 65, 130}) {
        auto x = make<matrix<T>>(g, -2, 2, 9, m);
        auto const v = make<matrix<T>>(g, -1, 1, m, 5);
        for (size i : {0, 4, 8})
            for (size j = 0; j < m; ++j) x(i, j) = -infinity<T>;
        verify("softmax", softmax(x), matrix<T>(9, m), near<T>(m));
        verify("log_softmax", log_softmax(x), matrix<T>(9, m), near<T>(m));
        verify("logsumexp", logsumexp(x, axis<1>), vector<T>(9), near<T>(m));
        verify("softmax(x)*V", softmax(x) * v, matrix<T>(9, 5), near<T>(m));
        verify("of columns", softmax(transpose(x), axis<0>), matrix<T>(m, 9), near<T>(m));
    }
}

BOOST_AUTO_TEST_CASE_TEMPLATE(nan_in_nan_out, T, real_types) {
    generator g(seed());
    for (size m : {1, 3, 8, 17, 65, 130}) {
        auto x = make<matrix<T>>(g, -2, 2, 9, m);
        auto const v = make<matrix<T>>(g, -1, 1, m, 5);
        x(2, m - 1) = nan<T>;
        x(5, 0) = infinity<T>;
        x(8, m / 2) = nan<T>;
        if (m > 1) x(8, 0) = -infinity<T>;
        verify("softmax", softmax(x), matrix<T>(9, m), near<T>(m));
        verify("softmax(x)*V", softmax(x) * v, matrix<T>(9, 5), near<T>(m));
        verify("amax", amax(x, axis<1>), vector<T>(9), near<T>(m));
        verify("amin of columns", amin(x, axis<0>), vector<T>(m), near<T>(m));
        verify("sum", sum(x, axis<1>), vector<T>(9), near<T>(m));
        verify("relu", relu(x), matrix<T>(9, m), near<T>());
        verify("max", max(x, T(0)), matrix<T>(9, m), near<T>());
        verify("product", x * v, matrix<T>(9, 5), near<T>(m));
    }
}

}  // namespace
}  // namespace sinter::test
