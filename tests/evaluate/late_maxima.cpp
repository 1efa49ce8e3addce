// SPDX-License-Identifier: BSL-1.0
// Softmax and its like, written out: rows that begin, or consist, of what the maximum does not count. What a block of −∞ adds up is
// NaN until the first finite score, and then nothing.
#include "support/types.hpp"

namespace sinter::test {
namespace {

/// Around the blocks in which keys are streamed.
constexpr std::array<size, 8> first_scores{0, 1, 40, 95, 96, 97, 192, 200};
constexpr size keys = 200;

constexpr auto weights_of = [](auto s) { return exp(s - amax(s, axis<1>, keep)); };
constexpr auto totals = fn([](auto q, auto k, auto b) { return sum(weights_of(q * transpose(k) + b), axis<1>); });
constexpr auto attend = fn([](auto q, auto k, auto b, auto v) {
    auto w = weights_of(q * transpose(k) + b);
    return w * v / sum(w, axis<1>, keep);
});
constexpr auto powers = fn([](auto q, auto k, auto b) {
    auto s = q * transpose(k) + b;
    return sum(exp2(s - amax(s, axis<1>, keep)), axis<1>);
});
constexpr auto of_minima = fn([](auto q, auto k, auto b) {
    auto s = q * transpose(k) - b;
    return sum(exp(amin(s, axis<1>, keep) - s), axis<1>);
});
/// e^{2(s−m)}, from two references.
constexpr auto squares = fn([](auto q, auto k, auto b) {
    auto w = weights_of(q * transpose(k) + b);
    return sum(w % w, axis<1>);
});
constexpr auto logarithms = fn([](auto q, auto k, auto b) {
    auto s = q * transpose(k) + b;
    return log(sum(exp(s - amax(s, axis<1>, keep)), axis<1>)) + amax(s, axis<1>);
});
constexpr auto windowed = fn([](auto q, auto k, auto v, auto most) {
    auto s = where(coord<-1> > coord<-2> + most, q * transpose(k), -infinity<float>);
    auto w = exp(s - amax(s, axis<1>, keep));
    return w * v / sum(w, axis<1>, keep);
});

template <class T>
void all_of(generator& g, size rows) {
    auto const q = make<matrix<T>>(g, -1, 1, rows, 5), k = make<matrix<T>>(g, -1, 1, keys, 5), v = make<matrix<T>>(g, -1, 1, keys, 7);
    for (size const from : first_scores) {
        matrix<T> b(rows, keys);
        for (size i = 0; i < rows; ++i)     // neighbours begin elsewhere, and the last row with the first key
            for (size j = 0; j < from && i + 1 < rows; ++j) b(i, j) = j + i % 3 < from ? -infinity<T> : T(0);
        vector<T> o(rows);
        closeness const close = near<T>(keys);
        verify("sum of weights", totals(q, k, b), o, close);
        verify("weighted mean", attend(q, k, b, v), matrix<T>(rows, 7), close);
        verify("powers of two", powers(q, k, b), o, close);
        verify("under a minimum", of_minima(q, k, b), o, close);
        verify("two references", squares(q, k, b), o, close);
        verify("logarithm", logarithms(q, k, b), o, close);
    }
}

BOOST_AUTO_TEST_CASE_TEMPLATE(rows_that_begin_with_nothing, T, real_types) {
    generator g(seed());
    for (size const rows : {1, 3, 16, 70}) all_of<T>(g, rows);
}

/// The rows of one tile begin at different keys.
BOOST_AUTO_TEST_CASE(windows_written_out) {
    generator g(seed());
    auto const q = make<matrix<float>>(g, -1, 1, 190, 5), k = make<matrix<float>>(g, -1, 1, keys, 5), v = make<matrix<float>>(g, -1, 1, keys, 7);
    for (int const most : {-30, 0, 8}) verify("window", windowed(q, k, v, most), matrix<float>(190, 7), near<float>(keys));
}

}  // namespace
}  // namespace sinter::test
