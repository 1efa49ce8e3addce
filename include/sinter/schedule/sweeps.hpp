// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/schedule/rows.hpp>

/// Loops: those over the result, those inside which sweeps run, and what a sweep keeps beside its values.
namespace sinter::ir {

template <class Graph>
struct sweep_maker : row_keeper<Graph> {
    using base = row_keeper<Graph>;
    using base::p, base::s, base::at, base::add_loop, base::add_buffer, base::loop_over;

    /// The loops over the result, outermost first: single indices, lanes, then what is left of the result in blocks.
    constexpr int nest_result() {
        int l = add_loop(loop::style::root, -1, -1, -1, false);
        s.for_each(p.graph, s.outer, [&](int a) { l = add_loop(loop::style::each, l, a, -1, false); });
        if (!has(s.output, s.lane)) return l;
        l = add_loop(loop::style::lanes, l, s.lane, s.lane, false);
        axes inner = s.output & ~s.outer & ~bit(s.lane);
        s.for_each(p.graph, inner, [&](int a) {
            inner &= ~bit(a);
            l = add_loop(inner ? loop::style::each : loop::style::block, l, a, s.lane, false);
        });
        return l;
    }

    /// What is constant along the lanes is computed for one index at a time, with lanes of its own; all of `row` at once.
    constexpr int loops_around(int r, int home, axes row) {
        int const lane = p.loop[home].lane;
        if (lane >= 0 && has(at(r).axes, lane)) return home;
        int l = home;
        for (int a = 0; a < p.graph.axes_size; ++a) {
            if (!has(at(r).axes & ~row, a) || a == at(r).order_axis()) continue;
            int const over = loop_over(a, home);
            if (over >= 0 && p.loop[over].how == loop::style::each) continue;
            l = each_inside(l, a);
        }
        if (l == home && lane >= 0) l = each_inside(l, -1);
        return l;
    }

    constexpr int each_inside(int parent, int axis) {
        for (int i = parent + 1; i < p.loops; ++i)
            if (p.loop[i].parent == parent && p.loop[i].axis == axis && p.loop[i].how == loop::style::each &&
                !p.loop[i].reduces)
                return i;
        return add_loop(loop::style::each, parent, axis, -1, false);
    }

    /// The last loop in `context` where something runs that is needed for all indices of an axis; −1: there is none.
    constexpr int last_needed(std::uint64_t needed, int axis, int context) const {
        int last = -1;
        for (int i = 0; i < p.steps; ++i) {
            auto const& t = p.step[i];
            if (t.what != step::action::accumulate || !(needed & p.graph.reduction[t.target]) || has(at(t.target).axes, axis)) continue;
            int l = t.home;
            while (l > 0 && p.loop[l].parent != context) l = p.loop[l].parent;
            if (l > last) last = l;
        }
        return last;
    }

    /// The reduction that keeps the places of what r keeps, if one is needed: it keeps both.
    constexpr int with_places(int r) const {
        for (int i = r + 1; i < p.graph.size; ++i)
            if (i < Graph::capacity && s.live[i] && at(i).is_reduce() && at(i).combine == monoid::top_places && at(i).arg[1] == r)
                return i;
        return r;
    }

    /// What a reduction keeps beside its value: the extreme values of places; the places of values in order.
    constexpr void keep_beside(int r, int home, int sweep) {
        switch (at(r).combine) {
            case monoid::argmin: case monoid::argmax: case monoid::top: p.buffer[add_buffer(r, home)].places = true; break;
            case monoid::top_places:
                add_buffer(at(r).arg[1], home);
                p.loop[sweep].running |= p.graph.reduction[at(r).arg[1]];
                break;
            default: break;
        }
    }

    /// Keeps the values before the block that a correction reads.
    constexpr void keep_former(int n, int sweep) {
        if (n < 0) return;
        bool mark[Graph::capacity] = {};
        mark_cone(p.graph, n, mark, [](int) { return false; });
        for (int i = 0; i < p.graph.size; ++i) {
            auto const& x = at(i);
            if (!mark[i] || !x.is_leaf() || x.from != source::previous || p.find_previous(x.arg[0], sweep) >= 0) continue;
            int const home = p.buffer[p.find(x.arg[0], sweep)].home;
            p.buffer[add_buffer(x.arg[0], home)].previous = true;
        }
    }

    /// A sweep in which nothing but sums of operands happens need not come in blocks.
    constexpr void settle_styles() {
        for (int l = 0; l < p.loops; ++l) {
            auto& x = p.loop[l];
            if (x.how != loop::style::block || !x.reduces) continue;
            bool plain = x.masks() == 0;
            for (int i = 0; i < p.steps; ++i)
                if (p.step[i].home == l) plain = plain && p.step[i].what == step::action::accumulate && p.step[i].ratio < 0 &&
                                     p.step[i].missing < 0;
            if (plain) x.how = loop::style::whole, x.length = 0;
        }
        for (int l = 0; l < p.loops; ++l) {
            auto& x = p.loop[l];
            if (x.how == loop::style::lanes && x.reduces && !combines(l)) x.reduces = false;    // it only keeps rows
            if (x.reduces && top_level(l)) ++p.passes;
        }
        if (p.passes == 0) p.passes = 1;
    }

    constexpr bool combines(int l) const {
        for (int i = 0; i < p.steps; ++i)
            if (p.step[i].what == step::action::accumulate && p.step[i].home == l) return true;
        return false;
    }

    constexpr bool top_level(int l) const {
        for (int o = p.loop[l].parent; o > 0; o = p.loop[o].parent)
            if (p.loop[o].reduces) return false;
        return true;
    }
};

}  // namespace sinter::ir
