// SPDX-License-Identifier: BSL-1.0
// Extents that disagree at run time: shape_error before anything is written.
#include "support/types.hpp"

#include <string_view>

namespace sinter::test {
namespace {

/// F throws shape_error with a message that has all of `words`, and leaves o as it was.
template <class Out, class F>
void refused(Out& o, F f, std::initializer_list<char const*> words) {
    std::vector<double> const before = values_of(o);
    std::string message;
    try {
        f();
    } catch (shape_error const& error) {
        message = error.what();
        static_assert(std::is_base_of_v<std::invalid_argument, shape_error>);
    }
    BOOST_CHECK(!message.empty());
    for (char const* word : words)
        BOOST_CHECK_MESSAGE(message.find(word) != std::string::npos, '"' << word << "\" is not in: " << message);
    BOOST_CHECK(values_of(o) == before);
}

BOOST_AUTO_TEST_CASE(operands) {
    generator g(seed());
    auto o = make<matrix<float>>(g, -1, 1, 4, 6), a = make<matrix<float>>(g, -1, 1, 4, 5), b = make<matrix<float>>(g, -1, 1, 7, 6);
    auto v = make<vector<float>>(g, -1, 1, 5), w = make<vector<float>>(g, -1, 1, 6);
    refused(o, [&] { o = a * b; }, {"5", "7"});
    refused(o, [&] { o = o + v; }, {"6", "5"});
    refused(o, [&] { o = softmax(a * transpose(b)) * o; }, {"5", "6"});
    refused(o, [&] { o = layer_norm(o, w, v, 1e-5); }, {"6", "5"});
    refused(o, [&] { o += o * a; }, {"6", "4"});
    refused(w, [&] { w = a * w; }, {"5", "6"});
}

BOOST_AUTO_TEST_CASE(result) {
    generator g(seed());
    auto o = make<matrix<float>>(g, -1, 1, 4, 6), a = make<matrix<float>>(g, -1, 1, 4, 5), b = make<matrix<float>>(g, -1, 1, 5, 7);
    auto w = make<vector<float>>(g, -1, 1, 6);
    refused(o, [&] { o = a * b; }, {"4", "6", "7"});
    refused(o, [&] { o = a + 1; }, {"4", "5", "6"});
    refused(o, [&] { o -= a; }, {"5", "6"});
    refused(w, [&] { w = sum(o, axis<1>); }, {"4", "6"});
    // a result does not stretch to an output that is larger
    auto r = make<matrix<float>>(g, -1, 1, 1, 6);
    refused(o, [&] { o = 2 * r; }, {"1", "4"});
}

BOOST_AUTO_TEST_CASE(bounds_of_slices) {
    generator g(seed());
    auto x = make<matrix<float>>(g, -1, 1, 4, 6);
    auto o = make<vector<float>>(g, -1, 1, 6);
    refused(o, [&] { o = row(x, 4) + 0; }, {"4"});
    auto p = make<matrix<float>>(g, -1, 1, 3, 6);
    refused(p, [&] { p = rows(x, 2, 3) + 0; }, {"4"});
    o = row(x, 3) + 0;
    for (int j = 0; j < 6; ++j) BOOST_CHECK_EQUAL(o(j), x(3, j));
}

BOOST_AUTO_TEST_CASE(empty_extents) {
    matrix<float> a(0, 5), b(5, 0), c(0, 0), o(5, 5);
    vector<float> z(0), s(5);
    verify("(0,5)*(5,0)", a * b, c, near<float>());
    verify("(5,0)*(0,5)", b * a, o, near<float>());
    verify("0-vector", exp(z) + 1, vector<float>(0), near<float>());
    verify("sum to (5)", sum(a, axis<0>), s, near<float>());
    verify("softmax of nothing", softmax(b), matrix<float>(5, 0), near<float>());
    verify("mean of nothing", mean(a, axis<0>), s, near<float>());
    verify("norm of nothing", norm(a), tensor<float>(), near<float>());
}

BOOST_AUTO_TEST_CASE(extents_of_one) {
    generator g(seed());
    auto a = make<matrix<float>>(g, -1, 1, 1, 1), row_of = make<matrix<float>>(g, -1, 1, 1, 9), column = make<matrix<float>>(g, -1, 1, 9, 1);
    verify("1 by 1", softmax(a * transpose(a)) * a, matrix<float>(1, 1), near<float>());
    verify("row + column", row_of + column, matrix<float>(9, 9), near<float>());
    verify("column*row", column * row_of, matrix<float>(9, 9), near<float>());
    verify("row*column", row_of * column, matrix<float>(1, 1), near<float>());
    verify("softmax of one", softmax(column), matrix<float>(9, 1), near<float>());
    verify("variance of one", variance(column, axis<1>), vector<float>(9), near<float>());
}

}  // namespace
}  // namespace sinter::test
