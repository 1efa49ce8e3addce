// SPDX-License-Identifier: BSL-1.0
// Transposed convolution: what windows put at each element reach.
#include "support/types.hpp"

namespace sinter::test {
namespace {

using images = tensor<float, dyn, dyn, dyn, dyn>;

struct sizes { size n, c, o, h, w, kh, kw, step, border, more, apart; };
constexpr sizes cases[] = {{1, 1, 1, 3, 3, 3, 3, 1, 0, 0, 1}, {2, 4, 6, 4, 9, 3, 3, 2, 1, 1, 1}, {1, 2, 8, 5, 17, 3, 2, 3, 0, 2, 2},
                           {1, 2, 2, 4, 8, 1, 1, 2, 1, 0, 1}, {1, 6, 3, 2, 33, 3, 3, 2, 2, 1, 1}, {3, 9, 18, 1, 1, 2, 4, 2, 0, 0, 1},
                           {1, 8, 16, 3, 16, 4, 4, 2, 1, 0, 1}};

constexpr size reach(size n, size k, sizes const& s) { return (n - 1) * s.step + s.apart * (k - 1) + 1 + s.more - 2 * s.border; }

BOOST_AUTO_TEST_CASE(transposed) {
    generator g(seed());
    for (auto const& s : cases) {
        auto const x = make<images>(g, -1, 1, s.n, s.c, s.h, s.w), w = make<images>(g, -1, 1, s.c, s.o, s.kh, s.kw);
        auto const bias = make<tensor<float, dyn, 1, 1>>(g, -1, 1, s.o);
        images out(s.n, s.o, reach(s.h, s.kh, s), reach(s.w, s.kw, s));
        verify("transposed",
               relu(convolve_transposed<2>(x, w, stride(s.step), padding(s.border), output_padding(s.more), dilation(s.apart)) + bias),
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

constexpr bool at_compile_time() {
    matrix<float, 1, 3> const x{{1, 2, 3}};
    tensor<float, 1, 1, 3> w;
    w(0, 0, 0) = w(0, 0, 2) = 1, w(0, 0, 1) = 10;
    std::integral_constant<int, 2> const two{};
    matrix<float, 1, 7> const y = eval(convolve_transposed<1>(x, w, stride(two)));
    return y == matrix<float, 1, 7>{{1, 10, 3, 20, 5, 30, 3}};
}
static_assert(at_compile_time());

}  // namespace
}  // namespace sinter::test
