// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/capture/formula.hpp>

/// A product of products, as the list of its factors.
namespace sinter::ir {

struct chain {
    int factor[32] = {};    ///< terms
    bool turned[32] = {};   ///< which stand transposed
    int size = 0;
};

/// The factors of A·B·C…, all matrices but for vectors at the very ends. (A·B)ᵀ is Bᵀ·Aᵀ.
template <int N>
constexpr void factors_of(formula<N> const& f, int t, chain& c, bool at_start = true, bool at_end = true, bool turned = false) {
    term const& x = f.terms[t];
    bool const swaps = x.what == form::permute && x.rank == 2 && x.order[0] == 1;
    if (swaps && f.terms[x.arg[0]].what == form::matmul) return factors_of(f, x.arg[0], c, at_start, at_end, !turned);
    bool splits = x.what == form::matmul && x.rank <= 2 && c.size < 24;
    if (splits) {
        int const left = f.terms[x.arg[0]].rank, right = f.terms[x.arg[1]].rank;
        splits = left <= 2 && right <= 2 && (left == 2 || right == 2) && (left == 2 || at_start) && (right == 2 || at_end);
    }
    if (!splits) {
        c.turned[c.size] = turned;
        c.factor[c.size++] = t;
        return;
    }
    factors_of(f, x.arg[turned], c, at_start, false, turned);
    factors_of(f, x.arg[!turned], c, false, at_end, turned);
}

}  // namespace sinter::ir
