// SPDX-License-Identifier: BSL-1.0
// Lengths and ranges of rows leave out blocks, whatever their element type.
#include "support/left_out.hpp"

#include <sinter/nn/attention.hpp>

namespace sinter::test {
namespace {

constexpr size n = counted_rows;

/// A tenth of each row's keys count.
template <class L, class T = float>
void by_lengths(char const* what) {
    vector<L> length(n);
    for (auto& l : length) l = L(100);
    BOOST_TEST(share<T>(coord<-1> < expand<1>(length)) < 0.2, what);
}

BOOST_AUTO_TEST_CASE(by_lengths_of_every_type) {
    by_lengths<std::uint8_t>("uint8");      // also beyond 255, where the numbers are computed in floats
    by_lengths<std::int32_t>("int32");
    by_lengths<std::int64_t>("int64");
    by_lengths<std::size_t>("size_t");
    by_lengths<half>("half");
    by_lengths<float>("float");
    vector<std::int32_t> length(n);
    for (auto& l : length) l = 100;
    BOOST_TEST(share_attended(coord<-1> < expand<1>(length)) < 0.2);
    by_lengths<std::int32_t, double>("int32, double");
    by_lengths<half, double>("half, double");
}

/// The same as a layer has it.
template <class L>
void by_lengths_of_a_batch(char const* what) {
    generator g(seed());
    using scores = tensor<float, dyn, dyn, 3>;
    auto const q = make<scores>(g, -2, 2, 2, 20, 3), k = make<scores>(g, -2, 2, 2, n, 3), v = make<scores>(g, -1, 1, 2, n, 3);
    tensor<float, dyn, dyn, dyn> o(2, 20, 3);
    vector<L> const length{L(90), L(100)};
    auto const s = map(counted{}, q * transpose(k));
    calls = 0, o = softmax(s) * v;
    auto const all = double(calls);
    calls = 0, o = softmax(nn::mask_lengths(s, length)) * v;
    BOOST_TEST(double(calls) / all < 0.2, what);
}

BOOST_AUTO_TEST_CASE(by_lengths_in_a_layer) {
    by_lengths_of_a_batch<std::int32_t>("int32");
    by_lengths_of_a_batch<half>("half");
}

BOOST_AUTO_TEST_CASE(by_ranges_of_rows) {
    vector<std::int32_t> low(n), high(n), past(n);
    for (size i = 0; i < n; ++i) low(i) = std::int32_t(i) - 32, high(i) = std::int32_t(i) + 32, past(i) = std::int32_t(i % 3);
    BOOST_TEST(share_attended(coord<-1> >= expand<1>(low) && coord<-1> < expand<1>(high)) < 0.2);
    BOOST_TEST(share_attended(coord<-1> <= coord<-2> + expand<1>(past)) == share_below(2));
}

}  // namespace
}  // namespace sinter::test
