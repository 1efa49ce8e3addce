// SPDX-License-Identifier: BSL-1.0
// Algebra of products, and that no result depends on where tiles end.
#include "support/types.hpp"

namespace sinter::test {
namespace {

BOOST_AUTO_TEST_CASE_TEMPLATE(transposition, T, real_types) {
    generator g(seed());
    for (auto [n, m, k, unused] : volumes) {
        auto const a = make<matrix<T>>(g, -1, 1, n, k), b = make<matrix<T>>(g, -1, 1, k, m);
        matrix<T> x(m, n), y(m, n);
        x = transpose(a * b);
        y = transpose(b) * transpose(a);
        same("(A*B)T = BT*AT", x, y, near<T>(k));
    }
}

BOOST_AUTO_TEST_CASE_TEMPLATE(linearity, T, real_types) {
    generator g(seed());
    for (auto [n, m, k, unused] : volumes) {
        auto const a = make<matrix<T>>(g, -1, 1, n, k), c = make<matrix<T>>(g, -1, 1, n, k), b = make<matrix<T>>(g, -1, 1, k, m);
        matrix<T> x(n, m), y(n, m);
        x = (2 * a + c) * b;
        y = 2 * (a * b) + c * b;
        same("(2A + C)*B = 2 A*B + C*B", x, y, near<T>(k));
    }
}

BOOST_AUTO_TEST_CASE_TEMPLATE(association, T, real_types) {
    generator g(seed());
    for (auto [n, m, k, l] : volumes) {
        auto const a = make<matrix<T>>(g, -1, 1, n, m), b = make<matrix<T>>(g, -1, 1, m, k), c = make<matrix<T>>(g, -1, 1, k, l);
        matrix<T> x(n, l), y(n, l);
        x = a * b * c;
        y = a * (b * c);
        same("(A*B)*C = A*(B*C)", x, y, near<T>(m * k));
    }
}

BOOST_AUTO_TEST_CASE_TEMPLATE(products_are_sums_of_outer_products, T, real_types) {
    generator g(seed());
    auto const a = make<matrix<T>>(g, -1, 1, 17, 3), b = make<matrix<T>>(g, -1, 1, 3, 33);
    matrix<T> x(17, 33), y(17, 33);
    x = a * b;
    y = outer(col(a, 0), row(b, 0)) + outer(col(a, 1), row(b, 1)) + outer(col(a, 2), row(b, 2));
    same("sum of outer products", x, y, near<T>());
}

/// Each block of rows alone gives what the whole gives there.
BOOST_AUTO_TEST_CASE_TEMPLATE(blocks_of_rows, T, real_types) {
    generator g(seed());
    size const n = 67, m = 41, d = 19, e = 23;
    auto const q = make<matrix<T>>(g, -2, 2, n, d), k = make<matrix<T>>(g, -2, 2, m, d), v = make<matrix<T>>(g, -1, 1, m, e);
    matrix<T> all_rows(n, e);
    all_rows = softmax(q * transpose(k)) * v;
    for (size count : {1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 15, 16, 17, 31, 32, 33, 64, 66})
        for (size from : {size{0}, n - count}) {
            matrix<T> block(count, e), want(count, e);
            block = softmax(rows(q, from, count) * transpose(k)) * v;
            want = rows(all_rows, from, count);
            same("a block of rows", block, want, near<T>(m + d));
        }
}

BOOST_AUTO_TEST_CASE_TEMPLATE(blocks_of_columns, T, real_types) {
    generator g(seed());
    size const n = 13, m = 67, k = 29;
    auto const a = make<matrix<T>>(g, -2, 2, n, k), b = make<matrix<T>>(g, -2, 2, k, m);
    matrix<T> all_columns(n, m);
    all_columns = a * b;
    for (size count : {1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 32, 33, 64, 66})
        for (size from : {size{0}, m - count}) {
            matrix<T> block(n, count), want(n, count);
            block = a * cols(b, from, count);
            want = cols(all_columns, from, count);
            same("a block of columns", block, want, near<T>(k));
        }
}

}  // namespace
}  // namespace sinter::test
