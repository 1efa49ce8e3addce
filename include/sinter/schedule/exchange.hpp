// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/schedule/placement.hpp>

/// What is prepared for a block of rows (brought together, converted, computed) is the same for all tiles of lanes. There the
/// blocks become the outermost loop, so that it is prepared once:
/// tiles { blocks { prepare; use } } → blocks { prepare; tiles { the block { use } } }.
namespace sinter::ir {

/// What is prepared in a block of rows inside of tiles of lanes, and how it leaves them.
template <class Graph>
struct prepared_blocks {
    program<Graph>& p;

    constexpr explicit prepared_blocks(program<Graph>& program) : p(program) {}

    /// Whether a step inside loop l keeps something that does not depend on the lanes, nor on anything known only inside of them.
    constexpr bool keeps_for_all_tiles(step const& t, int l) const {
        return t.what == step::action::compute && p.inside(p.buffer[t.buffer].home, l) &&
               !has(p.graph.nodes[t.target].axes, p.loop[l].lane) && p.graph.made_of[t.target] == 0;
    }

    /// Whether a step inside loop l prepares something: itself, or with all else in a loop that does nothing but that.
    constexpr bool prepares(step const& t, int l) const {
        if (t.what == step::action::run || !p.inside(t.home, l)) return false;
        int child = t.home;
        while (child != l && p.loop[child].parent != l) child = p.loop[child].parent;
        if (child == l) return keeps_for_all_tiles(t, l);
        for (int i = 0; i < p.steps; ++i)
            if (p.step[i].what != step::action::run && p.inside(p.step[i].home, child) && !keeps_for_all_tiles(p.step[i], l)) return false;
        return true;
    }

    /// A step, and the loop of its own that it may stand in, from loop l to another, whose blocks are the same.
    constexpr void move(step& t, int l, std::int16_t to) {
        if (t.home == l) t.home = to;
        else {
            int child = t.home;
            while (p.loop[child].parent != l && p.loop[child].parent != to) child = p.loop[child].parent;
            p.loop[child].parent = to;
        }
        auto& b = p.buffer[t.buffer];
        if (b.home == l) b.home = to;
        for (auto& w : b.within)
            if (w == l) w = to;
    }

    constexpr void run(int target, int home) {
        p.step[p.steps++] = step{.what = step::action::run, .home = static_cast<std::int16_t>(home), .target = static_cast<std::int16_t>(target)};
    }
};

template <class Graph>
class block_exchanger : prepared_blocks<Graph> {
    using base = prepared_blocks<Graph>;
    using base::p, base::prepares, base::move, base::run;

  public:
    using base::base;

    constexpr void exchange_all() {
        for (int l = 0, n = p.loops; l < n && p.loops < p.max_loops && p.steps < p.max_steps; ++l)
            if (stands_in_tiles(l) && pays(l)) exchange(l);
    }

  private:
    /// A block of rows of the result, right inside the tiles of lanes.
    constexpr bool stands_in_tiles(int l) const {
        auto const& x = p.loop[l];
        return x.how == loop::style::block && !x.reduces && p.loop[x.parent].how == loop::style::lanes && p.loop[x.parent].axis == x.lane;
    }

    /// Instructions for an element of what is kept: the copy, and what is computed.
    constexpr int cost_of(int n) const {
        bool mark[Graph::capacity] = {};
        mark_cone(p.graph, n, mark, [](int) { return false; });
        int cost = 2;
        for (int i = 0; i <= n; ++i)
            if (mark[i] && p.graph.nodes[i].is_map()) cost += info(p.graph.nodes[i].op).cost;
        return cost;
    }

    /// Whether more is saved than done again. An element of what is prepared was made anew for each tile of lanes, and what is kept
    /// of the lanes will be kept anew for each block of rows. Sweeps are not repeated.
    constexpr bool pays(int l) const {
        int const tiles = p.loop[l].parent;
        int saved = 0, again = 0;
        for (int i = 0; i < p.steps; ++i) {
            auto const& t = p.step[i];
            if (t.home != tiles) {
                if (prepares(t, l)) saved += cost_of(t.target);
            } else if (t.what == step::action::compute && p.graph.made_of[t.target] == 0) {
                again += cost_of(t.target);
            } else if (t.what != step::action::run || t.target != l) {
                return false;
            }
        }
        constexpr int lanes = 32;   // of a tile: 8 to 64, and the plan does not depend on the machine
        return saved * block_length > again * lanes;
    }

    constexpr void exchange(int l) {
        bool moved[program<Graph>::max_steps] = {};
        for (int i = 0; i < p.steps; ++i) moved[i] = prepares(p.step[i], l);
        int const tiles = p.loop[l].parent, blocks = p.loops++;
        auto const id = static_cast<std::int16_t>(blocks);
        p.loop[l].length = block_length / 2 * 3;
        p.loop[blocks] = p.loop[l];
        p.loop[blocks].about = block_length;
        p.loop[blocks].parent = p.loop[tiles].parent;
        p.loop[blocks].lane = -1;
        for (int i = 0; i < p.steps; ++i)
            if (moved[i]) move(p.step[i], l, id);
        for (int i = 0; i < p.steps; ++i) {
            auto& t = p.step[i];
            if (t.what != step::action::run) continue;
            if (t.target == tiles) t.target = id;
            else if (p.loop[t.target].parent == id) t.home = id;
        }
        p.loop[tiles].parent = id;
        run(tiles, id);
    }
};

template <class Graph>
constexpr void exchange_blocks(program<Graph>& p) {
    block_exchanger<Graph> x(p);
    x.exchange_all();
}

}  // namespace sinter::ir
