// SPDX-License-Identifier: BSL-1.0
// Transposed convolution, and groups whose channels are no axis of their own.
#include "support/types.hpp"

namespace sinter::test {
namespace {

using images = tensor<float, dyn, dyn, dyn, dyn>;

struct sizes { size n, c, o, h, w, kh, kw, step, border, more, apart, parts; };
constexpr sizes cases[] = {{1, 1, 1, 3, 3, 3, 3, 1, 0, 0, 1, 1}, {2, 4, 6, 4, 9, 3, 3, 2, 1, 1, 1, 2}, {1, 2, 8, 5, 17, 3, 2, 3, 0, 2, 2, 2},
                           {1, 2, 2, 4, 8, 1, 1, 2, 1, 0, 1, 1},  {1, 6, 3, 2, 33, 3, 3, 2, 2, 1, 1, 3}, {3, 9, 18, 1, 1, 2, 4, 2, 0, 0, 1, 9},
                           {1, 8, 16, 3, 16, 4, 4, 2, 1, 0, 1, 1}};

constexpr size reach(size n, size k, sizes const& s) { return (n - 1) * s.step + s.apart * (k - 1) + 1 + s.more - 2 * s.border; }

BOOST_AUTO_TEST_CASE(transposed) {
    generator g(seed());
    for (auto const& s : cases) {
        auto const x = make<images>(g, -1, 1, s.n, s.c, s.h, s.w), w = make<images>(g, -1, 1, s.c, s.o, s.kh, s.kw);
        auto const kernels = make<images>(g, -1, 1, s.c, s.o / s.parts, s.kh, s.kw);
        auto const bias = make<tensor<float, dyn, 1, 1>>(g, -1, 1, s.o);
        images out(s.n, s.o, reach(s.h, s.kh, s), reach(s.w, s.kw, s));
        verify("transposed",
               relu(convolve_transposed<2>(x, w, stride(s.step), padding(s.border), output_padding(s.more), dilation(s.apart)) + bias),
               out, near<float>(s.c * s.kh * s.kw));
        verify("its groups",
               convolve_transposed<2>(x, kernels, stride(s.step), padding(s.border), output_padding(s.more), dilation(s.apart),
                                      groups(s.parts)),
               out, near<float>(s.c * s.kh * s.kw));
    }
}

/// It is the transpose: ⟨y, convolve(x, w)⟩ = ⟨convolve_transposed(y, w), x⟩.
BOOST_AUTO_TEST_CASE(is_the_transpose) {
    generator g(seed());
    auto const x = make<images>(g, -1, 1, 2, 3, 8, 21), w = make<images>(g, -1, 1, 5, 3, 3, 3), y = make<images>(g, -1, 1, 2, 5, 4, 11);
    tensor<float> const there = eval(sum(y % eval(convolve<2>(x, w, stride(2), padding(1)))));
    tensor<float> const back = eval(sum(eval(convolve_transposed<2>(y, w, stride(2), padding(1), output_padding(1, 0))) % x));
    BOOST_TEST(std::abs(there() - back()) < 1e-3f);
}

BOOST_AUTO_TEST_CASE(of_formulas) {
    generator g(seed());
    for (size n : {1, 7, 16, 33}) {
        auto const x = make<matrix<float>>(g, -1, 1, 3, n);
        auto const w = make<tensor<float, dyn, dyn, dyn>>(g, -1, 1, 3, 5, 4);
        auto const z = make<tensor<float, 1, dyn>>(g, -1, 1, n);
        verify("what is not 0 at 0", convolve_transposed<1>(exp(x) + z, w, stride(3), padding(1)), matrix<float>(5, (n - 1) * 3 + 2),
               near<float>(12));
        auto const v = make<tensor<float, dyn, dyn, dyn>>(g, -1, 1, 5, 2, 3);
        matrix<float> out(2, (n - 1) * 2 + 6);
        out = convolve_transposed<1>(materialize(convolve_transposed<1>(x, w, stride(2))), v);
        check(convolve_transposed<1>(materialize(convolve_transposed<1>(x, w, stride(2))), v), out, near<float>(60), "one after the other");
    }
}

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

constexpr bool at_compile_time() {
    matrix<float, 1, 3> const x{{1, 2, 3}};
    tensor<float, 1, 1, 3> w;
    w(0, 0, 0) = w(0, 0, 2) = 1, w(0, 0, 1) = 10;
    std::integral_constant<int, 2> const two{};
    matrix<float, 1, 7> const y = eval(convolve_transposed<1>(x, w, stride(two)));
    return y == matrix<float, 1, 7>{{1, 10, 3, 20, 5, 30, 3}};
}
static_assert(at_compile_time());

BOOST_AUTO_TEST_CASE(mistakes) {
    images const x(1, 4, 3, 3), w(6, 2, 3, 3);
    images out(1, 6, 3, 3);
    for (float& v : out) v = 7;
    auto const says = [](char const* text) {
        return [text](shape_error const& e) { return std::string(e.what()).find(text) != std::string::npos; };
    };
    BOOST_CHECK_EXCEPTION(out = convolve<2>(x, w, padding(1), groups(3)), shape_error, says("the groups have 6 channels together, x has 4"));
    BOOST_CHECK_EXCEPTION(out = convolve<2>(x, w, padding(1), groups(4)), shape_error, says("6 output channels are no whole number"));
    BOOST_CHECK_EXCEPTION(out = convolve<2>(x, w, padding(1), groups(0)), shape_error, says("6 output channels are no whole number"));
    BOOST_CHECK_EXCEPTION(out = convolve_transposed<2>(x, w, padding(1)), shape_error, says("extents of one axis must be equal"));
    BOOST_CHECK_EXCEPTION(out = convolve_transposed<2>(x, images(4, 6, 3, 3), padding(3)), shape_error, says("6 elements are to be cut off, but there are 5"));
    for (float const v : out) BOOST_TEST(v == 7);
}

}  // namespace
}  // namespace sinter::test
