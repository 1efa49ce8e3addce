// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/graph/algebra.hpp>

/// Reductions of one axis that depend on each other, in one pass. Given running values y of some reductions over an axis,
/// a sum Σ F(x; y) can run beside them when F(x; y) = G(x)·H(y): whenever y moves, the sum so far is multiplied with
/// H(new)/H(old). The test is syntactic: it walks the formula of F and returns that ratio as a formula, or says that
/// there is none. A sum of w(x; y)·(g(x) + h(y)) has no ratio, but when h moves by δ, what is missing is δ·Σ w, and Σ w can
/// run in the same pass. (See docs/fusion.md.)
namespace sinter::ir {

template <class Graph>
class cascade {
  public:
    /// `running`: the reductions over `axis` that run in the same pass, as bits of graph::reduction.
    constexpr cascade(Graph& graph, int axis, std::uint64_t running) : g(graph), make{graph}, axis(axis), running(running) {}

    static constexpr int barrier = -1;

    /// H(new)/H(old) of a summand; the constant 1 where it does not depend on running values; `barrier`. Where a maximum was −∞,
    /// every summand so far was NaN, but is 0 now that it is finite: the ratio says by −1 that they are to be forgotten.
    constexpr int ratio_of(int n) {
        forget = -1;
        int const r = ratio(n);
        if (r < 0 || g.nodes[r].is_constant(1)) return r;
        int const q = make.raw(op::bounded, g.nodes[r].type, -1, r);
        return forget < 0 ? q : make.raw(op::afresh, g.nodes[r].type, -1, q, forget);
    }

    /// How a sum of w·(g + h) is repaired: (sum + shift · Σ w) · ratio.
    struct repair {
        int ratio = barrier;   ///< of w
        int shift = barrier;   ///< h(new) − h(old)
        int weights = -1;      ///< the reduction Σ w, which has to run in the same pass
    };
    constexpr repair repair_of(int n) {
        factors f;
        split(n, f);
        if (f.rest < 0 || f.term < 0 || !steady(f.term)) return {};
        int const q = ratio_of(f.rest), d = q < 0 ? barrier : shift(f.term);
        if (d < 0) return {};
        int const sum = make.reduce(monoid::sum, axis, f.rest, g.nodes[n].type);
        return g.nodes[sum].is_reduce() ? repair{q, d, sum} : repair{};
    }

    /// shift · Σ w before the block, where Σ w runs by now; 0 where nothing has been summed yet, and h was not finite.
    constexpr int missing(repair const& r) {
        int const before = former(r.weights), zero = make.constant(0, g.nodes[before].type);
        int const none = make.map(op::equal, dtype::boolean, before, zero);
        return make.map(op::select, g.nodes[before].type, none, zero, make.mul(r.shift, before));
    }

    /// Whether the value changes when a running value does.
    constexpr bool depends(int n) const { return (g.made_of[n] & running) != 0; }

  private:
    Graph& g;
    algebra<Graph> make;
    int axis;
    std::uint64_t running;
    int forget = -1;    ///< −∞ where an exponential of the last ratio came from a reference of −∞; −1: none can

    constexpr bool runs(int n) const { return (g.reduction[n] & running) != 0; }
    constexpr bool row_constant(int n) const { return !has(g.nodes[n].axes, axis); }
    constexpr int one(int n) { return make.constant(1, g.nodes[n].type); }

    /// The value as it was before the block: running values replaced by their former ones.
    constexpr int former(int n) {
        vertex x = g.nodes[n];
        if (runs(n)) {
            vertex p;
            p.from = source::previous;
            p.arity = 1;
            p.arg[0] = static_cast<std::int16_t>(n);
            p.axes = x.axes;
            p.type = x.type;
            return g.add(p);
        }
        if (!x.is_map() || !depends(n)) return n;
        for (int i = 0; i < x.arity; ++i) x.arg[i] = static_cast<std::int16_t>(former(x.arg[i]));
        return g.add(x);
    }

