// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/graph/direction.hpp>
#include <sinter/graph/plain_kinds.hpp>
#include <sinter/schedule/program.hpp>
#include <sinter/schedule/survey.hpp>

/// Sweeps that go on where they were for the index before. If nothing but a mask depends on the index of a tile, and the mask, once
/// it is true, stays so for all later indices, then what it includes for one of them counts for all that follow; and if along the sweep
/// it is true at the beginning only, what it includes is a staircase, of which each step is taken once. Running sums are such sweeps.
namespace sinter::ir {

/// Whether it is known at compile time that what the mask of sweep l leaves out counts for nothing.
template <class Graph>
constexpr bool leaves_out_for_certain(program<Graph> const& p, int l) {
    auto const at = [&](int n) -> vertex const& { return p.graph.nodes[n]; };
    for (int i = 0; i < p.steps; ++i) {
        if (p.step[i].home != l || p.step[i].what != step::action::accumulate) continue;
        auto const& body = at(p.step[i].body);
        if (!body.is_map(op::select) || body.arg[0] != p.loop[l].mask[0]) return false;
        if (!at(body.arg[p.loop[l].leaves_out_if[0] ? 1 : 2]).is_constant(identity_of<double>(at(p.step[i].target).combine))) return false;
    }
    return true;
}

template <class Graph>
class carry_finder {
    program<Graph>& p;
    int l, tiles;

    constexpr vertex const& at(int n) const { return p.graph.nodes[n]; }

  public:
    constexpr carry_finder(program<Graph>& program, int loop) : p(program), l(loop), tiles(program.loop[loop].parent) {}

    constexpr bool carries() const {
        auto const& x = p.loop[l];
        if (!x.reduces || x.how != loop::style::block || x.masks() != 1 || !at(x.mask[0]).is_truth() || !are_tiles()) return false;
        if (!is_whole(p.graph, x.mask[0])) return false;     // so it is exact, and computed apart from what tiles keep
        if (p.loop[tiles].axis != x.lane && x.lane >= 0 && has(at(x.mask[0]).axes, x.lane)) return false;
        for (int i = 0; i < p.steps; ++i)
            if (p.step[i].home == l && !is_same_for_all(p.step[i])) return false;
        return includes_more_and_more();
    }

  private:
    /// Tiles of lanes, or blocks of rows, that all come one after the other.
    constexpr bool are_tiles() const {
        auto const& t = p.loop[tiles];
        bool const of_lanes = t.how == loop::style::lanes && t.axis == t.lane, of_rows = t.how == loop::style::block;
        if (!of_lanes && !of_rows) return false;
        for (int o = t.parent; o > 0; o = p.loop[o].parent)
            if (p.loop[o].axis == t.axis) return false;
        return true;
    }

    constexpr bool is_same_for_all(step const& t) const {
        if (t.what == step::action::compute) return !has(at(t.target).axes, p.loop[tiles].axis) && (p.graph.made_of[t.target] & p.loop[l].running) == 0;
        if (t.what != step::action::accumulate || t.ratio >= 0 || t.missing >= 0) return false;
        auto const& b = p.buffer[t.buffer];
        auto const by = at(t.target).combine;
        bool const one_value = by == monoid::sum || by == monoid::product || by == monoid::minimum || by == monoid::maximum;
        bool const of_tile = p.loop[tiles].how == loop::style::lanes ? b.rank == 0 : b.rank == 1 && b.within[0] == tiles;
        if (!one_value || !b.vector || !of_tile || b.home != tiles || (p.graph.made_of[t.body] & p.loop[l].running) != 0) return false;
        bool cone[Graph::capacity] = {};
        mark_cone(p.graph, t.body, cone, [&](int n) { return at(n).is_reduce() || n == p.loop[l].mask[0]; });
        for (int n = 0; n <= t.body; ++n)
            if (cone[n] && !at(n).is_map() && has(at(n).axes, p.loop[tiles].axis)) return false;
        return true;
    }

    /// For later indices; and for one of them, the first of the sweep.
    constexpr bool includes_more_and_more() const {
        auto const& x = p.loop[l];
        auto with_tiles = directions<Graph>(p.graph, p.loop[tiles].axis)[x.mask[0]];
        auto with_sweep = directions<Graph>(p.graph, x.axis)[x.mask[0]];
        if (x.leaves_out_if[0]) with_tiles = opposite(with_tiles), with_sweep = opposite(with_sweep);
        return with_tiles == direction::rises && with_sweep == direction::falls;
    }
};

/// Of numbers of the user's own type there are no bounds: a mask is of use only where its sweep carries.
template <class Graph>
constexpr void forget_other_masks(program<Graph>& p) {
    for (int l = 1; l < p.loops; ++l)
        if (!carry_finder<Graph>(p, l).carries() || !leaves_out_for_certain(p, l))
            for (auto& m : p.loop[l].mask) m = -1;
}

template <class Graph>
constexpr void find_carries(program<Graph>& p) {
    for (int l = 1; l < p.loops; ++l) p.loop[l].carries = carry_finder<Graph>(p, l).carries();
}

}  // namespace sinter::ir
