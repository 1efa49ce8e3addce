// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/graph/chain.hpp>
#include <sinter/graph/compose.hpp>

/// Products of matrices as maps and reductions, over any semiring.
namespace sinter::ir {

template <class Builder>
class products {
  public:
    constexpr explicit products(Builder& builder) : b(builder) {}

    /// A product. Its order is ours: from the right where it ends in a vector, else from the left, so that no product
    /// of two matrices has to be kept whole.
    constexpr int element(int t, place const& at) {
        chain c;
        factors_of(b.f, b.f.terms[t], t, c);
        if (c.size < 3) return contraction(b.f.terms[t], at);
        index const row = b.f.terms[c.factor[0]].rank == 2 ? at.at[0] : index{};
        index const col = b.f.terms[c.factor[c.size - 1]].rank == 2 ? at.at[at.rank - 1] : index{};
        return chained(b.f.terms[t], c, 0, c.size, row, col);
    }

  private:
    Builder& b;

    /// Element (row, col) of the product of factors [from, to).
    constexpr int chained(term const& x, chain const& c, int from, int to, index row, index col) {
        term const& first = b.f.terms[c.factor[from]];
        term const& last = b.f.terms[c.factor[to - 1]];
        if (to - from == 1)
            return c.turned[from] ? b.element(c.factor[from], cell(first, from == 0, col, row))
                                  : b.element(c.factor[from], cell(first, from == 0, row, col));
        bool const from_right = last.rank == 1;
        int const cut = from_right ? from + 1 : to - 1;
        term const& before = b.f.terms[c.factor[cut - 1]];
        int const extent = before.extent[c.turned[cut - 1] ? 0 : before.rank - 1];
        axes const free = axes_of(row) | axes_of(col);
        int const k = b.axis_for(extent, free);
        index const inner = b.along(k);
        b.enter(k, extent, free);
        int const left = chained(x, c, from, cut, row, inner);
        int const right = chained(x, c, cut, to, inner, col);
        b.leave();
        return summed(x, k, left, right);
    }

    constexpr place cell(term const& x, bool first, index row, index col) const {
        place p;
        p.rank = x.rank;
        if (x.rank == 2) p.at[0] = row, p.at[1] = col;
        else p.at[0] = first ? col : row;
        for (int d = 0; d < p.rank; ++d)
            if (b.f.extents[x.extent[d]].known() == 1) p.at[d] = index{};
        return p;
    }

    /// NumPy's matmul, over any semiring: Σ_k a(…,i,k) · b(…,k,j)
    constexpr int contraction(term const& x, place const& at) {
        term const& u = b.f.terms[x.arg[0]];
        term const& v = b.f.terms[x.arg[1]];
        int const extent = u.extent[u.rank - 1];
        axes const free = Builder::axes_of(at);
        int const k = b.axis_for(extent, free);
        int const rows = u.rank >= 2, cols = v.rank >= 2;
        place p, q;
        p.rank = u.rank;
        q.rank = v.rank;
        int const batch = at.rank - rows - cols;
        for (int d = 0, o = batch - (u.rank - 2); d < u.rank - 2; ++d) p.at[d] = b.met(at.at[o + d], x.extent[o + d], u.extent[d]);
        for (int d = 0, o = batch - (v.rank - 2); d < v.rank - 2; ++d) q.at[d] = b.met(at.at[o + d], x.extent[o + d], v.extent[d]);
        if (rows) p.at[u.rank - 2] = at.at[batch];
        p.at[u.rank - 1] = b.along(k);
        q.at[cols ? v.rank - 2 : 0] = b.along(k);
        if (cols) q.at[v.rank - 1] = at.at[at.rank - 1];
        for (int d = 0; d < u.rank; ++d)
            if (b.f.extents[u.extent[d]].known() == 1) p.at[d] = index{};
        for (int d = 0; d < v.rank; ++d)
            if (b.f.extents[v.extent[d]].known() == 1) q.at[d] = index{};
        b.enter(k, extent, free);
        int const left = b.element(x.arg[0], p), right = b.element(x.arg[1], q);
        b.leave();
        return summed(x, k, left, right);
    }

    /// What the product x adds up along axis k: left · right, in its own way of adding and multiplying.
    constexpr int summed(term const& x, int k, int left, int right) {
        bool const user = x.op == op::user;
        int const body = user ? b.make.raw(x.op, x.type, x.slot, left, right) : b.make.map(x.op, x.type, left, right);
        return b.make.reduction(x.reduction, x.type, user ? x.slot - 1 : x.slot, &k, 1, body);
    }
};

}  // namespace sinter::ir
