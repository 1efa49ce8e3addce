// SPDX-License-Identifier: BSL-1.0
// Einstein sums.
#include "support/types.hpp"

namespace sinter::test {
namespace {

template <class T>
using heads = tensor<T, dyn, dyn, dyn, dyn>;

BOOST_AUTO_TEST_CASE_TEMPLATE(einstein, T, real_types) {
    generator g(seed());
    for (auto [n, m, d, e] : small_volumes) {
        auto q = make<heads<T>>(g, -1, 1, 2, 3, n, d), k = make<heads<T>>(g, -1, 1, 2, 3, m, d);
        verify("bhid,bhjd->bhij", einsum<"bhid,bhjd->bhij">(q, k), heads<T>(2, 3, n, m), near<T>(d));
        verify("bhid,bhjd->bij", einsum<"bhid,bhjd->bij">(q, k), tensor<T, dyn, dyn, dyn>(2, n, m), near<T>(3 * d));
    }
}

BOOST_AUTO_TEST_CASE(channels) {
    generator g(seed());
    for (auto [n, m, channels, features] : small_volumes) {
        if (n < 3 || m < 3) continue;
        auto const x = make<tensor<float, dyn, dyn, dyn>>(g, -1, 1, channels, n, m);
        auto const k = make<tensor<float, dyn, dyn, dyn, dyn>>(g, -1, 1, features, channels, 3, 3);
        auto const bias = make<tensor<float, dyn, dyn, dyn>>(g, -1, 1, features, 1, 1);
        strided_view<float const, dyn, dyn, dyn, dyn, dyn> const patches(x.data(), {channels, n - 2, m - 2, 3, 3},
                                                                         {n * m, m, 1, m, 1});
        verify("channels", relu(einsum<"ocij,chwij->ohw">(k, patches) + bias),
               tensor<float, dyn, dyn, dyn>(features, n - 2, m - 2), near<float>(9 * channels));
    }
}

BOOST_AUTO_TEST_CASE(product_by_letters) {
    generator g(seed());
    auto const a = make<matrix<float>>(g, -1, 1, 17, 3), b = make<matrix<float>>(g, -1, 1, 3, 33);
    matrix<float> x(17, 33), y(17, 33);
    x = a * b;
    y = einsum<"ik,kj->ij">(a, b);
    same("einsum", x, y, near<float>());
}

}  // namespace
}  // namespace sinter::test
