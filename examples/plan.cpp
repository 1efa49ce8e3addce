// SPDX-License-Identifier: BSL-1.0
//
// What a program can ask before it runs: how many passes, how many temporaries, which loops, and a drawing.

#include <sinter/notation.hpp>
#include <sinter/sinter.hpp>

#include <cmath>
#include <iostream>
#include <string>

int main() {
    using namespace sinter::notation;
    using std::sqrt;
    sinter::matrix<float> const Q(512, 64), K(512, 64), V(512, 64);
    float const d = 64;

    auto const e = sinter::require_fused(softmax(Q*K^T/sqrt(d))*V);      // would not compile if it could not be fused
    auto const plan = sinter::plan(e);
    std::cout << "O = softmax(Q*K^T/sqrt(d))*V with 512 tokens, d = 64\n"
              << "temporaries: " << plan.temporaries << "\npasses:      " << plan.passes
              << "\nflops:       " << plan.flops() << "\nbytes:       " << plan.bytes() << "\n\n"
              << sinter::explain(e) << '\n';

    // The weights written to memory first: a temporary, because it was asked for.
    auto const stored = sinter::plan(materialize(softmax(Q*K^T/sqrt(d)))*V);
    std::cout << "with materialize(softmax(...)) the plan has " << stored.temporaries << " temporary\n\n";

    std::string const dot(sinter::to_dot(e));
    std::cout << "the graph, for `dot -Tsvg`:\n" << dot << '\n';

    bool const right = plan.temporaries == 0 && stored.temporaries == 1 && plan.flops() > 0 && plan.bytes() > 0 &&
                       dot.find("digraph") != dot.npos;
    return right ? 0 : 1;
}