    /// Mode ·: F = G(x)·H(y).
    constexpr int ratio(int n) {
        if (!depends(n)) return one(n);
        vertex const x = g.nodes[n];
        if (row_constant(n) || !x.is_map()) return barrier;   // H itself may be 0 on the way
        int const a = x.arg[0], b = x.arg[1];
        switch (x.op) {
            case op::exp: case op::exp2: {
                int const d = moves(a, false) ? shift(a) : barrier;   // so that the ratio is at most 1
                if (d < 0) return barrier;
                if (may_be_infinite(a)) forget = forget < 0 ? d : make.add(forget, d);
                return make.unary(x.op, d);
            }
            case op::mul: case op::div: {
                int const p = ratio(a), q = p < 0 ? barrier : ratio(b);
                if (q < 0) return barrier;
                return x.op == op::mul ? make.mul(p, q) : make.map(op::div, x.type, p, q);
            }
            case op::neg: return ratio(a);
            case op::abs: case op::sqrt: case op::rsqrt: {
                int const p = ratio(a);
                return p < 0 ? barrier : make.unary(x.op, p);
            }
            case op::pow: {
                int const p = depends(b) || !row_constant(b) ? barrier : ratio(a);
                return p < 0 ? barrier : make.map(op::pow, x.type, p, b);
            }
            case op::add: case op::sub: return equal_or_barrier(ratio(a), ratio(b));
            case op::select: return depends(a) ? barrier : either(b, x.arg[2]);
            default: return barrier;
        }
    }

    constexpr int equal_or_barrier(int p, int q) const { return p == q ? p : barrier; }

    /// Two cases of a choice: the same ratio, or one of them is 0.
    constexpr int either(int a, int b) {
        if (g.nodes[a].is_constant(0)) return ratio(b);
        if (g.nodes[b].is_constant(0)) return ratio(a);
        return equal_or_barrier(ratio(a), ratio(b));
    }

    /// Whether a value only falls (or, with `up`, only rises) while running maxima rise and running minima fall.
    constexpr bool moves(int n, bool up) const {
        vertex const& x = g.nodes[n];
        if (!depends(n)) return true;
        if (runs(n)) return x.combine == (up ? monoid::maximum : monoid::minimum);
        if (!x.is_map()) return false;
        switch (x.op) {
            case op::finite_or_zero: case op::log: return moves(x.arg[0], up);
            case op::neg: return moves(x.arg[0], !up);
            case op::add: return moves(x.arg[0], up) && moves(x.arg[1], up);
            case op::sub: return moves(x.arg[0], up) && moves(x.arg[1], !up);
            case op::select: return !depends(x.arg[0]) && moves(x.arg[1], up) && moves(x.arg[2], up);
            default: return false;
        }
    }

    /// Whether a running value without a guard against infinities takes part.
    constexpr bool may_be_infinite(int n) const {
        vertex const& x = g.nodes[n];
        if (!depends(n) || x.is_map(op::finite_or_zero)) return false;
        if (runs(n) || !x.is_map()) return true;
        for (int i = 0; i < x.arity; ++i)
            if (may_be_infinite(x.arg[i])) return true;
        return false;
    }

