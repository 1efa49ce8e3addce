// SPDX-License-Identifier: BSL-1.0
// Overlapping windows of an axis: shifted sums, pooling, padding; parts that are joined.
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

/// A view of one number, again and again: it ends where the others do.
BOOST_AUTO_TEST_CASE(of_one_number) {
    float const one = 1;
    generator g(seed());
    for (size n : lengths)
        for (auto const& w : ways) {
            if (!fits(w, n)) continue;
            vector<float> same(n);
            for (auto& x : same) x = one;
            auto const k = make<matrix<float>>(g, -1, 1, w.size, 5);
            view<float const, dyn> const x(&one, {n}, {0});
            matrix<float> got(5, places(w, n)), want(5, places(w, n));
            got = transpose(windows<0>(x, w.size, w.stride, w.dilation, w.before, w.after) * k);
            want = transpose(windows<0>(same, w.size, w.stride, w.dilation, w.before, w.after) * k);
            BOOST_TEST(got == want, "n = " << n << ", window " << w.size);
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

/// One window, and one offset of all, at constant places; the steps are known at run time only.
BOOST_AUTO_TEST_CASE(slices_of_windows) {
    generator g(seed());
    auto const x = make<matrix<float>>(g, -1, 1, 40, 5);
    constexpr std::integral_constant<int, 3> third{};
    for (size step : {1, 2, 5}) {
        verify("window", row(windows<0>(x, size(4), step), third), matrix<float>(5, 4), near<float>());
        auto const wide = windows<0>(x, size(4), size(2), step);
        verify("offset", slice(wide, whole, whole, third), matrix<float>((40 - 3 * step - 1) / 2 + 1, 5), near<float>());
        verify("both", row(slice(windows<0>(x, size(4), step, step), whole, whole, third), third), vector<float>(5), near<float>());
    }
}

BOOST_AUTO_TEST_CASE(parts) {
    generator g(seed());
    for (size n : {0, 1, 7, 8, 9, 17, 33})
        for (size m : {0, 1, 5, 16, 31}) {
            auto const x = make<matrix<float>>(g, -1, 1, 3, n), y = make<matrix<float>>(g, -1, 1, 3, m);
            auto const v = make<matrix<float>>(g, -1, 1, n + m, 6), z = make<matrix<float>>(g, -1, 1, 3, 2);
            verify("joined", concatenate<-1>(x, exp(y)), matrix<float>(3, n + m), near<float>());
            verify("joined rows", concatenate<0>(transpose(x), transpose(y)) * 2, matrix<float>(n + m, 3), near<float>());
            verify("three", concatenate<1>(x, z, y), matrix<float>(3, n + 2 + m), near<float>());
            verify("nested at the right", concatenate<1>(x, concatenate<1>(z, concatenate<1>(y, x))), matrix<float>(3, 2 * n + 2 + m), near<float>());
            verify("joined along the stream", softmax(transpose(z) * concatenate<1>(x, y)) * v, matrix<float>(2, 6), near<float>(n + m + 9));
        }
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
    BOOST_CHECK_EXCEPTION(out = concatenate<0>(matrix<float>(1, 3), matrix<float>(1, 2)), shape_error, says("the same extents"));
}

}  // namespace
}  // namespace sinter::test
