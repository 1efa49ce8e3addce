// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/capture/compute_type.hpp>
#include <sinter/passes/cascade.hpp>
#include <sinter/schedule/carry.hpp>
#include <sinter/schedule/exchange.hpp>
#include <sinter/schedule/lengths.hpp>
#include <sinter/schedule/masks.hpp>
#include <sinter/schedule/strips.hpp>
#include <sinter/schedule/sweeps.hpp>
#include <sinter/schedule/order.hpp>

/// Graph → program. Starting from the store of the result, each value asks for what it is made of:
/// a reduction is placed in the outermost loop where its axes are known, unless that would keep what can stream; a part
/// of a body that is used again and again is computed once, into a buffer of the loop where it varies.
namespace sinter::ir {

template <class Graph, int N>
class scheduler : sweep_maker<Graph> {
    using base = sweep_maker<Graph>;
    using base::p, base::s, base::at, base::add_loop, base::add_step, base::add_buffer, base::innermost_varying, base::varies,
        base::cone_axes, base::kept_along, base::lies_along, base::loop_over, base::computed, base::pack_if_scattered,
        base::keep_scattered_leaves, base::keep_strided_operands, base::keep_converted_operands, base::is_computed_panel,
        base::contiguous_column, base::is_row, base::is_costly, base::row_read_again,
        base::nest_result, base::loops_around, base::last_needed, base::awaits, base::is_awaited, base::with_places, base::keep_beside, base::keep_former,
        base::settle_styles, base::is_in_a_nest, base::tiled_row, base::tiles_for,
        base::row_at_once, base::home_of;

  public:
    constexpr scheduler(Graph const& graph, formula<N> const& formula, int lane) {
        p.graph = graph;
        s = look(p.graph, formula, lane);
        while (leaves_out()) s = look(p.graph, formula, lane);
        computed = compute_type(formula);
    }

    constexpr program<Graph> schedule() {
        int const innermost = nest_result();
        for (int i = 0; i < p.graph.results; ++i) store(i, innermost);
        if (p.graph.results > 1) keep_what_stores_share();
        for (int i = 0, stores = p.steps; i < stores; ++i)
            if (p.step[i].what == step::action::store) prepare(p.step[i].target, p.step[i].home, bit(p.loop[p.step[i].home].axis));
        keep_rows_read_again();
        find_masks(p, computed);
        if (computed == dtype::own) forget_other_masks(p);
        settle_styles();
        exchange_blocks(p);
        find_carries(p);
        make_strips(p);
        shorten_blocks(p);
        order_steps(p);
        return p;
    }

  private:
    /// Of several results: drops one for which no loop iterates just its axes.
    constexpr bool leaves_out() {
        for (int i = 0; i < p.graph.results; ++i) {
            auto const r = p.graph.result[i];
            if (r.root < 0 || s.iterates(p.graph, axes_of(r))) continue;
            p.graph.result[i] = result{};
            return true;
        }
        return false;
    }

    /// A result is stored in the loop that iterates its axes and no others.
    constexpr void store(int i, int innermost) {
        auto const r = p.graph.result[i];
        if (r.root < 0) return;
        int l = innermost;
        axes around = s.output;
        for (; around != axes_of(r); l = p.loop[l].parent) around &= ~bit(p.loop[l].axis);
        add_step(step::action::store, l, r.root, -1).result = static_cast<std::int16_t>(i);
    }

    /// An expensive value that several results of a loop need.
    constexpr void keep_what_stores_share() {
        for (int t = 0, stores = p.steps; t < stores; ++t) {
            if (p.step[t].what != step::action::store || p.loop[p.step[t].home].lane < 0) continue;
            for (int u = 0; u < t; ++u)
                if (p.step[u].what == step::action::store && p.step[u].home == p.step[t].home)
                    keep_common(p.step[t].target, p.step[u].target, p.step[t].home);
        }
    }

    /// Keeps in loop l the expensive maps that two of its values are made of.
    constexpr void keep_common(int n, int m, int l) {
        auto const cut = [&](int i) { return at(i).is_reduce() || p.find(i, l) >= 0; };
        bool mine[Graph::capacity] = {}, other[Graph::capacity] = {};
        mark_cone(p.graph, n, mine, cut);
        mark_cone(p.graph, m, other, cut);
        for (int i = p.graph.size - 1; i >= 0; --i)
            if (mine[i] && other[i] && at(i).is_map() && info(at(i).op).cost >= expensive && varies(i, l) && p.find(i, l) < 0)
                keep(i, l);
    }

    // ---- buffers --------------------------------------------------------------------------------------------------

