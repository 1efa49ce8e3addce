// SPDX-License-Identifier: BSL-1.0
// Writing into an operand: harmless overlaps work, harmful ones are refused before anything is written.
#include "support/types.hpp"

#include <complex>
#include <string_view>

namespace sinter::test {
namespace {

/// `o = e` throws alias_error, names the remedy and leaves o as it was.
template <class Out, class E>
void refused(char const* what, Out& o, E const& e) {
    std::vector<double> const before = values_of(o);
    bool thrown = false;
    try {
        o = e;
    } catch (alias_error const& error) {
        thrown = true;
        BOOST_CHECK_MESSAGE(std::string_view(error.what()).find("materialize") != std::string_view::npos,
                            what << ": " << error.what());
    }
    BOOST_CHECK_MESSAGE(thrown, what << ": not refused");
    BOOST_CHECK_MESSAGE(values_of(o) == before, what << ": the output has changed");
}

/// Either refused, or right: what overlaps but not at the same index may be evaluated where the plan reads all of it first.
template <class Out, class E>
void refused_or_right(char const* what, Out& o, E const& e, closeness close) {
    std::vector<double> const before = values_of(o);
    program const p = program_of(e);
    array const want = oracle::evaluate(p);
    try {
        o = e;
    } catch (alias_error const&) {
        BOOST_CHECK_MESSAGE(values_of(o) == before, what << ": the output has changed");
        return;
    }
    std::string const report = difference(p, want, shape_of(o), values_of(o), close);
    BOOST_CHECK_MESSAGE(report.empty(), what << ": " << report);
}

/// `o = e` gives what the oracle gives for the old values.
template <class Out, class E>
void works(char const* what, Out& o, E const& e, closeness close) {
    program const p = program_of(e);
    array const want = oracle::evaluate(p);
    o = e;
    std::string const report = difference(p, want, shape_of(o), values_of(o), close);
    BOOST_CHECK_MESSAGE(report.empty(), what << ": " << report);
}

BOOST_AUTO_TEST_CASE(elementwise_in_place) {
    generator g(seed());
    for (auto [n, m] : planes) {
        auto x = make<matrix<float>>(g, -1, 1, n, m), y = make<matrix<float>>(g, -1, 1, n, m);
        works("x = x + y", x, x + y, near<float>());
        works("x = tanh(x) % x - y", x, tanh(x) % x - y, near<float>());
        works("x = where(x < 0, -x, x)", x, where(x < 0, -x, x), near<float>());
        x += y;
        x -= 2 * y;
        x %= x;
    }
}

BOOST_AUTO_TEST_CASE(through_views_of_the_same_elements) {
    generator g(seed());
    auto x = make<matrix<float>>(g, -1, 1, 17, 33);
    view<float, dyn, dyn> const v(x);
    works("v = 2 x", x, 2 * v + x, near<float>());
    strided_view<float, dyn, dyn> const t(x.data(), {33, 17}, {1, 33});
    refused_or_right("x = transpose(t) + x", x, transpose(t) + x, near<float>());
}

BOOST_AUTO_TEST_CASE(disjoint_parts_of_one_tensor) {
    generator g(seed());
    auto x = make<vector<float>>(g, -1, 1, 130);
    view<float, dyn> const low(x.data(), 65), high(x.data() + 65, 65);
    works("low = exp(high)", low, exp(high), near<float>());
    works("high = low times its sum", high, low * sum(low), near<float>(65));
}

BOOST_AUTO_TEST_CASE(transposed) {
    generator g(seed());
    auto x = make<matrix<float>>(g, -1, 1, 17, 17);
    refused("x = transpose(x)", x, transpose(x));
    refused("x = x + transpose(x)", x, x + transpose(x));
    matrix<float> const before = x;
    x = materialize(transpose(x));
    for (int i = 0; i < 17; ++i)
        for (int j = 0; j < 17; ++j) BOOST_CHECK_EQUAL(x(i, j), before(j, i));
}

BOOST_AUTO_TEST_CASE(products) {
    generator g(seed());
    auto a = make<matrix<float>>(g, -1, 1, 9, 9), b = make<matrix<float>>(g, -1, 1, 9, 9);
    refused("a = a*b", a, a * b);
    refused("b = a*b", b, a * b);
    refused_or_right("b = a*relu(a*b)", b, a * relu(a * b), near<float>(81));
    auto q = make<matrix<float>>(g, -1, 1, 9, 8), k = make<matrix<float>>(g, -1, 1, 31, 8), v = make<matrix<float>>(g, -1, 1, 31, 8);
    refused_or_right("k = softmax(k*qT)*q", k, softmax(k * transpose(q)) * q, near<float>(40));
    refused("v = softmax(k*kT)*v", v, softmax(k * transpose(k)) * v);
    auto x = make<vector<float>>(g, -1, 1, 9);
    refused("x = a*x", x, a * x);
}

BOOST_AUTO_TEST_CASE(shifted_windows) {
    generator g(seed());
    auto x = make<vector<float>>(g, -1, 1, 130);
    view<float, dyn> const low(x.data(), 100), high(x.data() + 1, 100);
    refused_or_right("high = low", high, low + 0, near<float>());
    refused_or_right("low = high + 1", low, high + 1, near<float>());
    refused_or_right("broadcast of what is written", x, x + slice(x, range(3, 4)), near<float>());
}

BOOST_AUTO_TEST_CASE(reductions_and_rows) {
    generator g(seed());
    auto x = make<matrix<float>>(g, -1, 1, 5, 9);
    refused_or_right("x = x - amax of columns", x, x - amax(x, axis<0>, keep), near<float>());
    refused_or_right("x = softmax(x)", x, softmax(x), near<float>());
    refused_or_right("x = softmax of columns", x, softmax(x, axis<0>), near<float>());
    tensor<float> s(make<tensor<float>>(g, -1, 1));
    works("s = sum(x) + s", s, sum(x) + s, near<float>());
}

BOOST_AUTO_TEST_CASE(compound_assignment) {
    generator g(seed());
    auto a = make<matrix<float>>(g, -1, 1, 17, 9), b = make<matrix<float>>(g, -1, 1, 9, 33);
    auto o = make<matrix<float>>(g, -1, 1, 17, 33);
    matrix<float> const before = o;
    matrix<float> want(17, 33), got = before;
    want = before + a * b;
    got += a * b;
    same("o += a*b", got, want, near<float>(9));
    got = before;
    want = before - a * b;
    got -= a * b;
    same("o -= a*b", got, want, near<float>(9));
    got = before;
    want = before % (a * b);
    got %= a * b;
    same("o %= a*b", got, want, near<float>(9));
    strided_view<float, dyn, dyn> const every_second(o.data(), {17, 16}, {33, 2});
    auto const c = make<matrix<float>>(g, -1, 1, 17, 16);
    every_second += c;
    for (int i = 0; i < 17; ++i)
        for (int j = 0; j < 33; ++j)
            BOOST_CHECK_EQUAL(o(i, j), j % 2 == 0 && j < 32 ? before(i, j) + c(i, j / 2) : before(i, j));
}

/// The axis along which something is repeated is two loops.
BOOST_AUTO_TEST_CASE(what_is_repeated_is_added_in_place) {
    generator g(seed());
    auto o = make<vector<float>>(g, -1, 1, 30);
    auto const x = make<vector<float>>(g, -1, 1, 10), y = make<vector<float>>(g, -1, 1, 5);
    auto m = make<matrix<float>>(g, -1, 1, 4, 30);
    auto const z = make<matrix<float>>(g, -1, 1, 4, 10), wide = make<matrix<float>>(g, -1, 1, 2, 30);
    works("o + repeat(x, 3), known", o, o + repeat<0>(x, std::integral_constant<int, 3>()), near<float>());
    works("o + repeat(x, 3)", o, o + repeat<0>(x, 3), near<float>());
    works("o % repeat(exp(x), 3) - o", o, o % repeat<0>(exp(x), 3) - o, near<float>());
    works("columns", m, repeat<1>(z, 3) - m, near<float>());
    works("rows", m, m + repeat<0>(wide, 2), near<float>());
    vector<float> const before = o;
    o += repeat<0>(x, 3);
    for (size i = 0; i < 30; ++i) BOOST_CHECK_EQUAL(o(i), before(i) + x(i / 3));
    refused("of itself", o, repeat<0>(rows(o, 0, 10), 3) + o);
    refused("shifted", o, repeat<0>(y, 6) + concatenate<0>(rows(o, 1, 29), rows(o, 0, 1)));
}

/// One element along an axis by its type, where the formula's extent is known at run time.
BOOST_AUTO_TEST_CASE(single_columns_in_place) {
    generator g(seed());
    auto column = make<tensor<float, dyn, 1>>(g, -1, 1, 40);
    auto const d = make<matrix<float>>(g, -1, 1, 40, 1), a = make<matrix<float>>(g, -1, 1, 40, 3), b = make<matrix<float>>(g, -1, 1, 3, 1);
    works("column + d", column, column + d, near<float>());
    works("max", column, max(column, d), near<float>());
    works("column + A*B", column, column + a * b, near<float>(3));
    auto line = make<matrix<float, 1, 3>>(g, -1, 1);
    works("row", line, line % rows(a, 3, 1), near<float>());
    auto m = make<matrix<float>>(g, -1, 1, 40, 3);
    refused("the first row for all", m, rows(m, 0, std::integral_constant<int, 1>()) + a);
    refused("the first column for all", m, cols(m, 0, 1) + a);
}

/// An element type whose size is no power of two, on either side of the other array.
BOOST_AUTO_TEST_CASE(elements_of_three_numbers) {
    struct triple {
        double x = 0, y = 0, z = 0;
        constexpr triple() = default;
        constexpr triple(double v) : x(v) {}
        constexpr triple operator+(triple o) const { return o.x += x, o; }
        constexpr triple operator*(triple o) const { return o.x *= x, o; }
        constexpr triple operator-(triple o) const { return o.x = x - o.x, o; }
    };
    vector<triple> x(8);
    for (size i = 0; i < 8; ++i) x(i) = triple(static_cast<double>(i));
    strided_view<triple, dyn> even(x.data(), {4}, {2}), odd(x.data() + 1, {4}, {2});
    even = odd + odd;
    odd = even + even;
    BOOST_CHECK_EQUAL(x(6).x, 14);
    BOOST_CHECK_EQUAL(x(7).x, 28);
    strided_view<triple, dyn> const shifted(x.data() + 2, {3}, {2});
    BOOST_CHECK_THROW((even = concatenate<0>(shifted, rows(odd, 0, 1))), alias_error);
}

/// Elements that lie between those of the other array.
BOOST_AUTO_TEST_CASE(halves_of_elements) {
    using complex = std::complex<double>;
    std::vector<double> memory(41, 1.0);
    view<complex, dyn> const x(reinterpret_cast<complex*>(memory.data()), 20), o(reinterpret_cast<complex*>(memory.data() + 1), 20);
    BOOST_CHECK_THROW((o = x * complex(2)), alias_error);
    BOOST_CHECK_EQUAL(memory[20], 1);
    x = x * complex(2);
    BOOST_CHECK_EQUAL(memory[20], 2);
}

}  // namespace
}  // namespace sinter::test
