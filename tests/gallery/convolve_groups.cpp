// SPDX-License-Identifier: BSL-1.0
// Groups whose channels are no axis of their own, of convolution and of its transpose.
#include "support/types.hpp"

namespace sinter::test {
namespace {

using images = tensor<float, dyn, dyn, dyn, dyn>;

BOOST_AUTO_TEST_CASE(groups_without_an_axis) {
    generator g(seed());
    struct { size n, c, o, h, w, k, step, border, parts; } const all[] = {
        {2, 6, 9, 7, 19, 3, 1, 1, 3}, {1, 4, 4, 5, 33, 3, 2, 1, 4}, {1, 4, 8, 5, 16, 1, 1, 0, 2}, {1, 3, 5, 4, 9, 3, 1, 1, 1}, {1, 5, 15, 6, 31, 2, 1, 0, 5}};
    for (auto const& s : all) {
        auto const x = make<images>(g, -1, 1, s.n, s.c, s.h, s.w), w = make<images>(g, -1, 1, s.o, s.c / s.parts, s.k, s.k);
        auto const places = [&](size n) { return (n + 2 * s.border - s.k) / s.step + 1; };
        verify("groups", convolve<2>(x, w, stride(s.step), padding(s.border), groups(s.parts)) * 2,
               images(s.n, s.o, places(s.h), places(s.w)), near<float>(s.c * s.k * s.k));
        verify("of a formula", convolve<2>(exp(x), w, stride(s.step), padding(s.border), groups(s.parts)),
               images(s.n, s.o, places(s.h), places(s.w)), near<float>(3 * s.c * s.k * s.k));
    }
}

BOOST_AUTO_TEST_CASE(transposed) {
    generator g(seed());
    struct { size n, c, o, h, w, k, step, border, more, parts; } const all[] = {
        {2, 4, 6, 4, 9, 3, 2, 1, 1, 2}, {1, 2, 8, 5, 17, 3, 3, 0, 2, 2}, {1, 6, 3, 2, 33, 3, 2, 2, 1, 3}, {3, 9, 18, 1, 1, 2, 2, 0, 0, 9}, {1, 3, 2, 3, 5, 3, 1, 1, 0, 1}};
    for (auto const& s : all) {
        auto const x = make<images>(g, -1, 1, s.n, s.c, s.h, s.w), w = make<images>(g, -1, 1, s.c, s.o / s.parts, s.k, s.k);
        auto const bias = make<tensor<float, dyn, 1, 1>>(g, -1, 1, s.o);
        auto const reach = [&](size n) { return (n - 1) * s.step + s.k + s.more - 2 * s.border; };
        verify("groups of the transpose",
               relu(convolve_transposed<2>(x, w, stride(s.step), padding(s.border), output_padding(s.more), groups(s.parts)) + bias),
               images(s.n, s.o, reach(s.h), reach(s.w)), near<float>(s.c * s.k * s.k));
    }
}

/// The sum of the outputs: their axis stays one, and is divided.
BOOST_AUTO_TEST_CASE(inside_a_reduction) {
    generator g(seed());
    auto const x = make<matrix<float>>(g, -1, 1, 4, 19);
    auto const w = make<tensor<float, dyn, dyn, dyn>>(g, -1, 1, 6, 2, 3);
    verify("largest output", amax(convolve<1>(x, w, padding(1), groups(2)), axis<0>), vector<float>(19), near<float>(6));
}

BOOST_AUTO_TEST_CASE(mistakes) {
    images const x(1, 4, 3, 3), w(6, 2, 3, 3);
    images out(1, 6, 3, 3);
    for (float& v : out) v = 7;
    auto const says = [](char const* text) {
        return [text](shape_error const& e) { return std::string(e.what()).find(text) != std::string::npos; };
    };
    BOOST_CHECK_EXCEPTION(out = convolve<2>(x, w, padding(1), groups(3)), shape_error, says("convolve: shapes (1,4,3,3) and (6,2,3,3): the channels of w times the groups must be those of x (2 * 3 vs 4)"));
    BOOST_CHECK_EXCEPTION(out = convolve<2>(x, w, padding(1), groups(4)), shape_error, says("6 output channels are no whole number"));
    BOOST_CHECK_EXCEPTION(out = convolve<2>(x, w, padding(1), groups(0)), shape_error, says("convolve: there must be at least 1 group (0)"));
    BOOST_CHECK_EXCEPTION(out = convolve_transposed<2>(x, w, padding(1)), shape_error, says("convolve_transposed: shapes (1,4,3,3) and (6,2,3,3): the first extent of w must be the channels of x (6 vs 4)"));
    BOOST_CHECK_EXCEPTION(out = convolve_transposed<2>(x, images(4, 6, 3, 3), padding(3)), shape_error, says("convolve_transposed: shapes (1,4,3,3) and (4,6,3,3): 6 elements are to be cut off, but there are 5"));
    for (float const v : out) BOOST_TEST(v == 7);
}

}  // namespace
}  // namespace sinter::test