    /// Masks in formulas of a scalar type of the user's are computed where they are needed, with all below them: buffers hold
    /// numbers of that type, which nothing there has to be.
    constexpr bool stays_apart(int n) const {
        return computed == dtype::own && at(n).is_map() && info(at(n).op).is_mask && p.graph.made_of[n] == 0;
    }

    /// Computes node n once per round of `home` (and of its own inner axes).
    constexpr void keep(int n, int home) {
        int const b = add_buffer(n, home);
        add_step(step::action::compute, home, n, b);
        axes inner = 0;
        for (int i = 0; i < p.buffer[b].rank; ++i) inner |= bit(p.buffer[b].axis[i]);
        if (!at(n).is_map()) return;
        keep_scattered_leaves(n, home);
        for (int a = 0; a < at(n).arity; ++a) prepare(at(n).arg[a], home, inner);
    }

    /// Sees to it that node n can be evaluated in loop l, where the axes of `inner` are iterated.
    constexpr void prepare(int n, int l, axes inner) {
        if (p.find(n, l) >= 0 || stays_apart(n)) return;
        if (at(n).is_leaf()) return pack_if_scattered(n, l);
        if (at(n).is_reduce()) return reduction(n, l);
        int const where = innermost_varying(n, l);
        if (!(at(n).axes & inner) && (where != l || (inner && p.loop[l].reduces))) return keep(n, where);
        for (int a = 0; a < at(n).arity; ++a) prepare(at(n).arg[a], l, inner);
    }

    /// The operands in lanes of a contraction with register axis r: each is used for every index of r, so it is kept.
    constexpr void keep_lane_operands(int n, int l, int r) {
        int const lane = p.loop[l].lane;
        if (!has(at(n).axes, lane) || at(n).is_reduce() || p.find(n, l) >= 0 || stays_apart(n)) return;
        if (has(at(n).axes, r)) {
            for (int a = 0; a < at(n).arity; ++a) keep_lane_operands(at(n).arg[a], l, r);
            return;
        }
        if (at(n).axes == bit(lane)) return;
        int free_of = -1;
        for (int o = l; o > 0 && p.loop[o].how != loop::style::lanes; o = p.loop[o].parent)
            if (!varies(n, o) && !has(s.carried, r)) free_of = o;       // what is carried is not read again
        if (free_of >= 0) keep(n, p.loop[free_of].parent);
        else if (at(n).is_map() || !lies_along(n, lane)) keep(n, l);
    }

    // ---- reductions -----------------------------------------------------------------------------------------------

    /// What makes a running sum right again when what it depends on has moved: (sum + missing) · ratio.
    struct correction { int ratio = -1, missing = -1, shift = -1; };

    /// `first`: the first sweep that it may join.
    constexpr void reduction(int r, int l, int first = 0) {
        if (at(r).combine == monoid::top) r = with_places(r);
        int const home = home_of(r, l);
        if (p.find(r, home) >= 0) return;
        axes const row = row_at_once(r, home);
        if (int const axis = tiled_row(r, home); row == 0 && axis >= 0) return reduction_in_tiles(r, home, axis);
        int const context = loops_around(r, home, row);
        bool mark[Graph::capacity] = {};
        mark_cone(p.graph, at(r).arg[0], mark, [&](int i) {     // what only those need that have to be complete is theirs to ask for
            return p.find(i, context) >= 0 || (at(i).is_reduce() && (!has(at(i).axes, at(r).axis) || kept_along(i, r, context)));
        });
        for (int i = 0; i < r; ++i)
            if (mark[i] && at(i).is_reduce() && !is_in_a_nest(i, r, mark, context) && kept_along(i, r, context)) reduction(i, context);
        for (int i = 0; i < r; ++i)
            if (mark[i] && at(i).is_reduce() && !is_in_a_nest(i, r, mark, context) && !has(at(i).axes, at(r).axis)) prepare(i, context, 0);
        if (p.find(r, home) >= 0) return;
        correction fix;
        int const sweep = sweep_for(r, context, fix, first, row != 0);
        int const b = add_buffer(r, home);
        auto const nest = this->nest_of(r, p.loop[sweep].lane);
        step& s = add_step(step::action::accumulate, sweep, r, b);
        s.ratio = static_cast<std::int16_t>(fix.ratio);
        s.missing = static_cast<std::int16_t>(fix.missing);
        s.body = static_cast<std::int16_t>(nest.body);
        for (int i = 0; i < 3; ++i) s.inner[i] = nest.inner[i];
        p.loop[sweep].running |= p.graph.reduction[r];
        keep_beside(r, home, sweep);
        keep_former(fix.missing, sweep);
        for (int const n : {fix.ratio, fix.shift}) {
            keep_former(n, sweep);
            if (n >= 0 && p.find(n, sweep) < 0) keep(n, sweep);
        }
        axes inner = row | bit(at(r).axis);
        for (int const a : nest.inner) inner |= bit(a);
        body(r, nest.body, b, sweep, inner);
    }

