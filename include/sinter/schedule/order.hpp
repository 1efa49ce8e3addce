// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/schedule/program.hpp>
#include <sinter/schedule/survey.hpp>

/// Puts the steps of each loop in an order in which everything is known before it is used.
namespace sinter::ir {

template <class Graph>
class orderer {
  public:
    constexpr explicit orderer(program<Graph>& program) : p(program) {
        for (int i = 0; i < p.steps; ++i) find_needs(i);
        for (int i = 0; i < p.steps; ++i)
            if (p.step[i].what == step::action::run) gather(i, p.step[i].target);
    }

    constexpr void order() {
        step sorted[program<Graph>::max_steps] = {};
        int n = 0;
        for (int l = 0; l < p.loops; ++l) n = order_loop(l, sorted, n);
        for (int i = 0; i < n; ++i) p.step[i] = sorted[i];
    }

  private:
    static constexpr int words = (program<Graph>::max_buffers + 63) / 64;
    /// Buffers, and not nodes: the same node may be kept in several loops.
    struct set {
        std::uint64_t word[words] = {};
        constexpr void add(int i) { word[i / 64] |= std::uint64_t{1} << i % 64; }
        constexpr bool meets(set const& o) const {
            for (int i = 0; i < words; ++i)
                if (word[i] & o.word[i]) return true;
            return false;
        }
        constexpr void remove(set const& o) {
            for (int i = 0; i < words; ++i) word[i] &= ~o.word[i];
        }
        constexpr void unite(set const& o) {
            for (int i = 0; i < words; ++i) word[i] |= o.word[i];
        }
    };
    program<Graph>& p;
    set needs[program<Graph>::max_steps] = {};
    set gives[program<Graph>::max_steps] = {};

    constexpr void need(int step, int n, int l) {
        auto const& g = p.graph;
        bool mark[Graph::capacity] = {};
        mark[n] = true;
        for (int i = n; i >= 0; --i) {
            if (!mark[i]) continue;
            if (int const b = p.find(i, l); b >= 0) {
                needs[step].add(b);
                continue;
            }
            for (int a = 0; a < g.nodes[i].arity; ++a) mark[g.nodes[i].arg[a]] = true;
        }
    }

    constexpr void find_needs(int i) {
        auto const& t = p.step[i];
        auto const& x = p.graph.nodes[t.target < 0 ? 0 : t.target];
        if (t.what == step::action::run) return;
        if (t.what == step::action::store) return need(i, t.target, t.home);
        gives[i].add(t.buffer);
        if (t.what == step::action::compute && x.is_reduce()) return needs[i].add(p.find(t.target, t.home));
        if (x.is_reduce() && x.combine == monoid::top_places) gives[i].add(p.find(x.arg[1], p.buffer[t.buffer].home));
        for (int a = 0; a < x.arity; ++a) need(i, a == 0 && t.body >= 0 ? t.body : x.arg[a], t.home);
        if (t.ratio >= 0) need(i, t.ratio, t.home);
        if (t.missing >= 0) need(i, t.missing, t.home);
    }

    /// A loop needs what its steps need, but for what it makes for itself; it gives what is kept outside of it.
    constexpr void gather(int run, int l) {
        set own;
        for (int i = 0; i < p.steps; ++i) {
            auto const& t = p.step[i];
            if (t.what == step::action::run || !p.inside(t.home, l)) continue;
            needs[run].unite(needs[i]);
            if (t.buffer < 0) continue;
            (p.inside(p.buffer[t.buffer].home, l) ? own : gives[run]).unite(gives[i]);
        }
        needs[run].remove(own);
    }

    constexpr int order_loop(int l, step* sorted, int n) {
        bool done[program<Graph>::max_steps] = {};
        for (;;) {
            int next = -1;
            bool any = false;
            for (int i = 0; i < p.steps && next < 0; ++i) {
                if (done[i] || p.step[i].home != l) continue;
                any = true;
                if (ready(i, l, done)) next = i;
            }
            if (!any) return n;
            if (next < 0) next = give_up(l, done);
            done[next] = true;
            sorted[n++] = p.step[next];
        }
    }

    /// Steps of loop l wait for each other: something streams what another one needs whole. The product, or another reduction, is named
    /// that would have to be kept: the first that is the same for all tiles of lanes.
    constexpr int give_up(int l, bool const* done) {
        axes lanes = 0;
        for (int o = 0; o < p.loops; ++o)
            if (p.loop[o].how == loop::style::lanes && lanes == 0) lanes = bit(p.loop[o].axis);
        auto const first_without = [&](axes some) {
            int first = -1;
            for (int i = 0; i < p.steps; ++i) {
                int const r = p.step[i].target;
                if (p.step[i].what != step::action::accumulate || (first >= 0 && first < r)) continue;
                if (count(p.graph.nodes[r].axes) > 1 && !(p.graph.nodes[r].axes & some)) first = r;
            }
            return first;
        };
        int const whole = first_without(lanes) >= 0 ? first_without(lanes) : first_without(0);
        if (p.whole_intermediate < 0) p.whole_intermediate = whole >= 0 ? whole : p.graph.root;
        int next = 0;
        while (done[next] || p.step[next].home != l) ++next;
        return next;
    }

    constexpr bool ready(int i, int l, bool const* done) const {
        for (int j = 0; j < p.steps; ++j)
            if (j != i && !done[j] && p.step[j].home == l && needs[i].meets(gives[j])) return false;
        return true;
    }
};

template <class Graph>
constexpr void order_steps(program<Graph>& p) {
    orderer<Graph> o(p);
    o.order();
}

}  // namespace sinter::ir
