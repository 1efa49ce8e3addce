// SPDX-License-Identifier: BSL-1.0
// Products over semirings that the library has never heard of.
#include "support/monoids.hpp"
#include "support/types.hpp"

namespace sinter::test {
namespace {

struct largest_difference {
    static constexpr largest_magnitude plus{};
    static constexpr auto times = [](auto a, auto b) { return a - b; };
};
struct nearest {
    static constexpr monoids::minimum plus{};
    static constexpr auto times = [](auto a, auto b) { return (a - b) * (a - b); };
};
struct largest_product {
    largest_magnitude plus;
    monoids::product times;
};

BOOST_AUTO_TEST_CASE(of_the_user) {
    generator g(seed());
    for (auto [n, m, k, unused] : small_volumes) {
        auto const a = make<matrix<float>>(g, -9, 9, n, k), b = make<matrix<float>>(g, -9, 9, k, m);
        auto const c = make<matrix<double>>(g, -9, 9, n, k), d = make<matrix<double>>(g, -9, 9, k, m);
        verify("two that are known", product<widest>(c, d), matrix<double>(n, m), near<double>());
        verify("none that is known", product<largest_difference>(a, b), matrix<float>(n, m), near<float>());
        verify("a function that is not", product<nearest>(a, b), matrix<float>(n, m), near<float>(9));
        verify("a monoid that is not", product<largest_product>(a, b), matrix<float>(n, m), near<float>(9));
        verify("of products", product<largest_difference>(product<largest_difference>(a, b), transpose(b)),
               matrix<float>(n, k), near<float>(9));
    }
}

}  // namespace
}  // namespace sinter::test