    /// Mode +: F = G(x) + H(y); returns H(new) − H(old).
    constexpr int shift(int n) {
        vertex const x = g.nodes[n];
        if (!depends(n)) return make.constant(0, x.type);
        if (row_constant(n)) return direct(n) ? make.sub(n, former(n)) : barrier;
        if (!x.is_map()) return barrier;
        int const a = x.arg[0], b = x.arg[1];
        switch (x.op) {
            case op::add: case op::sub: {
                int const p = shift(a), q = p < 0 ? barrier : shift(b);
                if (q < 0) return barrier;
                if (x.op == op::add) return make.add(p, q);
                return g.nodes[p].is_constant(0) ? make.unary(op::neg, q) : make.sub(p, q);
            }
            case op::neg: {
                int const p = shift(a);
                return p < 0 ? barrier : make.unary(op::neg, p);
            }
            case op::mul: {
                int const varying = depends(a) ? a : b, factor = depends(a) ? b : a;
                if (depends(factor) || !row_constant(factor)) return barrier;
                int const p = shift(varying);
                return p < 0 ? barrier : make.mul(p, factor);
            }
            case op::log: {
                int const p = ratio(a);
                return p < 0 ? barrier : make.raw(op::log, x.type, -1, p);
            }
            case op::select: return depends(a) ? barrier : same_shift(b, x.arg[2]);
            default: return barrier;
        }
    }

    /// Two cases of a choice in mode +: the same shift, or one of them is −∞.
    constexpr int same_shift(int a, int b) {
        double const inf = __builtin_huge_val();
        if (g.nodes[a].is_constant(-inf)) return shift(b);
        if (g.nodes[b].is_constant(-inf)) return shift(a);
        return equal_or_barrier(shift(a), shift(b));
    }

    /// A product, as the one sum or difference in it that depends on running values (−1: none, or several), and the rest.
    struct factors {
        int term = -1, terms = 0, rest = -1;
    };
    constexpr void split(int n, factors& f) {
        vertex const x = g.nodes[n];
        if (x.is_map(op::mul) && holds_term(n)) {
            split(x.arg[0], f);
            split(x.arg[1], f);
        } else if (holds_term(n)) {
            f.term = f.terms++ == 0 ? n : -1;
        } else {
            f.rest = f.rest < 0 ? n : make.mul(f.rest, n);
        }
    }
    constexpr bool holds_term(int n) const {
        vertex const& x = g.nodes[n];
        if (x.is_map(op::mul)) return holds_term(x.arg[0]) || holds_term(x.arg[1]);
        return depends(n) && (x.is_map(op::add) || x.is_map(op::sub));
    }

    /// Whether the part of a term that depends on running values is of its final size from the first block on, so that
    /// moving it loses no digits: extremes, means by the weights of the stream, and logarithms are; a sum is not.
    constexpr bool steady(int n) const {
        vertex const& x = g.nodes[n];
        if (!depends(n)) return true;
        if (runs(n)) return x.combine == monoid::maximum || x.combine == monoid::minimum;
        if (!x.is_map()) return false;
        switch (x.op) {
            case op::log: return true;
            case op::mul:
                if (is_mean(x.arg[0], x.arg[1]) || is_mean(x.arg[1], x.arg[0])) return true;
                [[fallthrough]];
            case op::add: case op::sub: return steady(x.arg[0]) && steady(x.arg[1]);
            case op::neg: case op::finite_or_zero: return steady(x.arg[0]);
            default: return false;
        }
    }

    /// (Σ w·v) · 1/(Σ w), both running.
    constexpr bool is_mean(int sum, int inverse) const {
        vertex const& i = g.nodes[inverse];
        if (!i.is_map(op::inverse_or_zero) || !runs(sum) || !runs(i.arg[0])) return false;
        vertex const &v = g.nodes[sum], &w = g.nodes[i.arg[0]];
        return v.combine == monoid::sum && w.combine == monoid::sum && has_factor(v.arg[0], w.arg[0]);
    }
    constexpr bool has_factor(int n, int factor) const {
        vertex const& x = g.nodes[n];
        return n == factor || (x.is_map(op::mul) && (has_factor(x.arg[0], factor) || has_factor(x.arg[1], factor)));
    }

    /// Running values must be reached through maps only.
    constexpr bool direct(int n) const {
        vertex const& x = g.nodes[n];
        if (runs(n)) return true;
        if (x.is_reduce()) return !depends(n);
        for (int i = 0; i < x.arity; ++i)
            if (!direct(x.arg[i])) return false;
        return true;
    }
};

}  // namespace sinter::ir
