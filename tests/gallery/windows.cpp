// SPDX-License-Identifier: BSL-1.0
// Overlapping windows of an axis: shifted sums, pooling, convolution with stride, padding and dilation.
#include "support/types.hpp"

namespace sinter::test {
namespace {

struct numbers { std::size_t size, stride, dilation, before, after; };
constexpr numbers ways[] = {{1, 1, 1, 0, 0}, {3, 1, 1, 0, 0}, {3, 2, 1, 1, 1}, {2, 3, 1, 0, 2}, {3, 1, 2, 2, 2}, {5, 4, 3, 7, 1}};
constexpr bool fits(numbers const& w, size n) { return w.before + n + w.after >= w.dilation * (w.size - 1) + 1; }
constexpr size places(numbers const& w, size n) {
    return (w.before + n + w.after - w.dilation * (w.size - 1) - 1) / w.stride + 1;
}

BOOST_AUTO_TEST_CASE(one_axis) {
    generator g(seed());
    for (size n : lengths)
        for (auto const& w : ways) {
            if (!fits(w, n)) continue;
            auto const x = make<vector<float>>(g, -1, 1, n), k = make<vector<float>>(g, -1, 1, w.size);
            auto const y = windows<0>(x, w.size, w.stride, w.dilation, w.before, w.after);
            verify("windows", y, matrix<float>(places(w, n), w.size), near<float>());
            verify("correlation", y * k, vector<float>(places(w, n)), near<float>(w.size));
            verify("moving maximum", amax(y, axis<1>), vector<float>(places(w, n)), near<float>());
        }
}

BOOST_AUTO_TEST_CASE(of_formulas) {
    generator g(seed());
    for (auto [n, m] : planes) {
        auto const x = make<matrix<float>>(g, -1, 1, n, m);
        auto const z = make<matrix<float>>(g, -1, 1, n, 1);
        verify("exp, then zeros around it", pad<-1>(exp(x), 2, 3), matrix<float>(n, m + 5), near<float>());
        verify("broadcast inside", pad<0>(x + z, 1, 0), matrix<float>(n + 1, m), near<float>());
        verify("another value", pad<-1>(x, 1, 2, 7.5), matrix<float>(n, m + 3), near<float>());
        verify("both axes", pad<0>(pad<1>(x, 1, 1), 2, 0), matrix<float>(n + 2, m + 2), near<float>());
        if (m < 2) continue;
        auto const lowest = pad<1>(x, 1, 1, -infinity<float>);
        verify("pooling", amax(windows<1>(lowest, 3, 2), axis<-1>), matrix<float>(n, (m - 1) / 2 + 1), near<float>());
        verify("softmax of windows", softmax(windows<1>(x, 2) * 2), tensor<float, dyn, dyn, dyn>(n, m - 1, 2), near<float>());
    }
}

/// (n,c,h,w) ⋆ (o,c,kh,kw) → (n,o,h′,w′)
template <class X, class W, class S, class P, class D>
auto convolved(X const& x, W const& w, size kh, size kw, S stride, P border, D dilation) {
    auto const rows = windows<2>(x, kh, stride, dilation, border, border);
    auto const all = windows<3>(rows, kw, stride, dilation, border, border);     // (n,c,h′,w′,kh,kw)
    return sum(expand<1>(all) % expand<2>(expand<2>(w)), axis<2, -2, -1>);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(two_axes, T, real_types) {
    generator g(seed());
    using images = tensor<T, dyn, dyn, dyn, dyn>;
    struct sizes { size n, c, o, h, w, kh, kw, stride, border, dilation; };
    for (sizes s : {sizes{1, 1, 1, 5, 5, 3, 3, 1, 0, 1}, {2, 3, 7, 9, 17, 3, 3, 1, 1, 1}, {1, 5, 13, 8, 31, 3, 2, 2, 1, 1},
                    {1, 2, 6, 7, 16, 1, 1, 1, 0, 1}, {2, 4, 5, 12, 33, 3, 3, 1, 2, 2}, {1, 3, 4, 6, 64, 5, 5, 3, 2, 1},
                    {1, 9, 12, 4, 65, 3, 3, 1, 1, 1}, {3, 1, 1, 1, 1, 3, 3, 1, 1, 1}}) {
        auto const x = make<images>(g, -1, 1, s.n, s.c, s.h, s.w), w = make<images>(g, -1, 1, s.o, s.c, s.kh, s.kw);
        auto const out = [&](size n, size k) { return (n + 2 * s.border - s.dilation * (k - 1) - 1) / s.stride + 1; };
        verify("convolution", convolved(x, w, s.kh, s.kw, s.stride, s.border, s.dilation),
               images(s.n, s.o, out(s.h, s.kh), out(s.w, s.kw)), near<T>(s.c * s.kh * s.kw));
    }
}

BOOST_AUTO_TEST_CASE(static_extents) {
    generator g(seed());
    auto const x = make<tensor<float, 1, 4, 6, 17>>(g, -1, 1);
    auto const w = make<tensor<float, 5, 4, 3, 3>>(g, -1, 1);
    constexpr std::integral_constant<int, 3> three{};
    constexpr std::integral_constant<int, 1> one{};
    auto const all = windows<3>(windows<2>(x, three, one, one, one, one), three, one, one, one, one);
    tensor const y = sum(expand<1>(all) % expand<2>(expand<2>(w)), axis<2, -2, -1>);
    static_assert(std::is_same_v<decltype(y), tensor<float, 1, 5, 6, 17> const>);
    verify("static", sum(expand<1>(all) % expand<2>(expand<2>(w)), axis<2, -2, -1>), tensor<float, 1, 5, 6, 17>(), near<float>(36));
}

constexpr bool at_compile_time() {
    vector<float, 4> const x{1, 2, 3, 4};
    std::integral_constant<int, 3> const three{};
    std::integral_constant<int, 1> const one{};
    vector<float, 4> const moving = eval(sum(windows<0>(x, three, one, one, one, one), axis<1>));
    return moving == vector<float, 4>{3, 6, 9, 7};
}
static_assert(at_compile_time());

BOOST_AUTO_TEST_CASE(mistakes) {
    vector<float> const x(4);
    matrix<float> out(2, 3);
    auto const says = [](char const* text) {
        return [text](shape_error const& e) { return std::string(e.what()).find(text) != std::string::npos; };
    };
    BOOST_CHECK_EXCEPTION(out = windows<0>(x, size{9}), shape_error, says("a window spans 9 elements, but axis 0 has 4"));
    BOOST_CHECK_EXCEPTION(out = windows<0>(x, 3, size{0}), shape_error, says("must be at least 1"));
}

}  // namespace
}  // namespace sinter::test
