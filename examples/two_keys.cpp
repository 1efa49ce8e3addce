// SPDX-License-Identifier: BSL-1.0
//
// The smallest attention that shows something: one query, two keys. The scores are 1 and 0, over √2; the weights that
// softmax makes of them mix the values 2 and 3.

#include <sinter/notation.hpp>
#include <sinter/sinter.hpp>

#include <cmath>
#include <cstdio>

int main() {
    using namespace sinter::notation;           // T: Q*K^T is Q times the transpose of K
    using std::sqrt;

    sinter::matrix<float> const Q{{1, 0}};              // (1,2)
    sinter::matrix<float> const K{{1, 2}, {0, 1}};      // (2,2)
    sinter::matrix<float> const V{{2}, {3}};            // (2,1)
    float const d = 2;

    sinter::matrix<float> W(1, 2), O(1, 1);
    W = softmax(Q*K^T/sqrt(d));
    O = softmax(Q*K^T/sqrt(d))*V;

    std::printf("weights %.4f and %.4f\noutput  %.4f = %.4f * 2 + %.4f * 3\n", double(W(0, 0)), double(W(0, 1)),
                double(O(0, 0)), double(W(0, 0)), double(W(0, 1)));
    auto const near = [](float got, double expected) { return std::abs(double(got) - expected) < 0.00005; };
    return near(W(0, 0), 0.6698) && near(W(0, 1), 0.3302) && near(O(0, 0), 2.3302) ? 0 : 1;
}
