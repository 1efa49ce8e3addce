// SPDX-License-Identifier: BSL-1.0
// Several results in one pass.
#include "support/types.hpp"

namespace sinter::test {
namespace {

BOOST_AUTO_TEST_CASE(together_in_one_pass) {
    generator g(seed());
    auto const x = make<matrix<float>>(g, -1, 1, 9, 33);
    vector<float> a(9), b(9);
    sinter::tie(a, b) = sinter::together(mean(x, axis<1>), variance(x, axis<1>));
    check(mean(x, axis<1>), a, near<float>(33));
    check(variance(x, axis<1>), b, near<float>(33));
}

}  // namespace
}  // namespace sinter::test
