// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/capture/formula.hpp>
#include <sinter/graph/bounds.hpp>
#include <sinter/graph/direction.hpp>
#include <sinter/graph/plain_kinds.hpp>
#include <sinter/graph/graph.hpp>

/// Which axis becomes SIMD lanes, and which axes of the result are loops around everything else.
namespace sinter::ir {

/// The nodes that a node is made of, itself included. Arguments stand before their users, so one sweep downwards does.
template <class Graph, class Cut>
constexpr void mark_cone(Graph const& g, int from, bool* mark, Cut cut) {
    mark[from] = true;
    for (int i = from; i >= 0; --i) {
        if (!mark[i] || (i != from && cut(i))) continue;
        auto const& x = g.nodes[i];
        for (int a = 0; a < x.arity; ++a) mark[x.arg[a]] = true;
    }
}

template <class Graph>
struct survey {
    static constexpr int n = Graph::capacity;
    bool live[n] = {};
    axes output = 0;             ///< the axes of the result
    axes outer = 0;              ///< those that are loops around the lanes
    axes orders = 0;             ///< those along which a reduction orders what it keeps: they are innermost
    axes carried = 0;            ///< those along which a reduction goes on from what it was at the index before
    axes walked = 0;             ///< the axes of these reductions
    int lane = -1;               ///< the axis of the lanes
    bool contracts = false;      ///< there is a reduction whose operands are used again and again

    /// Whether one of the loops over the result, outermost first, has iterated just these axes (see sweep_maker::nest_result).
    constexpr bool iterates(Graph const& g, axes wanted) const {
        axes done = 0;
        bool found = done == wanted;
        auto const visit = [&](int a) {
            done |= bit(a);
            found = found || done == wanted;
        };
        for_each(g, outer, visit);
        if (has(output, lane)) visit(lane);
        for_each(g, output & ~outer & ~bit(lane), visit);
        return found;
    }

    /// Calls f with axes of the result, in its order, but those last that are orders.
    template <class F>
    constexpr void for_each(Graph const& g, axes of, F f) const {
        for (bool const order : {false, true})
            for (int d = 0; d < g.out_rank; ++d)
                if (has(of, g.out[d]) && has(orders, g.out[d]) == order) f(g.out[d]);
    }
};

constexpr axes axes_of(result const& r) {
    axes set = 0;
    for (int d = 0; d < r.rank; ++d) set |= bit(r.out[d]);
    return set;
}

/// The axes of the operands and reductions that a body is made of. What is computed from an index is loaded from nowhere.
template <class Graph>
constexpr int operands_of(Graph const& g, int body, axes* sets) {
    bool mark[Graph::capacity] = {};
    mark_cone(g, body, mark, [&](int i) { return g.nodes[i].is_reduce(); });
    int found = 0;
    for (int i = 0; i <= body && found < 32; ++i)
        if (mark[i] && (g.nodes[i].is_reduce() || (g.nodes[i].is_leaf() && g.nodes[i].from == source::operand))) sets[found++] = g.nodes[i].axes;
    if (g.nodes[body].is_reduce()) sets[0] = g.nodes[body].axes, found = 1;
    return found;
}

/// The axes of a reduction that are varied by one operand but not by another, and conversely: a register tile over
/// two of them uses each loaded value several times.
template <class Graph>
constexpr axes reused_axes(Graph const& g, vertex const& r) {
    axes sets[32] = {};
    int const found = operands_of(g, r.arg[0], sets);
    axes result = 0;
    for (int i = 0; i < found; ++i)
        for (int j = 0; j < i; ++j) {
            axes const mine = sets[i] & ~sets[j] & r.axes, others = sets[j] & ~sets[i] & r.axes;
            if (mine && others) result |= mine | others;
        }
    return result;
}

template <class Graph, int N>
class surveyor {
  public:
    constexpr surveyor(Graph const& graph, formula<N> const& formula) : g(graph), f(formula) {}

    /// `lane`: the axis of the lanes of contractions; −1: what is most likely.
    constexpr survey<Graph> look(int lane) {
        for (int i = 0; i < g.results; ++i)
            if (g.result[i].root >= 0) mark_cone(g, g.result[i].root, s.live, [](int) { return false; });
        for (int d = 0; d < g.out_rank; ++d) s.output |= bit(g.out[d]);
        for (int i = 0; i < g.size; ++i)
            if (s.live[i]) look_at(g.nodes[i]);
        s.lane = lane_of_contractions();
        s.contracts = s.lane >= 0;
        if (s.contracts && lane >= 0) s.lane = lane;
        if (s.lane < 0) s.lane = contiguous_axis();
        s.outer = outer_axes();
        if (s.contracts && last_output() >= 0 && !has(s.output, s.lane) && !stands_outside(last_output())) {
            s.lane = last_output();     // the contractions are in rows that stand before the result
            s.outer = outer_axes();
        }
        return s;
    }

  private:
    Graph const& g;
    formula<N> const& f;
    survey<Graph> s{};

    constexpr void look_at(vertex const& x) {
        s.orders |= bit(x.order_axis());
        axes const along = carried_along(x);
        s.carried |= along;
        if (along) s.walked |= bit(x.axis);
    }

