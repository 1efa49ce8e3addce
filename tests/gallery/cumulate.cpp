// SPDX-License-Identifier: BSL-1.0
// Sums, products and extremes of all up to each element.
#include "support/types.hpp"

#include <algorithm>

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
    tensor<std::uint64_t, dyn> unsigned_ones(150);
    for (size i = 0; i < 150; ++i) unsigned_ones(i) = i % 2 ? 1000 - i : 3 * i;
    verify("without a sign", cummax<0>(unsigned_ones), tensor<std::uint64_t, dyn>(150), near<float>());
    verify("the least without a sign", cummin<0>(unsigned_ones), tensor<std::uint64_t, dyn>(150), near<float>());
    verify("sums without a sign", cumsum<0>(unsigned_ones), tensor<std::uint64_t, dyn>(150), near<float>());
}

/// What is carried from tile to tile, exactly: rows, columns, and what has both before and behind it.
BOOST_AUTO_TEST_CASE(many) {
    generator g(seed());
    size const n = 20011;
    auto const x = make<vector<double>>(g, -1, 1, n);
    tensor<std::int64_t, dyn> whole_numbers(n);
    for (size i = 0; i < n; ++i) whole_numbers(i) = static_cast<std::int64_t>(std::lround(x(i) * 1e6));
    tensor<std::int64_t, dyn> const sums = eval(cumsum<0>(whole_numbers)), least = eval(cummin<0>(whole_numbers));
    matrix<std::int64_t> const down = eval(cumsum<0>(expand<1>(whole_numbers) % tensor<std::int64_t, 3>{1, -2, 3}));
    std::int64_t const total = eval(sum(cumsum<0>(whole_numbers) - whole_numbers));
    std::int64_t sum = 0, all = 0, smallest = whole_numbers(0);
    for (size i = 0; i < n; ++i) {
        all += sum;
        sum += whole_numbers(i);
        smallest = std::min(smallest, whole_numbers(i));
        bool const is_right = sums(i) == sum && least(i) == smallest && down(i, 0) == sum && down(i, 1) == -2 * sum && down(i, 2) == 3 * sum;
        BOOST_TEST_REQUIRE(is_right, "place " << i);
    }
    BOOST_TEST(total == all);
}

/// Indices are compared as integers: as floats, those beyond 2^24 would be rounded.
BOOST_AUTO_TEST_CASE(more_than_floats_count) {
    size const n = (size{1} << 24) + 100;
    vector<float> x(n), sums(n);
    for (size i = n - 90; i < n; ++i) x(i) = float(i % 5);
    sums = cumsum<0>(x);
    float sum = 0;
    for (size i = n - 101; i < n; ++i) BOOST_TEST((sums(i) == (sum += x(i))), "place " << i);
}

BOOST_AUTO_TEST_CASE(values_without_order) {
    vector<float> const x{1, -infinity<float>, nan<float>, 3};
    vector<float> const sums = eval(cumsum<0>(x)), most = eval(cummax<0>(x));
    BOOST_TEST((sums(0) == 1 && sums(1) == -infinity<float> && std::isnan(sums(2)) && std::isnan(sums(3))));
    BOOST_TEST((most(0) == 1 && most(1) == 1 && std::isnan(most(2)) && std::isnan(most(3))));
    vector<float> many(500);
    for (size i = 0; i < 500; ++i) many(i) = i == 130 ? infinity<float> : i == 333 ? nan<float> : 1.f;
    vector<float> const after = eval(cumsum<0>(many)), largest = eval(cummax<0>(many));
    for (size i = 0; i < 500; ++i) {
        float const want = i < 130 ? float(i + 1) : i < 333 ? infinity<float> : nan<float>, top = i < 130 ? 1.f : want;
        BOOST_TEST((after(i) == want || (std::isnan(after(i)) && i >= 333)), "place " << i);
        BOOST_TEST((largest(i) == top || (std::isnan(largest(i)) && i >= 333)), "place " << i);
    }
}

constexpr bool at_compile_time() {
    vector<int, 4> const x{1, 2, 3, 4};
    tensor<std::int64_t, 4> const y = eval(cumsum<0>(x)), z = eval(cumprod<0>(x));
    return y == tensor<std::int64_t, 4>{1, 3, 6, 10} && z == tensor<std::int64_t, 4>{1, 2, 6, 24};
}
static_assert(at_compile_time());

}  // namespace
}  // namespace sinter::test
