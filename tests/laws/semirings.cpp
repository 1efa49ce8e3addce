// SPDX-License-Identifier: BSL-1.0
// The laws of semirings.
#include "support/types.hpp"

namespace sinter::test {
namespace {

BOOST_AUTO_TEST_CASE(semirings_have_their_laws) {
    generator g(seed());
    matrix<float> a(17, 9), b(9, 33), identity(9, 9), x(17, 33), y(17, 33), z(17, 9);
    fill_whole(a, g, -9, 9);
    fill_whole(b, g, -9, 9);
    for (size i = 0; i < 9; ++i)
        for (size j = 0; j < 9; ++j) identity(i, j) = i == j ? 0 : infinity<float>;
    z = product<min_plus>(a, identity);
    same("identity of min-plus", z, a, {0});
    x = product<min_plus>(a + 3, b);
    y = product<min_plus>(a, b) + 3;
    same("min-plus is linear", x, y, {0});
    x = product<plus_times>(a, b);
    y = a * b;
    same("plus-times", x, y, {0});
    x = product<max_plus>(-a, -b);
    y = -product<min_plus>(a, b);
    same("max-plus is min-plus of the negatives", x, y, {0});
}

}  // namespace
}  // namespace sinter::test