    /// The axes along which a reduction only ever takes in more of the same: ⊕ over k of (k ≤ i ? x(k) : what changes nothing).
    constexpr axes carried_along(vertex const& r) const {
        if (!r.is_reduce() || !g.nodes[r.arg[0]].is_map(op::select)) return 0;
        auto const& x = g.nodes[r.arg[0]];
        if (!g.nodes[x.arg[2]].is_constant(identity_of<double>(r.combine))) return 0;
        if (!is_whole(g, x.arg[0]) || directions<Graph>(g, r.axis)[x.arg[0]] != direction::falls) return 0;
        axes result = 0;
        for (int a = 0; a < g.axes_size; ++a) {
            if (!has(r.axes & ~g.nodes[x.arg[1]].axes, a)) continue;
            if (directions<Graph>(g, a)[x.arg[0]] == direction::rises) result |= bit(a);
        }
        return result;
    }

    constexpr int last_output() const {
        for (int d = g.out_rank - 1; d >= 0; --d)
            if (g.out[d] >= 0 && !has(s.orders, g.out[d])) return g.out[d];
        return -1;
    }

    /// Of contractions that use what they read again along an axis of the result, if there are such: others are in rows in front of it.
    constexpr int lane_of_contractions() const {
        int const lane = lane_of_those(s.output);
        return lane >= 0 ? lane : lane_of_those(~axes{0});
    }

    constexpr int lane_of_those(axes along) const {
        axes common = ~axes{0}, all = 0;
        for (int i = 0; i < g.size; ++i) {
            if (!s.live[i] || !g.nodes[i].is_reduce()) continue;
            axes const reused = reused_axes(g, g.nodes[i]);
            if (!(reused & along)) continue;
            common &= reused;
            all |= reused;
        }
        if (!all) return -1;
        for (axes const candidates : {common, all & s.output, all})
            if (candidates & ~s.orders) return most_reduced_over(candidates & ~s.orders);
        return -1;
    }

    /// Of some axes, the one on which most reductions depend; where that is a tie one along which something that is reduced lies, or the
    /// last axis of the result.
    constexpr int most_reduced_over(axes candidates) const {
        int best = -1, best_score = -1;
        bool reduced[Graph::capacity] = {};
        mark_reduced(reduced);
        for (int a = 0; a < g.axes_size; ++a) {
            if (!has(candidates, a)) continue;
            int score = 0;
            bool lies = false;
            for (int i = 0; i < g.size; ++i) {
                if (s.live[i] && g.nodes[i].is_reduce() && has(g.nodes[i].axes, a)) score += 64;
                lies = lies || (reduced[i] && g.nodes[i].lies_along(a));
            }
            if (lies) score += 16;
            for (int d = 0; d < g.out_rank; ++d)
                if (g.out[d] == a) score += 1 + d;
            if (score > best_score) best = a, best_score = score;
        }
        return best;
    }

    /// Without contractions: the axis along which most operands lie in memory.
    constexpr int contiguous_axis() const {
        int votes[Graph::max_axes] = {};
        for (int i = 0; i < g.size; ++i) {
            auto const& x = g.nodes[i];
            if (!s.live[i] || !x.is_leaf() || x.from != source::operand || x.rank == 0) continue;
            auto const& last = x.at[x.rank - 1];
            for (int const a : {int{last.axis}, int{last.second.axis}})
                if (x.lies_along(a)) votes[a] += 2 * count(x.axes);
        }
        int best = last_output();
        if (best >= 0 && (votes[best] >= 4 || has(s.carried, best))) return best;
        for (int a = 0; best < 0 && a < g.axes_size; ++a)
            if (has(s.carried, a)) return a;
        if (best >= 0) ++votes[best];
        for (int a = 0; a < g.axes_size; ++a)
            if (votes[a] > 0 && !has(s.orders | s.walked, a) && (best < 0 || votes[a] > votes[best])) best = a;
        return best;
    }

    constexpr axes outer_axes() const {
        axes result = 0;
        for (int d = 0; d < g.out_rank; ++d) {
            int const a = g.out[d];
            if (a < 0 || a == s.lane) continue;
            if (!has(s.output, s.lane) || stands_outside(a)) result |= bit(a);
        }
        return result;
    }

    /// Marks what live reductions are made of.
    constexpr void mark_reduced(bool* reduced) const {
        for (int i = g.size - 1; i >= 0; --i)
            if (s.live[i] && (g.nodes[i].is_reduce() || reduced[i]))
                for (int k = 0; k < g.nodes[i].arity; ++k) reduced[g.nodes[i].arg[k]] = true;
    }

    /// Every reduction depends on the axis, and no operand in lanes would be read again for each of its indices.
    constexpr bool stands_outside(int a) const {
        if (has(s.orders | s.carried, a)) return false;
        bool reduced[Graph::capacity] = {};
        mark_reduced(reduced);
        for (int i = 0; i < g.size; ++i) {
            auto const& x = g.nodes[i];
            if (!s.live[i]) continue;
            if (x.is_reduce() && !has(x.axes, a)) return false;
            bool const lane_leaf = x.is_leaf() && x.from == source::operand && has(x.axes, s.lane);
            if (s.contracts && reduced[i] && lane_leaf && !has(x.axes, a)) return false;
        }
        return true;
    }
};

template <class Graph, int N>
constexpr survey<Graph> look(Graph const& g, formula<N> const& f, int lane) {
    surveyor<Graph, N> s(g, f);
    return s.look(lane);
}

}  // namespace sinter::ir
