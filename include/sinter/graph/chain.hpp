// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/capture/formula.hpp>

/// A product of products, as the list of its factors.
namespace sinter::ir {

struct chain {
    static constexpr int most = 32;
    int factor[most] = {};    ///< terms
    bool turned[most] = {};   ///< which stand transposed
    int size = 0;
};

/// Whether a term multiplies and adds as the product `p` does. A user's semiring is equal to itself only.
constexpr bool multiplies_as(term const& x, term const& p) {
    return x.what == form::matmul && x.op == p.op && x.reduction == p.reduction && x.slot == p.slot;
}

/// The factors of the product `p` = A·B·C…, all matrices but for vectors at the very ends. (A·B)ᵀ is Bᵀ·Aᵀ. `others` still
/// follow, and have room.
template <int N>
constexpr void factors_of(formula<N> const& f, term const& p, int t, chain& c, bool at_start = true, bool at_end = true,
                          bool turned = false, int others = 0) {
    term const& x = f.terms[t];
    bool const swaps = x.what == form::permute && x.rank == 2 && x.order[0] == 1;
    if (swaps && multiplies_as(f.terms[x.arg[0]], p)) return factors_of(f, p, x.arg[0], c, at_start, at_end, !turned, others);
    bool splits = multiplies_as(x, p) && x.rank <= 2 && c.size + others + 2 <= chain::most;
    if (splits) {
        int const left = f.terms[x.arg[0]].rank, right = f.terms[x.arg[1]].rank;
        splits = left <= 2 && right <= 2 && (left == 2 || right == 2) && (left == 2 || at_start) && (right == 2 || at_end);
    }
    if (!splits) {
        c.turned[c.size] = turned;
        c.factor[c.size++] = t;
        return;
    }
    factors_of(f, p, x.arg[turned], c, at_start, false, turned, others + 1);
    factors_of(f, p, x.arg[!turned], c, false, at_end, turned, others);
}

}  // namespace sinter::ir
