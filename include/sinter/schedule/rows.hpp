// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/schedule/operands.hpp>

#include <bit>

/// Rows: reductions whose results are kept along an axis, rows of values that several loops read, and reductions of whole rows.
namespace sinter::ir {

template <class Graph>
struct row_keeper : operand_keeper<Graph> {
    using base = operand_keeper<Graph>;
    using base::p, base::s, base::at, base::add_loop, base::loop_over;

    // ---- reductions whose results are rows ------------------------------------------------------------------------

    /// The axes of a node that no loop around l iterates.
    constexpr axes free_axes(int n, int l) const {
        axes free = at(n).axes;
        for (; l > 0; l = p.loop[l].parent) free &= ~bit(p.loop[l].axis);
        return free;
    }

    /// The axis of a reduction that is a row for each round of loop l, of numbers that no tile around has in lanes; none otherwise.
    constexpr axes row_of(int r, int l) const {
        bool const plain = p.loop[l].lane < 0 && at(r).order_axis() < 0 && !gives_places(at(r));
        axes const free = free_axes(r, l);
        return plain && count(free) == 1 ? free : 0;
    }

    /// The axis of a row that is taken at once, since what its elements are made of cannot be kept for all that is reduced, and is the
    /// same for each of them: of relu(A·B)·C the largest of each column takes in a row of it after the other.
    constexpr axes row_at_once(int r, int home) const {
        axes const row = row_of(r, home);
        if (!row || !this->contains_reduce(at(r).arg[0])) return 0;
        auto const is_whole = [&](int i) { return count(free_axes(i, home)) >= 2; };
        bool inside[Graph::capacity] = {};
        mark_cone(p.graph, at(r).arg[0], inside, [&](int i) { return p.find(i, home) >= 0 || (at(i).is_reduce() && !is_whole(i)); });
        for (int i = 0; i < r; ++i)
            if (inside[i] && at(i).is_reduce() && has(at(i).axes, at(r).axis) && is_whole(i) && !(at(i).axes & row)) return row;
        return 0;
    }

    /// Where a reduction is kept: outside of the loops over its rows where these are taken at once.
    constexpr int home_of(int r, int l) const {
        int home = this->home_of_reduction(r, l);
        for (int o = home; o > 0; o = p.loop[o].parent)
            if (has(at(r).axes, p.loop[o].axis) && has(row_at_once(r, p.loop[o].parent), p.loop[o].axis)) home = p.loop[o].parent;
        return home;
    }

    /// The axis of a row of results that are worth tiles of lanes: a contraction in front of them reads operands again and again, or the
    /// operands lie along the row, and not along what is reduced. −1: there is none.
    constexpr int tiled_row(int r, int home) const {
        if (!row_of(r, home)) return -1;
        int const row = std::countr_zero(row_of(r, home));
        bool inside[Graph::capacity] = {};
        mark_cone(p.graph, at(r).arg[0], inside, [&](int i) { return p.find(i, home) >= 0 || (at(i).is_reduce() && !has(at(i).axes, row)); });
        bool contracts = false, along = false, across = false;
        for (int i = 0; i < r; ++i) {
            if (!inside[i] || p.find(i, home) >= 0) continue;
            if (at(i).is_reduce()) contracts = contracts || has(reused_axes(p.graph, at(i)), row);
            if (!at(i).is_leaf() || at(i).from != source::operand || at(i).rank == 0 || !has(at(i).axes, row)) continue;
            along = along || at(i).lies_along(row);
            across = across || at(i).lies_along(at(r).axis);
        }
        return contracts || (along && !across) ? row : -1;
    }

    /// Tiles of lanes along an axis, in which results are computed that loop `home` keeps as rows: r can be one of them.
    constexpr int tiles_for(int r, int home, int axis) {
        for (int l = home + 1; l < p.loops; ++l) {
            auto const& x = p.loop[l];
            bool const tiles = x.parent == home && x.axis == axis && x.how == loop::style::lanes && !x.reduces && !x.keeps_row;
            if (tiles && !stores(l) && !reads_rows_of(r, l)) return l;
        }
        return add_loop(loop::style::lanes, home, axis, axis, false);
    }

    constexpr bool stores(int l) const {
        for (int i = 0; i < p.steps; ++i)
            if (p.step[i].what == step::action::store && p.inside(p.step[i].home, l)) return true;
        return false;
    }

