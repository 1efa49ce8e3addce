// SPDX-License-Identifier: BSL-1.0
// Convolution in 1, 2 and 3 dimensions with stride, padding, dilation and groups.
#include "support/types.hpp"

namespace sinter::test {
namespace {

template <class T>
using images = tensor<T, dyn, dyn, dyn, dyn>;

constexpr size places(size n, size k, size step, size border, size apart) {
    return (n + 2 * border - apart * (k - 1) - 1) / step + 1;
}

BOOST_AUTO_TEST_CASE(two_axes) {
    generator g(seed());
    struct sizes { size n, c, o, h, w, kh, kw, step, border, apart; };
    for (sizes s : {sizes{1, 1, 1, 5, 5, 3, 3, 1, 0, 1}, {2, 3, 7, 9, 17, 3, 3, 1, 1, 1}, {1, 5, 13, 8, 31, 3, 2, 2, 1, 1},
                    {1, 2, 6, 7, 16, 1, 1, 1, 0, 1}, {2, 4, 5, 12, 33, 3, 3, 1, 2, 2}, {1, 3, 4, 6, 64, 5, 5, 3, 2, 1},
                    {1, 9, 12, 4, 65, 3, 3, 1, 1, 1}, {3, 1, 1, 1, 1, 3, 3, 1, 1, 1}, {1, 0, 2, 4, 4, 3, 3, 1, 1, 1}}) {
        auto const x = make<images<float>>(g, -1, 1, s.n, s.c, s.h, s.w), w = make<images<float>>(g, -1, 1, s.o, s.c, s.kh, s.kw);
        static_assert(decltype(plan(convolve<2>(x, w, stride(2), padding(1))))::passes == 1);
        auto const bias = make<tensor<float, dyn, 1, 1>>(g, -1, 1, s.o);
        verify("convolution", relu(convolve<2>(x, w, stride(s.step), padding(s.border), dilation(s.apart)) + bias),
               images<float>(s.n, s.o, places(s.h, s.kh, s.step, s.border, s.apart),
                             places(s.w, s.kw, s.step, s.border, s.apart)),
               near<float>(s.c * s.kh * s.kw));
    }
}

BOOST_AUTO_TEST_CASE(groups) {
    generator g(seed());
    auto const x = make<images<double>>(g, -1, 1, 2, 6, 7, 19), w = make<images<double>>(g, -1, 1, 9, 2, 3, 3);
    tensor<double, dyn, dyn, dyn, dyn> y(2, 9, 7, 19);
    view<double, dyn, dyn, dyn, dyn, dyn> by_group(y.data(), 2, 3, 3, 7, 19);
    view<double const, dyn, dyn, dyn, dyn, dyn> const kernels(w.data(), 3, 3, 2, 3, 3);
    verify("groups", convolve<2>(reshape(x, 2, 3, 2, 7, 19), kernels, padding(1)), by_group, near<double>(18));
}

/// The sum over channels and both offsets is one loop where the kernels lie without gaps, and three loops elsewhere.
BOOST_AUTO_TEST_CASE(kernels_with_gaps) {
    generator g(seed());
    for (size o : {1, 6, 7, 13}) {
        auto const x = make<images<float>>(g, -1, 1, 1, 3, 6, 21), memory = make<images<float>>(g, -1, 1, o, 3, 4, 8);
        using kernels = view<float const, dyn, dyn, dyn, dyn>;
        verify("rows apart", convolve<2>(x, kernels(memory.data(), {o, 3, 3, 3}, {96, 32, 8, 1}), padding(1)),
               images<float>(1, o, 6, 21), near<float>(27));
        verify("turned", convolve<2>(x, kernels(memory.data(), {o, 3, 3, 3}, {27, 9, 1, 3}), padding(1)),
               images<float>(1, o, 6, 21), near<float>(27));
        verify("channels last", einsum<"nchw,och->now">(x, make<tensor<float, dyn, dyn, dyn>>(g, -1, 1, o, 3, 6)),
               tensor<float, dyn, dyn, dyn>(1, o, 21), near<float>(18));
    }
}

BOOST_AUTO_TEST_CASE(one_and_three_axes) {
    generator g(seed());
    for (size n : {1, 7, 16, 33}) {
        auto const x = make<tensor<float, dyn, dyn, dyn>>(g, -1, 1, 2, 3, n);
        auto const w = make<tensor<float, dyn, dyn, dyn>>(g, -1, 1, 5, 3, 4);
        verify("causal", convolve<1>(x, w, padding(3), padding_after(0)), tensor<float, dyn, dyn, dyn>(2, 5, n), near<float>(12));
    }
    auto const x = make<images<float>>(g, -1, 1, 2, 4, 5, 17);
    auto const w = make<tensor<float, dyn, dyn, dyn, dyn, dyn>>(g, -1, 1, 7, 2, 2, 3, 3);
    verify("three axes", convolve<3>(x, w, padding(0, 1, 1)), images<float>(7, 3, 5, 17), near<float>(36));
    using volumes = tensor<float, dyn, dyn, dyn, dyn, dyn>;
    auto const batch = make<volumes>(g, -1, 1, 2, 2, 4, 5, 17);
    verify("a batch of them", convolve<3>(batch, w, padding(0, 1, 1), stride(2)), volumes(2, 7, 2, 3, 9), near<float>(36));
}

BOOST_AUTO_TEST_CASE(static_extents) {
    generator g(seed());
    auto const x = make<tensor<float, 1, 4, 6, 17>>(g, -1, 1);
    auto const w = make<tensor<float, 5, 4, 3, 3>>(g, -1, 1);
    constexpr std::integral_constant<int, 1> one{};
    auto const e = convolve<2>(x, w, padding(one));
    static_assert(std::is_same_v<decltype(eval(e)), tensor<float, 1, 5, 6, 17>>);
    verify("static", e, tensor<float, 1, 5, 6, 17>(), near<float>(36));
    BOOST_TEST(plan(e).passes == 1);
}

/// A kernel that is no longer there when the formula is evaluated was moved into it.
BOOST_AUTO_TEST_CASE(kernels_of_their_own) {
    generator g(seed());
    auto const x = make<matrix<float>>(g, -1, 1, 3, 20);
    auto const made = [&](bool moved) {
        auto w = make<tensor<float, dyn, dyn, dyn>>(g, -1, 1, 3, 3, 4);
        if (moved) return eval(sum(convolve<1>(x, own(w))) - sum(convolve<1>(x, w)));
        return eval(sum(convolve_transposed<1>(x, own(w))) - sum(convolve_transposed<1>(x, w)));
    };
    BOOST_TEST((made(true)() == 0 && made(false)() == 0));
    auto const later = [&] {
        auto w = make<tensor<float, dyn, dyn, dyn>>(g, -1, 1, 3, 3, 4);
        return convolve<1>(x, std::move(w), padding(1));
    };
    auto const later_groups = [&] { return convolve<1>(x, make<tensor<float, dyn, dyn, dyn>>(g, -1, 1, 6, 1, 4), sinter::groups(3)); };
    auto const later_transposed = [&] { return convolve_transposed<1>(x, make<tensor<float, dyn, dyn, dyn>>(g, -1, 1, 3, 2, 4)); };
    verify("moved in", later(), matrix<float>(3, 19), near<float>(12));
    verify("moved in, in groups", later_groups(), matrix<float>(6, 17), near<float>(12));
    verify("moved in, transposed", later_transposed(), matrix<float>(2, 23), near<float>(12));
}

}  // namespace
}  // namespace sinter::test
