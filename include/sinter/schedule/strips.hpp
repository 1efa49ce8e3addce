// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/schedule/exchange.hpp>

/// A sweep that prepares a block of what it reads prepares it anew for each tile of lanes. The sweep of several tiles, a strip,
/// prepares it once, if what the tiles have summed up so far is kept for all of them:
/// tiles { before; blocks { prepare; use }; after } → strips { tiles { before }; blocks { prepare; tiles { the block { use } } }; tiles { after } }.
namespace sinter::ir {

/// Indices of a strip: a multiple of every tile of lanes.
inline constexpr std::int16_t strip_length = 256;

template <class Graph>
class strip_maker : prepared_blocks<Graph> {
    using base = prepared_blocks<Graph>;
    using base::p, base::prepares, base::move, base::run;

  public:
    using base::base;

    constexpr void make_all() {
        for (int l = 0, n = p.loops; l < n; ++l)
            if (is_sweep_of_tiles(l) && has_room() && pays(l)) make(l);
    }

  private:
    constexpr bool has_room() const { return p.loops + 4 <= p.max_loops && p.steps + 4 <= p.max_steps; }

    /// The one sweep in blocks of a tile of lanes, without masks.
    constexpr bool is_sweep_of_tiles(int l) const {
        auto const& x = p.loop[l];
        if (x.how != loop::style::block || !x.reduces || x.masks() > 0 || x.carries || x.parent < 0) return false;
        auto const& tiles = p.loop[x.parent];
        if (tiles.how != loop::style::lanes || tiles.reduces || tiles.axis != x.lane || p.loop[tiles.parent].lane >= 0) return false;
        for (int o = 0; o < p.loops; ++o)
            if (o != l && p.loop[o].parent == x.parent && p.loop[o].reduces) return false;
        return true;
    }

    /// Whether something is prepared, and all that is kept for a tile can be kept for several.
    constexpr bool pays(int l) const {
        bool any = false, contracts = false;
        for (int i = 0; i < p.steps; ++i) {
            auto const& t = p.step[i];
            any = any || prepares(t, l);
            contracts = contracts || (t.what == step::action::accumulate && t.home == l && p.buffer[t.buffer].rank > 0);
        }
        for (int b = 0; b < p.buffers; ++b)
            if (p.buffer[b].home == p.loop[l].parent && (!p.buffer[b].vector || p.buffer[b].places)) return false;
        return any && contracts;
    }

    /// Whether a step of the tiles, or the loop that it runs, needs what sweep l has summed up.
    constexpr bool is_after(step const& t, int l) const {
        auto const needs = [&](int n) { return n >= 0 && (p.graph.made_of[n] & p.loop[l].running) != 0; };
        if (t.what != step::action::run) return needs(t.target);
        for (int i = 0; i < p.steps; ++i) {
            auto const& u = p.step[i];
            if (u.what != step::action::run && p.inside(u.home, t.target) && (needs(u.target) || needs(u.body))) return true;
        }
        return false;
    }

    constexpr std::int16_t add_loop(loop const& like, int parent) {
        p.loop[p.loops] = like;
        p.loop[p.loops].parent = static_cast<std::int16_t>(parent);
        return static_cast<std::int16_t>(p.loops++);
    }

    constexpr void make(int l) {
        bool prepared[program<Graph>::max_steps] = {};
        for (int i = 0; i < p.steps; ++i) prepared[i] = prepares(p.step[i], l);
        int const tiles = p.loop[l].parent;
        loop const blocks_of{.how = loop::style::block, .axis = p.loop[l].axis, .length = p.loop[l].length};
        loop const strip_of{.how = loop::style::strip, .axis = p.loop[tiles].axis, .length = strip_length};
        auto const strip = add_loop(strip_of, p.loop[tiles].parent), before = add_loop(p.loop[tiles], strip),
                   blocks = add_loop(blocks_of, strip), after = add_loop(p.loop[tiles], strip);
        for (int i = 0; i < p.steps; ++i)
            if (prepared[i]) move(p.step[i], l, blocks);
        for (int i = 0; i < p.steps; ++i) split(p.step[i], l, {strip, before, blocks, after});
        for (int b = 0; b < p.buffers; ++b)
            if (p.buffer[b].home == tiles) p.buffer[b].home = strip;
        p.loop[tiles].parent = blocks;
        p.loop[l].resumes = true;
        run(tiles, blocks);
        for (int const target : {before, blocks, after})
            if (does_something(target)) run(target, strip);
    }

    constexpr bool does_something(int l) const {
        for (int i = 0; i < p.steps; ++i)
            if (p.step[i].home == l) return true;
        return false;
    }

    struct parts { std::int16_t strip, before, blocks, after; };

    /// A step of the tiles, or one that runs them or what has been moved, in its new place.
    constexpr void split(step& t, int l, parts const& to) {
        int const tiles = p.loop[l].parent;
        if (t.what == step::action::run && t.target == tiles) t.target = to.strip;
        else if (t.what == step::action::run && p.loop[t.target].parent == to.blocks) t.home = to.blocks;
        else if (t.home == tiles && !(t.what == step::action::run && t.target == l)) {
            t.home = is_after(t, l) ? to.after : to.before;
            if (t.what == step::action::run) p.loop[t.target].parent = t.home;
        }
    }
};

template <class Graph>
constexpr void make_strips(program<Graph>& p) {
    strip_maker<Graph> x(p);
    x.make_all();
}

}  // namespace sinter::ir
