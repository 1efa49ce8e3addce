// SPDX-License-Identifier: BSL-1.0
// What a mask leaves out is not computed: counted, for masks of coordinates and of data.
#include "support/left_out.hpp"

namespace sinter::test {
namespace {

constexpr size n = counted_rows;

BOOST_AUTO_TEST_CASE(by_coordinates) {
    BOOST_TEST(share_added(coord<-1> <= coord<-2>) < 0.57);
    BOOST_TEST(share_attended(coord<-1> <= coord<-2>) < 0.57);
    BOOST_TEST(share(coord<-2> - coord<-1> < 64 && coord<-1> <= coord<-2>) < 0.2);
    BOOST_TEST(share_attended(coord<-1> < 0 * coord<-2>) == 0);
    BOOST_TEST(share_attended(coord<-1> >= 0 * coord<-2>) == 1);
}

BOOST_AUTO_TEST_CASE(by_truths) {
    vector<bool> some(n), none(n);
    for (size i = 0; i < n; ++i) some(i) = i < 100, none(i) = false;
    BOOST_TEST(share(some) < 0.2);
    BOOST_TEST(share(equal(some, true)) < 0.2);
    BOOST_TEST(share_attended(some && coord<-1> <= coord<-2>) < 0.2);
    BOOST_TEST(share_added(some) < 0.2);
    BOOST_TEST(share_attended(none) == 0);
}

BOOST_AUTO_TEST_CASE(by_functions) {
    auto const d = coord<-2> - coord<-1>;
    BOOST_TEST(share(sqrt(abs(d)) < 8) < 0.25);
    BOOST_TEST(share(exp(-abs(d) / 32.0f) > 0.15f) < 0.25);
    BOOST_TEST(share(equal(round(coord<-1> / 128.0f), round(coord<-2> / 128.0f))) < 0.3);
    BOOST_TEST(share(sign(d) >= 0) < 0.57);
    generator g(seed());
    auto const log_added = [](auto const& s) { return s + log(cast<float>(coord<-1> <= coord<-2>)); };
    BOOST_TEST(share_of(operands(g, n, n), log_added) < 0.57);
}

BOOST_AUTO_TEST_CASE(by_documents) {
    vector<std::int32_t> d32(n);
    vector<std::int64_t> d64(n);
    for (size i = 0; i < n; ++i) d64(i) = d32(i) = std::int32_t(i / 128);
    BOOST_TEST(share_attended(equal(expand<1>(d32), d32)) < 0.3);
    BOOST_TEST(share(equal(expand<1>(d32), d64)) < 0.3);
    BOOST_TEST(share(equal(expand<1>(d32), d32) && coord<-1> <= coord<-2>) < 0.25);
    BOOST_TEST(share(d32 < 1) < 0.2);
    BOOST_TEST(share(d32 <= coord<-2> / 128) < 0.7);
}

}  // namespace
}  // namespace sinter::test
