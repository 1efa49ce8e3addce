// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/graph/direction.hpp>
#include <sinter/schedule/program.hpp>
#include <sinter/schedule/survey.hpp>

/// Sweeps that go on where they were for the tile before. A block that a mask includes throughout adds the same to all indices of
/// a tile, if nothing but the mask depends on these; and if the mask, once it is true, stays so for all later tiles, it adds that
/// to them as well. Running sums are such sweeps, with one new block for each tile.
namespace sinter::ir {

/// Indices of a round of such a sweep: those that a mask includes in part only are computed for each tile.
inline constexpr std::int16_t carried_length = 24;

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
        for (int i = 0; i < p.steps; ++i)
            if (p.step[i].home == l && !is_same_for_all(p.step[i])) return false;
        return includes_more_and_more();
    }

  private:
    /// Tiles of lanes, or blocks of rows, that all come one after the other.
    constexpr bool are_tiles() const {
        auto const& t = p.loop[tiles];
        bool const of_lanes = t.how == loop::style::lanes && t.axis == t.lane, of_rows = t.how == loop::style::block && !t.reduces;
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

    /// For later tiles; and for one of them, the first blocks.
    constexpr bool includes_more_and_more() const {
        auto const& x = p.loop[l];
        auto with_tiles = directions<Graph>(p.graph, p.loop[tiles].axis)[x.mask[0]];
        auto with_blocks = directions<Graph>(p.graph, x.axis)[x.mask[0]];
        if (x.leaves_out_if[0]) with_tiles = opposite(with_tiles), with_blocks = opposite(with_blocks);
        return with_tiles == direction::rises && with_blocks == direction::falls;
    }
};

template <class Graph>
constexpr void find_carries(program<Graph>& p) {
    for (int l = 1; l < p.loops; ++l) {
        if (!carry_finder<Graph>(p, l).carries()) continue;
        p.loop[l].carries = true;
        p.loop[l].length = carried_length;
    }
}

}  // namespace sinter::ir
