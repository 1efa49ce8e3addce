// SPDX-License-Identifier: BSL-1.0
// What a mask leaves out is not computed: counted, for masks of coordinates and of data.
#include "support/masks.hpp"

#include <sinter/nn/attention.hpp>

namespace sinter::test {
namespace {

std::uint64_t calls = 0;
struct counted {
    template <class V>
    V operator()(V const& x) const { return ++calls, x; }
};

template <class T, class F>
double share_of(attention_of<T> const& x, F const& masked) {
    matrix<T> o(x.q.extent(0), 2);
    auto const s = map(counted{}, x.q * transpose(x.k));
    calls = 0, o = softmax(s) * x.v;
    auto const all = double(calls);
    calls = 0, o = softmax(masked(s)) * x.v;
    return double(calls) / all;
}
constexpr size n = 1024;

/// How many of the scores are computed.
template <class T = float, class Mask>
double share(Mask const& mask) {
    generator g(seed());
    return share_of(attention_of<T>(g, n, n), [&](auto const& s) { return where(mask, s, -infinity<T>); });
}
/// The same where the mask is added.
template <class Mask>
double share_added(Mask const& mask) {
    generator g(seed());
    return share_of(operands(g, n, n), [&](auto const& s) { return s + where(mask, 0.0f, -infinity<float>); });
}

BOOST_AUTO_TEST_CASE(by_coordinates) {
    BOOST_TEST(share_added(coord<-1> <= coord<-2>) < 0.57);
    BOOST_TEST(share(coord<-1> <= coord<-2>) < 0.57);
    BOOST_TEST(share(coord<-2> - coord<-1> < 64 && coord<-1> <= coord<-2>) < 0.2);
    BOOST_TEST(share(coord<-1> < 0 * coord<-2>) == 0);
    BOOST_TEST(share(coord<-1> >= 0 * coord<-2>) == 1);
}

/// A tenth of each row's keys count.
template <class L, class T = float>
void by_lengths(char const* what) {
    vector<L> length(n);
    for (auto& l : length) l = L(100);
    BOOST_TEST(share<T>(coord<-1> < expand<1>(length)) < 0.2, what);
}

BOOST_AUTO_TEST_CASE(by_lengths_of_every_type) {
    by_lengths<std::int8_t>("int8");
    by_lengths<std::uint8_t>("uint8");      // also beyond 255, where the numbers are computed in floats
    by_lengths<std::int16_t>("int16");
    by_lengths<std::int32_t>("int32");
    by_lengths<std::int64_t>("int64");
    by_lengths<std::size_t>("size_t");
    by_lengths<half>("half");
    by_lengths<bfloat16>("bfloat16");
    by_lengths<float>("float");
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
    by_lengths_of_a_batch<std::size_t>("size_t");
    by_lengths_of_a_batch<std::uint8_t>("uint8");
    by_lengths_of_a_batch<half>("half");
}

BOOST_AUTO_TEST_CASE(by_ranges_of_rows) {
    vector<std::int32_t> low(n), high(n), past(n);
    for (size i = 0; i < n; ++i) low(i) = std::int32_t(i) - 32, high(i) = std::int32_t(i) + 32, past(i) = std::int32_t(i % 3);
    BOOST_TEST(share(coord<-1> >= expand<1>(low) && coord<-1> < expand<1>(high)) < 0.2);
    BOOST_TEST(share(coord<-1> <= coord<-2> + expand<1>(past)) < 0.57);
}

BOOST_AUTO_TEST_CASE(by_truths) {
    vector<bool> some(n), none(n);
    for (size i = 0; i < n; ++i) some(i) = i < 100, none(i) = false;
    BOOST_TEST(share(some) < 0.2);
    BOOST_TEST(share(equal(some, true)) < 0.2);
    BOOST_TEST(share(expand<1>(some)) < 0.2);
    BOOST_TEST(share(some && coord<-1> <= coord<-2>) < 0.2);
    BOOST_TEST(share_added(some) < 0.2);
    BOOST_TEST(share(none) == 0);
    BOOST_TEST(share(!none) == 1);
}

BOOST_AUTO_TEST_CASE(by_functions) {
    auto const d = coord<-2> - coord<-1>;
    BOOST_TEST(share(sqrt(abs(d)) < 8) < 0.25);
    BOOST_TEST(share(log2(1 + abs(d)) < 6) < 0.25);
    BOOST_TEST(share(exp(-abs(d) / 32.0f) > 0.15f) < 0.25);
    BOOST_TEST(share(equal(round(coord<-1> / 128.0f), round(coord<-2> / 128.0f))) < 0.3);
    BOOST_TEST(share(sign(d) >= 0) < 0.57);
    BOOST_TEST(share(sigmoid(d) >= 0.5f) < 0.57);
    generator g(seed());
    auto const log_added = [](auto const& s) { return s + log(cast<float>(coord<-1> <= coord<-2>)); };
    BOOST_TEST(share_of(operands(g, n, n), log_added) < 0.57);
}

BOOST_AUTO_TEST_CASE(by_documents) {
    vector<std::int32_t> d32(n);
    vector<std::int64_t> d64(n);
    for (size i = 0; i < n; ++i) d64(i) = d32(i) = std::int32_t(i / 128);
    BOOST_TEST(share(equal(expand<1>(d32), d32)) < 0.3);
    BOOST_TEST(share(equal(expand<1>(d32), d64)) < 0.3);
    BOOST_TEST(share(equal(expand<1>(d32), d32) && coord<-1> <= coord<-2>) < 0.25);
    BOOST_TEST(share(d32 < 1) < 0.2);
    BOOST_TEST(share(d32 <= coord<-2> / 128) < 0.7);
}

}  // namespace
}  // namespace sinter::test