    /// A row of results in tiles of lanes, from which it is kept by the loop `home`.
    constexpr void reduction_in_tiles(int r, int home, int axis) {
        int const tiles = tiles_for(r, home, axis);
        reduction(r, tiles);
        if (p.find(r, home) < 0) add_step(step::action::compute, tiles, r, add_buffer(r, home));
    }

    constexpr void body(int r, int n, int b, int sweep, axes inner) {
        auto const& kept = p.buffer[b];
        bool const tiled = kept.vector && p.loop[sweep].how == loop::style::block && kept.rank > 0 && at(r).order_axis() < 0;
        for (int i = 0; tiled && i < kept.rank; ++i) inner |= bit(kept.axis[i]);
        if (tiled) {
            int const home = kept.within[kept.rank - 1] >= 0 ? kept.within[kept.rank - 1] : sweep;
            keep_lane_operands(n, sweep, kept.axis[kept.rank - 1]);
            keep_panels(n, sweep, home, inner);
            if (kept.within[kept.rank - 1] >= 0) keep_strided_operands(n, sweep, kept.within[kept.rank - 1]);
            keep_converted_operands(n, sweep, home);
        } else {
            keep_what_is_shared(r, sweep);
            keep_rows(r, n, sweep);
        }
        prepare(n, sweep, inner);
    }

    /// What a contraction broadcasts and computes from operands: rows of it in a block, in lanes of their own.
    constexpr void keep_panels(int n, int sweep, int home, axes inner) {
        bool mark[Graph::capacity] = {};
        mark[n] = true;
        for (int i = n; i >= 0; --i) {
            if (!mark[i] || !at(i).is_map() || p.find(i, sweep) >= 0) continue;
            if (is_computed_panel(i, sweep, home, inner)) keep_panel(i, home);
            else for (int a = 0; a < at(i).arity; ++a) mark[at(i).arg[a]] = true;
        }
    }

    constexpr void keep_panel(int n, int home) {
        int const column = contiguous_column(n, home), b = add_buffer(n, home, column);
        int l = home;
        for (int i = 0; i + 1 < p.buffer[b].rank; ++i) l = add_loop(loop::style::each, l, p.buffer[b].axis[i], -1, false);
        l = add_loop(loop::style::lanes, l, column, column, false);
        p.loop[l].keeps_row = true;
        add_step(step::action::compute, l, n, b);
        for (int a = 0; a < at(n).arity; ++a) prepare(at(n).arg[a], l, bit(column));
        if (!p.loop[home].reduces) p.loop[home].length = converted_length;
    }

    /// An expensive part of a body that another reduction of the sweep needs as well.
    constexpr void keep_what_is_shared(int r, int sweep) {
        if (p.loop[sweep].how != loop::style::block) return;
        auto const cut = [&](int i) { return at(i).is_reduce() || p.find(i, sweep) >= 0; };
        bool mine[Graph::capacity] = {};
        mark_cone(p.graph, at(r).arg[0], mine, cut);
        for (int t = 0; t < p.steps; ++t) {
            if (p.step[t].what != step::action::accumulate || p.step[t].home != sweep || p.step[t].target == r) continue;
            bool other[Graph::capacity] = {};
            mark_cone(p.graph, at(p.step[t].target).arg[0], other, cut);
            for (int i = p.graph.size - 1; i >= 0; --i)
                if (mine[i] && other[i] && at(i).is_map() && info(at(i).op).cost >= expensive &&
                    has(at(i).axes, at(r).axis) && p.find(i, sweep) < 0)
                    keep(i, sweep);
        }
    }

    /// What a sum for a tile of lanes needs of each index, is the same for all tiles, and costs much: it is computed before them,
    /// for the whole axis of r.
    constexpr void keep_rows(int r, int n, int sweep) {
        int const tiles = loop_over(p.loop[sweep].lane, sweep), home = tiles > 0 ? p.loop[tiles].parent : -1;
        if (home < 0 || p.loop[tiles].how != loop::style::lanes || p.loop[tiles].reduces || p.loop[home].lane >= 0) return;
        bool mark[Graph::capacity] = {};
        mark[n] = true;
        for (int i = n; i >= 0; --i) {
            if (!mark[i] || !at(i).is_map() || p.find(i, sweep) >= 0) continue;
            if (is_row(i, home, at(r).axis) && is_costly(i, home)) keep_row(i, home, at(r).axis);
            else for (int a = 0; a < at(i).arity; ++a) mark[at(i).arg[a]] = true;
        }
    }

