// SPDX-License-Identifier: BSL-1.0
// Masks that leave out blocks: right at every boundary of a block, whatever the mask is made of.
#include "support/masks.hpp"

namespace sinter::test {
namespace {

BOOST_AUTO_TEST_CASE(of_coordinates) {
    generator g(seed());
    for (auto [n, m] : scores_sizes) {
        operands const x(g, n, m);
        attend("causal, after a past", x, coord<-1> <= coord<-2> + (m > n ? double(m - n) : 0.0));
        attend("window or prefix", x, (coord<-2> - coord<-1> < 9 && coord<-1> <= coord<-2>) || coord<-1> < 3);
        attend("blocks of the diagonal", x, equal(floor(coord<-1> / 20), floor(coord<-2> / 20)));
        attend("none at all", x, coord<-1> < 0 * coord<-2>);
    }
}

BOOST_AUTO_TEST_CASE(of_operands) {
    generator g(seed());
    for (auto [n, m] : scores_sizes) {
        operands const x(g, n, m);
        auto const ends = make<vector<float>>(g, 0, double(m) * 1.2, n);
        vector<std::int32_t> of_row(n), of_key(m);
        for (size i = 0; i < n; ++i) of_row(i) = std::int32_t(i / 30);
        for (size j = 0; j < m; ++j) of_key(j) = std::int32_t(j / 50);
        attend("lengths", x, coord<-1> < expand<1>(ends));
        attend("documents", x, equal(expand<1>(of_row), of_key));
        matrix<bool> some(n, m);
        for (auto& b : some) b = g.below(3) != 0;
        attend("with a tensor", x, coord<-1> <= coord<-2> && some);
    }
}

/// NaN in an operand of the mask: no comparison with it holds but ≠, wherever in a block it is.
BOOST_AUTO_TEST_CASE(of_operands_with_nan) {
    generator g(seed());
    constexpr auto nan = std::numeric_limits<float>::quiet_NaN();
    size const m = 96 + 96 + 40;
    operands const x(g, 20, m);
    struct { char const* what; size from, to, step; } const places[] = {
        {"first", 0, m, 96}, {"middle", 50, m, 96}, {"last", 95, m, 96}, {"last of all", m - 1, m, 1}, {"some", 3, m, 7}, {"all", 0, m, 1}};
    for (auto const& p : places) {
        vector<float> of_key(m), of_row(20), column(m), of_block(m);
        for (size j = 0; j < m; ++j) of_key(j) = float(j / 96), column(j) = float(j), of_block(j) = j % 96 < 50 ? 1.0f : 2.0f;
        for (size i = 0; i < 20; ++i) of_row(i) = float(i / 7);
        for (size j = p.from; j < p.to; j += p.step) of_key(j) = column(j) = of_block(j) = nan;
        BOOST_TEST_CONTEXT("NaN " << p.what) {
            attend("=", x, equal(expand<1>(of_row), of_key));
            weigh("= 1", x, equal(of_block, 1.0f));
            weigh("= 2", x, equal(of_block, 2.0f));
            weigh("≤", x, of_key <= expand<1>(of_row));
            attend("≥", x, of_key >= expand<1>(of_row));
            attend("≠", x, not_equal(of_key, expand<1>(of_row)));
            weigh("≠ 1", x, not_equal(of_block, 1.0f));
            weigh("not >", x, !(of_key > expand<1>(of_row)));
            weigh("not =", x, !equal(of_key, expand<1>(of_row)));
            weigh("not ≠ 1", x, !not_equal(of_block, 1.0f));
            weigh("coordinates", x, coord<-1> <= column);
            weigh("clamped", x, clamp(of_key, 0.0f, 1.0f) <= 1.0f);
            weigh("times 0", x, of_key * 0.0f < 1.0f);
            verify("sums", where(equal(of_block, 1.0f), x.q * transpose(x.k), 0.0f) * x.v, matrix<float>(20, 2), near<float>(m));
        }
    }
    vector<float> of_row(20);
    for (size i = 0; i < 20; ++i) of_row(i) = i == 4 ? nan : 300.0f;
    attend("of the rows", x, coord<-1> < expand<1>(of_row));
    weigh("of the rows, ≠", x, !(coord<-1> >= expand<1>(of_row)));
}

/// Infinities are numbers like others in comparisons.
BOOST_AUTO_TEST_CASE(of_operands_with_infinity) {
    generator g(seed());
    operands const x(g, 20, 300);
    vector<float> at(300);
    for (size j = 0; j < 300; ++j) at(j) = j < 60 ? -infinity<float> : j < 130 ? float(j) : infinity<float>;
    weigh("≤", x, at <= 100.0f);
    attend("≥", x, at >= 100.0f);
    attend("=", x, equal(at, infinity<float>));
    attend("≠", x, not_equal(at, infinity<float>));
    attend("∞ − ∞", x, at - at <= 0.0f);
}

BOOST_AUTO_TEST_CASE(lengths_of_a_batch) {
    generator g(seed());
    tensor<float, dyn, dyn, 3> const q = make<tensor<float, dyn, dyn, 3>>(g, -2, 2, 3, 20), k = make<tensor<float, dyn, dyn, 3>>(g, -2, 2, 3, 200);
    tensor<float, dyn, dyn, 2> const v = make<tensor<float, dyn, dyn, 2>>(g, -1, 1, 3, 200);
    tensor<std::int32_t, dyn, 1, 1> length(3);
    length(0, 0, 0) = 0, length(1, 0, 0) = 97, length(2, 0, 0) = 200;
    verify("lengths of a batch", softmax(where(coord<-1> < length, q * transpose(k), -infinity<float>)) * v,
           tensor<float, dyn, dyn, dyn>(3, 20, 2), near<float>(200));
}

BOOST_AUTO_TEST_CASE(without_a_softmax) {
    generator g(seed());
    for (auto [n, m] : scores_sizes) {
        operands const x(g, n, m);
        auto const s = x.q * transpose(x.k);
        matrix<float> o(n, 2);
        verify("added", softmax(s + where(coord<-1> <= coord<-2>, 0.0f, -infinity<float>)) * x.v, o, near<float>(m));
        verify("less, not left out", softmax(where(coord<-1> <= coord<-2>, s, -2.0f)) * x.v, o, near<float>(m));
        verify("multiplied", (sigmoid(s) % (coord<-1> <= coord<-2>)) * x.v, o, near<float>(m));
        verify("fading", (s % max(0, 1 - abs(coord<-1> - coord<-2>) / 8)) * x.v, o, near<float>(m));
        verify("nothing for one sum, much for the other",
               sum(where(coord<-1> <= coord<-2>, s, 0.0f), axis<1>) + sum(where(coord<-1> <= coord<-2>, s % s, 0.5f), axis<1>),
               vector<float>(n), near<float>(m));
        verify("lowest", amin(where(coord<-1> <= coord<-2>, s, infinity<float>), axis<1>), vector<float>(n), near<float>(1));
        auto const a = make<matrix<float>>(g, -1, 1, n, m);
        verify("triangle", where(coord<-1> <= coord<-2>, a, 0.0f) * x.v, o, near<float>(m));
        verify("its other factor", a * where(coord<-2> <= 3 * coord<-1>, x.v, 0.0f), o, near<float>(m));
    }
}

}  // namespace
}  // namespace sinter::test
