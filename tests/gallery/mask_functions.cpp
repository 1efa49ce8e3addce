// SPDX-License-Identifier: BSL-1.0
// Masks of functions, truths and random parameters: what is left out does not count, whatever the mask.
#include "support/masks.hpp"

namespace sinter::test {
namespace {

/// Thresholds lie beside what the functions give for whole numbers, since there a float may be on the other side.
BOOST_AUTO_TEST_CASE(of_functions) {
    generator g(seed());
    for (auto [n, m] : scores_sizes) {
        operands const x(g, n, m);
        auto const d = coord<-2> - coord<-1>;
        attend("sqrt", x, sqrt(abs(d)) < 3.3f);
        weigh("sqrt of what may be negative", x, sqrt(d) < 3.3f);
        weigh("no sqrt of what may be negative", x, !(sqrt(d) >= 3.3f));
        weigh("log", x, log(d) < 2.2f);
        weigh("log2", x, log2(1 + abs(d)) < 4.51f);
        attend("exp", x, exp(-abs(d) / 50.0f) > 0.301f);
        weigh("tanh", x, tanh(d / 40.0f) <= 0.713f);
        weigh("sigmoid", x, sigmoid(d / 40.0f) > 0.313f);
        weigh("rsqrt", x, rsqrt(abs(d) - 0.5f) > 0.101f);
        weigh("sign", x, sign(d) >= 0);
        weigh("relu", x, relu(-d) < 1);
        attend("blocks", x, equal(round((coord<-1> + 0.2f) / 20), round((coord<-2> + 0.2f) / 20)));
    }
}

BOOST_AUTO_TEST_CASE(of_truths) {
    generator g(seed());
    for (auto [n, m] : scores_sizes)
        for (size const run : {size(1), size(90), size(1000)}) {
            operands const x(g, n, m);
            vector<bool> of_key(m), of_row(n);
            bool now = false;
            for (size j = 0; j < m; ++j) of_key(j) = now = j % run == 0 ? g.below(2) != 0 : now;
            for (size i = 0; i < n; ++i) of_row(i) = now = i % run == 0 ? g.below(2) != 0 : now;
            matrix<bool> some(n, m);
            for (auto& b : some) b = g.below(3) != 0;
            weigh("of keys", x, of_key);
            weigh("of rows", x, expand<1>(of_row));
            attend("of both", x, expand<1>(of_row) && of_key);
            weigh("not", x, !of_key);
            weigh("beside a matrix", x, of_key || some);
            auto const s = x.q * transpose(x.k);
            matrix<float> o(n, 2);
            verify("added", softmax(s + where(of_key, 0.0f, -infinity<float>)) * x.v, o, near<float>(m));
            verify("the other way round", softmax(where(of_key, -infinity<float>, s)) * x.v, o, near<float>(m));
            verify("factor", (sigmoid(s) % of_key) * x.v, o, near<float>(m));
            verify("of a factor", where(of_key, sigmoid(s), 0.0f) * x.v, o, near<float>(m));
            verify("asked twice", where(of_key, sigmoid(s), where(of_key, 1.0f, 0.0f)) * x.v, o, near<float>(m));
            verify("asked and a factor", (where(of_key, sigmoid(s), 0.0f) % of_key) * x.v, o, near<float>(m));
        }
}

BOOST_AUTO_TEST_CASE(of_numbers) {
    generator g(seed());
    for (auto [n, m] : scores_sizes) {
        operands const x(g, n, m);
        auto const s = x.q * transpose(x.k);
        auto const d = coord<-2> - coord<-1>;
        matrix<float> o(n, 2);
        verify("log of a mask", softmax(s + log(cast<float>(coord<-1> <= coord<-2>))) * x.v, o, near<float>(m));
        verify("cast", softmax(where(cast<bool>(relu(d)), s, -infinity<float>)) * x.v, o, near<float>(m));
        verify("decaying", (s % where(coord<-1> <= coord<-2>, exp(-d / 8.0f), 0.0f)) * x.v, o, near<float>(m));
        verify("function of a mask", tanh(s % (coord<-1> <= coord<-2>)) * x.v, o, near<float>(m));
        verify("root of what fades", (s % sqrt(max(0, 1 - abs(d) / 8))) * x.v, o, near<float>(m));
        verify("smallest", softmax(min(s, where(coord<-1> < 40, infinity<float>, -infinity<float>))) * x.v, o, near<float>(m));
    }
}

/// Ranges of keys, as data, with numbers that are none and infinities among them.
BOOST_AUTO_TEST_CASE(of_random_numbers) {
    generator g(seed());
    for (int round = 0; round < 40; ++round) {
        size const n = 1 + g.below(40), m = 1 + g.below(400);
        operands const x(g, n, m);
        vector<float> of_row(n), of_key(m);
        auto const number = [&](size i, size run) {
            if (g.below(60) == 0) return std::numeric_limits<float>::quiet_NaN();
            if (g.below(30) == 0) return g.below(2) ? infinity<float> : -infinity<float>;
            return float(i / run) - float(g.below(2));
        };
        for (size i = 0; i < n; ++i) of_row(i) = number(i, 8);
        for (size j = 0; j < m; ++j) of_key(j) = number(j, 60);
        auto const row = expand<1>(of_row);
        weigh("=", x, equal(row, of_key));
        attend("window", x, abs(row - of_key) <= 1);
        weigh("roots", x, sqrt(of_key) < sqrt(row) + 0.1f);
        weigh("exponentials", x, exp2(of_key) * 2.1f >= exp2(row) || coord<-1> < 3);
        attend("choice", x, where(of_key > row, of_key < 3, of_key % row >= 0));
        weigh("extremes", x, max(of_key, row) > 1 && min(of_key, row) < 3);
    }
}

}  // namespace
}  // namespace sinter::test