    /// What a sweep along rows computes, costs much and is computed once more by another loop along them, is kept.
    constexpr void keep_rows_read_again() {
        for (int l = 0; l < p.loops; ++l) {
            if (!p.loop[l].reduces || p.loop[l].how != loop::style::lanes || p.loop[p.loop[l].parent].lane >= 0) continue;
            for (int n; (n = row_read_again(l)) >= 0;) add_step(step::action::compute, l, n, add_buffer(n, p.loop[l].parent));
        }
    }

    /// Computes a row in lanes, in a sweep that has all it needs.
    constexpr void keep_row(int n, int home, int axis) {
        int tiles = -1;
        for (int l = last_needed(p.graph.made_of[n], axis, home) + 1; l < p.loops && tiles < 0; ++l) {
            auto const& x = p.loop[l];
            if (x.reduces && x.parent == home && x.axis == axis && x.how == loop::style::lanes && !p.changes_in(n, l) &&
                !awaits(n, l) && !is_awaited(n, l))
                tiles = l;
        }
        if (tiles < 0) tiles = add_loop(loop::style::lanes, home, axis, axis, true);
        add_step(step::action::compute, tiles, n, add_buffer(n, home));
        for (int a = 0; a < at(n).arity; ++a) prepare(at(n).arg[a], tiles, bit(axis));
    }

    /// The sweep over r's axis in which r runs: the first that has all it needs, or a new one.
    constexpr int sweep_for(int r, int context, correction& fix, int first, bool of_rows) {
        int const after = last_needed(p.graph.made_of[at(r).arg[0]], at(r).axis, context);
        for (int l = after > first ? after : first; l < p.loops; ++l) {
            auto const& x = p.loop[l];
            if (x.parent != context || x.axis != at(r).axis || !x.reduces || (of_rows && x.how != loop::style::lanes) || awaits(at(r).arg[0], l)) continue;
            if (joins(r, l, context, fix)) return l;
        }
        int const lane = p.loop[context].lane;
        if (lane >= 0) return add_loop(loop::style::block, context, at(r).axis, lane, true);
        bool const own_lanes = of_rows || at(r).axis == s.lane || !has(cone_axes(r, context), s.lane);
        return add_loop(own_lanes ? loop::style::lanes : loop::style::each, context, at(r).axis,
                        own_lanes ? at(r).axis : -1, true);
    }

    constexpr bool joins(int r, int l, int context, correction& fix) {
        cascade<Graph> c(p.graph, at(r).axis, p.loop[l].running);
        if (!c.depends(at(r).arg[0])) return true;
        if (p.loop[l].how != loop::style::block || at(r).combine != monoid::sum) return false;
        int const q = c.ratio_of(at(r).arg[0]);
        if (q < 0) return joins_with_weights(r, l, context, fix);
        if (!at(q).is_constant(1)) fix.ratio = q;
        return true;
    }

    /// The same for a sum that is repaired by another one, which has to run beside it.
    constexpr bool joins_with_weights(int r, int l, int context, correction& fix) {
        auto const x = cascade<Graph>(p.graph, at(r).axis, p.loop[l].running).repair_of(at(r).arg[0]);
        if (x.ratio < 0) return false;
        correction none;
        bool const beside = (p.loop[l].running & p.graph.reduction[x.weights]) != 0 || joins(x.weights, l, context, none);
        if (!beside) return false;
        reduction(x.weights, context, l);
        if (!(p.loop[l].running & p.graph.reduction[x.weights])) return false;     // it is kept from an earlier sweep
        fix.missing = cascade<Graph>(p.graph, at(r).axis, p.loop[l].running).missing(x);
        fix.shift = x.shift;
        if (!at(x.ratio).is_constant(1)) fix.ratio = x.ratio;
        return true;
    }

};

/// Where a plan would keep something whole, the other axes of the result are tried as lanes.
template <class Graph, int N>
constexpr auto schedule(Graph const& g, formula<N> const& f) {
    auto const likely = scheduler<Graph, N>(g, f, -1).schedule();
    for (int d = 0; likely.whole_intermediate >= 0 && d < g.out_rank; ++d) {
        if (g.out[d] < 0) continue;
        auto const other = scheduler<Graph, N>(g, f, g.out[d]).schedule();
        if (other.whole_intermediate < 0) return other;
    }
    return likely;
}

}  // namespace sinter::ir
