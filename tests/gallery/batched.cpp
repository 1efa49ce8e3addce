// SPDX-License-Identifier: BSL-1.0
// Batch axes: heads, grouped heads by broadcasting, batches of products.
#include "support/types.hpp"

namespace sinter::test {
namespace {

template <class T>
using heads = tensor<T, dyn, dyn, dyn, dyn>;

BOOST_AUTO_TEST_CASE_TEMPLATE(multi_head, T, real_types) {
    generator g(seed());
    for (auto [n, m, d, e] : small_volumes) {
        auto q = make<heads<T>>(g, -1, 1, 2, 3, n, d), k = make<heads<T>>(g, -1, 1, 2, 3, m, d);
        auto v = make<heads<T>>(g, -1, 1, 2, 3, m, e);
        verify("heads", softmax(q * transpose(k) / 2) * v, heads<T>(2, 3, n, e), near<T>(m + d));
        verify("causal heads", softmax(causal(q * transpose(k) / 2)) * v, heads<T>(2, 3, n, e), near<T>(m + d));
    }
}

BOOST_AUTO_TEST_CASE_TEMPLATE(grouped_heads, T, real_types) {
    generator g(seed());
    for (auto [n, m, d, e] : small_volumes) {
        tensor<T, dyn, dyn, dyn, dyn> q(2, 3, n, d), k(2, 1, m, d), v(2, 1, m, e);
        fill(q, g);
        fill(k, g);
        fill(v, g);
        verify("grouped heads", softmax(q * transpose(k)) * v, heads<T>(2, 3, n, e), near<T>(m + d));
        auto shared_k = make<matrix<T>>(g, -1, 1, m, d), shared_v = make<matrix<T>>(g, -1, 1, m, e);
        verify("one pair of keys and values", softmax(q * transpose(shared_k)) * shared_v, heads<T>(2, 3, n, e), near<T>(m + d));
    }
}

BOOST_AUTO_TEST_CASE_TEMPLATE(heads_inside_the_row, T, real_types) {
    generator g(seed());
    for (auto [n, m, d, e] : small_volumes) {
        auto q = make<heads<T>>(g, -1, 1, 2, n, 3, d), k = make<heads<T>>(g, -1, 1, 2, m, 3, d);
        auto v = make<heads<T>>(g, -1, 1, 2, m, 3, e);
        verify("(b,i,h,d)", permute<0, 2, 1, 3>(softmax(permute<0, 2, 1, 3>(q) * permute<0, 2, 3, 1>(k)) * permute<0, 2, 1, 3>(v)),
               heads<T>(2, n, 3, e), near<T>(m + d));
    }
}

BOOST_AUTO_TEST_CASE_TEMPLATE(batched_product, T, real_types) {
    generator g(seed());
    for (auto [n, m, k, unused] : small_volumes) {
        tensor<T, dyn, dyn, dyn, dyn> a(2, 1, n, k);
        tensor<T, dyn, dyn, dyn> b(3, k, m);
        fill(a, g);
        fill(b, g);
        verify("batches broadcast", a * b, heads<T>(2, 3, n, m), near<T>(k));
        auto x = make<vector<T>>(g, -1, 1, k);
        verify("batch times vector", a * x, tensor<T, dyn, dyn, dyn>(2, 1, n), near<T>(k));
    }
}

}  // namespace
}  // namespace sinter::test
