// SPDX-License-Identifier: BSL-1.0
// Sums, products and extremes of all up to each element.
#include "support/types.hpp"

namespace sinter::test {
namespace {

BOOST_AUTO_TEST_CASE(vectors) {
    generator g(seed());
    for (size n : lengths) {
        auto const x = make<vector<float>>(g, -1, 1, n);
        verify("sums", cumsum<0>(x), vector<float>(n), near<float>(n));
        verify("largest", cummax<0>(x * 2) - x, vector<float>(n), near<float>());
    }
}

BOOST_AUTO_TEST_CASE(integers) {
    tensor<std::int32_t, dyn> x(150);
    for (size i = 0; i < 150; ++i) x(i) = std::int32_t(i * i) - 900;
    static_assert(std::is_same_v<decltype(eval(cumsum<0>(x))), tensor<std::int64_t, dyn>>);
    verify("exact", cumsum<0>(x), tensor<std::int64_t, dyn>(150), near<float>());
    verify("the largest", cummax<0>(-x), tensor<std::int32_t, dyn>(150), near<float>());
}

BOOST_AUTO_TEST_CASE(values_without_order) {
    vector<float> const x{1, -infinity<float>, nan<float>, 3};
    vector<float> const sums = eval(cumsum<0>(x)), most = eval(cummax<0>(x));
    BOOST_TEST((sums(0) == 1 && sums(1) == -infinity<float> && std::isnan(sums(2)) && std::isnan(sums(3))));
    BOOST_TEST((most(0) == 1 && most(1) == 1 && std::isnan(most(2)) && std::isnan(most(3))));
}

constexpr bool at_compile_time() {
    vector<int, 4> const x{1, 2, 3, 4};
    tensor<std::int64_t, 4> const y = eval(cumsum<0>(x)), z = eval(cumprod<0>(x));
    return y == tensor<std::int64_t, 4>{1, 3, 6, 10} && z == tensor<std::int64_t, 4>{1, 2, 6, 24};
}
static_assert(at_compile_time());

}  // namespace
}  // namespace sinter::test
