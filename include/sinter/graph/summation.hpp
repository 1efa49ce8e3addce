// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/capture/subscripts.hpp>
#include <sinter/graph/compose.hpp>
#include <sinter/graph/elimination.hpp>

/// An Einstein sum as maps and reductions: the elements of the operands, multiplied and summed out index by index.
namespace sinter::ir {

template <class Builder>
class summation {
  public:
    constexpr summation(Builder& builder, term const& t) : b(builder), x(t), s(subscripts_of(builder.f.terms, t)) {}

    constexpr int element(place const& at) {
        for (int d = 0; d < s.out_rank; ++d) {
            where[s.out[d]] = at.at[d];
            extent[s.out[d]] = x.extent[d];
        }
        elimination const e = order();
        common = e.common;
        for (int i = e.size - 1; i >= 0; --i) bind(e.steps[i]);
        for (int i = 0; i < x.arity; ++i) node[i] = operand(i);
        for (int i = 0; i < bound; ++i) b.leave();
        for (int i = 0; i < e.size; ++i) eliminate(e.steps[i].gone);
        return multiplied(~index_set{0}, true);
    }

  private:
    Builder& b;
    term const& x;
    subscripts s;
    index where[subscripts::count] = {};    ///< the place of each index
    int extent[subscripts::count] = {};     ///< of those of the result
    int node[max_arguments] = {};           ///< the factors; −1: multiplied into another one
    index_set set[max_arguments] = {};      ///< the indices of each
    index_set common = 0;                   ///< the indices along which a panel of intermediates can lie
    int bound = 0;

    constexpr int extent_of(int n) const {
        for (int i = 0; i < x.arity; ++i)
            for (int d = 0; d < s.rank[i]; ++d)
                if (s.index[i][d] == n) return b.f.terms[x.arg[i]].extent[d];
        return -1;
    }

    constexpr elimination order() {
        factor_sets factors;
        index_set result = 0;
        double size[subscripts::count] = {};
        factors.size = x.arity;
        for (int i = 0; i < x.arity; ++i) {
            for (int d = 0; d < s.rank[i]; ++d) set[i] |= one_index(s.index[i][d]);
            factors.set[i] = set[i];
        }
        for (int d = 0; d < s.out_rank; ++d) result |= one_index(s.out[d]);
        for (int n = 0; n < subscripts::count; ++n) {
            int const e = extent_of(n);
            std::size_t const known = e < 0 ? 1 : b.f.extents[e].known();
            size[n] = known == dyn ? nominal_extent : static_cast<double>(known);
        }
        eliminator best(factors, result, size);
        return best.find();
    }

    /// Calls f for indices that are summed out together, the outermost first: the one along which intermediates lie, then as
    /// they stand at the operands.
    template <class F>
    constexpr void outermost_first(index_set of, F f) const {
        in_order(of & common, f);
        in_order(of & ~common, f);
    }

    /// Calls f for the indices of a set in the order in which they stand at the operands.
    template <class F>
    constexpr void in_order(index_set of, F f) const {
        for (int i = 0; i < x.arity; ++i)
            for (int d = 0; d < s.rank[i]; ++d) {
                index_set const here = one_index(s.index[i][d]);
                if (of & here) f(int{s.index[i][d]});
                of &= ~here;
            }
    }

    /// Axes for the indices that are summed out, the outermost first.
    constexpr void bind(elimination::step const& step) {
        axes free = 0;
        in_order(step.left, [&](int n) { free |= axes_of(where[n]); });
        outermost_first(step.gone, [&](int n) {
            int const e = extent_of(n), axis = b.axis_for(e, free);
            b.enter(axis, e, free);
            ++bound;
            free |= bit(axis);
            where[n] = b.along(axis);
        });
    }

    constexpr int operand(int i) {
        term const& a = b.f.terms[x.arg[i]];
        place p;
        p.rank = a.rank;
        for (int d = 0; d < a.rank; ++d) {
            int const n = s.index[i][d];
            if (b.f.extents[a.extent[d]].known() == 1) continue;
            p.at[d] = n < subscripts::letters ? where[n] : b.met(where[n], extent[n], a.extent[d]);
        }
        return b.element(x.arg[i], p);
    }

    /// The product of the factors that contain any of the indices (or of all); it takes the place of the first.
    constexpr int multiplied(index_set any, bool all = false) {
        int product = -1, first = -1;
        for (int i = 0; i < x.arity; ++i) {
            if (node[i] < 0 || !(all || (set[i] & any))) continue;
            product = product < 0 ? node[i] : b.make.map(op::mul, x.type, product, node[i]);
            if (first < 0) first = i;
            else set[first] |= set[i], node[i] = -1;
        }
        node[first] = product;
        return product;
    }

    constexpr void eliminate(index_set gone) {
        int sum = multiplied(gone);
        int axis[subscripts::count] = {}, n = 0;
        outermost_first(gone, [&](int i) { axis[n++] = where[i].axis; });
        sum = b.make.over_all(monoid::sum, axis, n, sum, x.type);
        for (int i = 0; i < x.arity; ++i) {
            if (!(set[i] & gone)) continue;
            if (node[i] >= 0) node[i] = sum;
            set[i] &= ~gone;
        }
    }
};

}  // namespace sinter::ir
