// SPDX-License-Identifier: BSL-1.0
// The laws of products over semirings, on whole numbers, so that nothing is rounded.
#include "support/types.hpp"

namespace sinter::test {
namespace {

/// (AB)C = A(BC), A(B ⊕ C) = AB ⊕ AC, AI = A; `zero` and `one` of the semiring.
template <class S, class Plus>
void keeps_its_laws(char const* what, float low, float zero, float one, Plus plus) {
    generator g(seed());
    matrix<float> a(17, 9), b(9, 33), c(33, 8), d(9, 33), identity(9, 9);
    for (auto* x : {&a, &b, &c, &d}) fill_whole(*x, g, int(low), 9);
    for (size i = 0; i < 9; ++i)
        for (size j = 0; j < 9; ++j) identity(i, j) = i == j ? one : zero;
    matrix<float> x(17, 8), y(17, 8), ab(17, 33), ad(17, 33), both(17, 33), ai(17, 9);
    ab = product<S>(a, b);
    ad = product<S>(a, d);
    x = product<S>(ab, c);
    y = product<S>(product<S>(a, b), c);
    same(what, y, x, {0});
    matrix<float> const bc = product<S>(b, c), bd = plus(b, d), sum = plus(ab, ad);
    y = product<S>(a, bc);
    same(what, y, x, {0});
    both = product<S>(a, bd);
    same(what, both, sum, {0});
    ai = product<S>(a, identity);
    same(what, ai, a, {0});
}

BOOST_AUTO_TEST_CASE(of_min_plus) {
    keeps_its_laws<min_plus>("min-plus", -9, infinity<float>, 0, [](auto const& a, auto const& b) { return min(a, b); });
}
BOOST_AUTO_TEST_CASE(of_max_plus) {
    keeps_its_laws<max_plus>("max-plus", -9, -infinity<float>, 0, [](auto const& a, auto const& b) { return max(a, b); });
}

BOOST_AUTO_TEST_CASE(one_semiring_in_the_mirror_of_another) {
    generator g(seed());
    matrix<float> a(17, 9), b(9, 33), x(17, 33), y(17, 33);
    fill_whole(a, g, -9, 9);
    fill_whole(b, g, -9, 9);
    x = product<max_plus>(-a, -b);
    y = -product<min_plus>(a, b);
    same("max-plus is min-plus of the negatives", x, y, {0});
    a(3, 4) = nan<float>;
    x = product<min_plus>(a, b);
    for (size j = 0; j < 33; ++j) BOOST_CHECK(std::isnan(x(3, j)) && !std::isnan(x(2, j)));
}

}  // namespace
}  // namespace sinter::test