    /// Whether what has to be complete before r reads a row that tiles `l` compute.
    constexpr bool reads_rows_of(int r, int l) const {
        bool cone[Graph::capacity] = {}, before[Graph::capacity] = {};
        mark_cone(p.graph, r, cone, [](int) { return false; });
        for (int i = 0; i < r; ++i)
            if (cone[i] && at(i).is_reduce() && !has(at(i).axes, p.loop[l].axis)) mark_cone(p.graph, at(i).arg[0], before, [](int) { return false; });
        for (int i = 0; i < p.steps; ++i)
            if (p.step[i].what == step::action::compute && p.step[i].home == l && before[p.step[i].target]) return true;
        return false;
    }

    // ---- values that are rows -------------------------------------------------------------------------------------

    /// Marks what the reductions are made of that have to be complete before node n is computed.
    constexpr void mark_before(int n, bool* mark) const {
        bool cone[Graph::capacity] = {};
        mark_cone(p.graph, n, cone, [](int) { return false; });
        for (int i = 0; i <= n; ++i)
            if (cone[i] && at(i).is_reduce()) mark_cone(p.graph, at(i).arg[0], mark, [](int) { return false; });
    }

    /// Whether one of those may read a row that loop l keeps: then n cannot be computed in that loop.
    constexpr bool awaits(int n, int l) const {
        bool before[Graph::capacity] = {};
        mark_before(n, before);
        for (int i = 0; i < p.steps; ++i) {
            auto const& t = p.step[i];
            if (t.what == step::action::compute && t.home == l && before[t.target] && !p.inside(p.buffer[t.buffer].home, l)) return true;
        }
        return false;
    }

    /// Whether something that loop l needs may read a row of n: then n cannot be kept by that loop.
    constexpr bool is_awaited(int n, int l) const {
        bool before[Graph::capacity] = {};
        for (int i = 0; i < p.steps; ++i) {
            auto const& t = p.step[i];
            if (t.home == l && t.what != step::action::run) mark_before(t.what == step::action::accumulate ? t.body : t.target, before);
        }
        return before[n];
    }

    /// Marks, besides what is marked, what the steps of loop l compute.
    constexpr void mark_computed(int l, bool* mark) const {
        for (int i = 0; i < p.steps; ++i) {
            auto const& t = p.step[i];
            if (t.home != l || t.what == step::action::run) continue;
            int const n = t.what == step::action::accumulate ? t.body : t.target;
            mark_cone(p.graph, n, mark, [&](int k) { return at(k).is_reduce() || p.find(k, l) >= 0; });
        }
    }

    /// Whether a value is a row along an axis for each round of loop `home`, where all that it is made of is known.
    constexpr bool is_row(int n, int home, int axis) const {
        for (int a = 0; a < p.graph.axes_size; ++a) {
            if (!has(at(n).axes, a) || a == axis) continue;
            int const over = loop_over(a, home);
            if (over < 0 || p.loop[over].how != loop::style::each) return false;
        }
        bool mark[Graph::capacity] = {};
        mark_cone(p.graph, n, mark, [&](int i) { return p.find(i, home) >= 0; });
        for (int i = 0; i <= n; ++i)
            if (mark[i] && at(i).is_reduce() && p.find(i, home) < 0) return false;
        return has(at(n).axes, axis);
    }

    constexpr bool is_costly(int n, int l) const {
        bool mark[Graph::capacity] = {};
        mark_cone(p.graph, n, mark, [&](int i) { return at(i).is_reduce() || p.find(i, l) >= 0; });
        for (int i = 0; i <= n; ++i)
            if (mark[i] && at(i).is_map() && info(at(i).op).cost >= expensive) return true;
        return false;
    }

    /// A costly row that loop l computes, and so does another loop over the same axis beside it; −1: there is none.
    constexpr int row_read_again(int l) const {
        auto const& x = p.loop[l];
        bool mine[Graph::capacity] = {}, other[Graph::capacity] = {};
        mark_computed(l, mine);
        for (int o = 0; o < p.loops; ++o)
            if (o != l && p.loop[o].parent == x.parent && p.loop[o].axis == x.axis && p.loop[o].how == x.how) mark_computed(o, other);
        for (int i = p.graph.size - 1; i >= 0; --i)
            if (mine[i] && other[i] && at(i).is_map() && p.find(i, l) < 0 && is_row(i, x.parent, x.axis) && is_costly(i, x.parent) &&
                !is_awaited(i, l))
                return i;
        return -1;
    }
};

}  // namespace sinter::ir
