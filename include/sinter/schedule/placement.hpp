// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/schedule/program.hpp>
#include <sinter/schedule/survey.hpp>

/// Where the values of a formula vary, and so where they are kept.
namespace sinter::ir {

/// Indices of a streamed axis that are worked on together: a multiple of the register tile's rows and of the lanes.
inline constexpr int block_length = 96;
/// Indices of an axis that is no stream, where whole rows are converted for each block: a multiple of the register tile's
/// rows, and few, so that the rows stay in the first cache until they are used.
inline constexpr std::int16_t converted_length = 24;
/// An operation of at least this many instructions is worth a buffer when it is needed twice.
inline constexpr int expensive = 8;

/// A program that grows, and questions about it.
template <class Graph>
struct placement {
    program<Graph> p{};
    survey<Graph> s{};

    constexpr vertex const& at(int n) const { return p.graph.nodes[n]; }

    constexpr int add_loop(loop::style how, int parent, int axis, int lane, bool reduces) {
        if (p.loops == p.max_loops) refuse("sinter: a formula needs too many loops");
        loop const l{.how = how,
                     .parent = static_cast<std::int16_t>(parent),
                     .axis = static_cast<std::int16_t>(axis),
                     .length = how == loop::style::block ? std::int16_t{block_length} : std::int16_t{0},
                     .lane = static_cast<std::int16_t>(lane),
                     .reduces = reduces};
        p.loop[p.loops] = l;
        if (parent >= 0) add_step(step::action::run, parent, p.loops, -1);
        return p.loops++;
    }

    constexpr step& add_step(step::action what, int home, int target, int buffer) {
        if (p.steps == p.max_steps) refuse("sinter: a formula needs too many steps");
        step const t{.what = what,
                     .home = static_cast<std::int16_t>(home),
                     .target = static_cast<std::int16_t>(target),
                     .buffer = static_cast<std::int16_t>(buffer)};
        p.step[p.steps] = t;
        return p.step[p.steps++];
    }

    // ---- where things vary ----------------------------------------------------------------------------------------

    constexpr bool varies(int n, int l) const {
        return has(at(n).axes, p.loop[l].axis) || p.changes_in(n, l);
    }

    constexpr int innermost_varying(int n, int l) const {
        while (l > 0 && !varies(n, l)) l = p.loop[l].parent;
        return l;
    }

    /// Whether a reduction is better kept along axis x than done anew for each block of x: part of its work does not
    /// depend on x, nor is it carried along it.
    constexpr bool shares_work_along(int r, int x) const {
        if (has(s.carried, x)) return false;
        bool mark[Graph::capacity] = {};
        mark_cone(p.graph, at(r).arg[0], mark, [](int) { return false; });
        int const stream = at(r).axis;
        for (int i = 0; i < r; ++i) {
            if (!mark[i] || has(at(i).axes, x) || at(i).is_leaf() || !has(at(i).axes, stream)) continue;
            if (at(i).is_reduce() || info(at(i).op).cost >= expensive) return true;
        }
        return has(s.output, x) && reduced_later(r, x);
    }

    /// Whether another reduction over x needs r: then r is read at least twice.
    constexpr bool reduced_later(int r, int x) const {
        for (int i = r + 1; i < p.graph.size; ++i) {
            if (!at(i).is_reduce() || at(i).axis != x || i >= Graph::capacity || !s.live[i]) continue;
            bool mark[Graph::capacity] = {};
            mark_cone(p.graph, i, mark, [](int) { return false; });
            if (mark[r]) return true;
        }
        return false;
    }

    /// The body of a reduction, and the further axes over which it is combined.
    struct nest { int body = -1; std::int16_t inner[3] = {-1, -1, -1}; };

    /// Reductions of reductions by the same monoid are one, over several axes, where its values are in lanes: Σ_c Σ_k x·w.
    constexpr nest nest_of(int r, int lane) const {
        nest n{at(r).arg[0]};
        bool const one_value = at(r).combine != monoid::argmin && at(r).combine != monoid::argmax && at(r).order_axis() < 0;
        if (lane < 0 || !has(at(r).axes, lane) || !one_value || has(s.carried, at(r).axis)) return n;      // what is carried is not done anew
        nest deep = n;
        for (int depth = 0; depth < 3 && at(deep.body).is_reduce(); ++depth) {
            auto const& x = at(deep.body);
            if (x.combine != at(r).combine || x.slot != at(r).slot || uses_of(deep.body) != 1) return n;
            deep.inner[depth] = x.axis;
            deep.body = x.arg[0];
        }
        return contains_reduce(deep.body) ? n : deep;
    }

    /// Whether reduction n is summed up together with one of those in front of r that are marked.
    constexpr bool is_in_a_nest(int n, int r, bool const* mark, int l) const {
        for (int i = n + 1; i < r; ++i) {
            if (!mark[i] || !at(i).is_reduce()) continue;
            auto const nest = nest_of(i, p.loop[l].lane);
            int inside = at(i).arg[0];
            for (int depth = 0; depth < 3 && nest.inner[depth] >= 0; ++depth, inside = at(inside).arg[0])
                if (inside == n) return true;
        }
        return false;
    }

    constexpr bool contains_reduce(int n) const { return p.graph.made_of[n] != 0; }

    constexpr int uses_of(int n) const {
        int uses = 0;
        for (int i = 0; i < p.graph.results; ++i) uses += p.graph.result[i].root == n;
        for (int i = n + 1; i < p.graph.size; ++i)
            for (int a = 0; a < at(i).arity; ++a) uses += at(i).arg[a] == n && s.live[i];
        return uses;
    }

    /// The axes of all that a node is made of; `known_in`: but for what is known in that loop.
    constexpr axes cone_axes(int n, int known_in = -1) const {
        auto const known = [&](int i) { return i != n && known_in >= 0 && p.find(i, known_in) >= 0; };
        bool mark[Graph::capacity] = {};
        mark_cone(p.graph, n, mark, known);
        axes result = 0;
        for (int i = 0; i <= n; ++i)
            if (mark[i]) result |= at(i).axes | (at(i).is_reduce() && !known(i) ? bit(at(i).axis) : 0);
        return result;
    }

    constexpr axes chain_axes(int l) const {
        axes result = 0;
        for (; l > 0; l = p.loop[l].parent) {
            result |= bit(p.loop[l].axis);
            for (int i = 0; i < p.steps; ++i)
                if (p.step[i].what == step::action::accumulate && p.step[i].home == l) result |= at(p.step[i].target).axes;
        }
        return result;
    }

    constexpr int home_of_reduction(int r, int l) const {
        // What is kept in order is kept for all places at once.
        for (int o; (o = loop_over(at(r).order_axis(), l)) > 0;) l = p.loop[o].parent;
        int home = l;
        while (home > 0) {
            auto const& x = p.loop[home];
            bool const stays = varies(r, home) && (x.how == loop::style::lanes || x.how == loop::style::each ||
                                                   !shares_work_along(r, x.axis));
            if (stays) break;
            home = x.parent;
        }
        // Doing it again in every round of an outer loop is fine only beside more work of the same axes.
        int repeats = -1;
        for (int o = home; o > 0; o = p.loop[o].parent)
            if (!varies(r, o)) repeats = o;
        if (repeats > 0 && (cone_axes(r) & ~chain_axes(l)) != 0) home = p.loop[repeats].parent;
        return home;
    }

    /// Whether the body of r will find all of reduction i, along r's axis, outside of the loops around r. Then other reductions
    /// that need i should find it there as well, rather than compute it once more.
    constexpr bool kept_along(int i, int r, int context) const {
        return has(at(i).axes, at(r).axis) && home_of_reduction(i, context) != context &&
               (cone_axes(i) & ~(chain_axes(context) | at(r).axes | bit(at(r).axis))) != 0;
    }

    /// The loop over an axis that encloses l, or is l; −1: there is none.
    constexpr int loop_over(int axis, int l) const {
        for (; axis >= 0 && l > 0; l = p.loop[l].parent)
            if (p.loop[l].axis == axis) return l;
        return -1;
    }

    /// `last`: the axis along which neighbours are to lie; −1: as in memory.
    constexpr int add_buffer(int n, int home, int last = -1) {
        if (p.buffers == p.max_buffers) refuse("sinter: a formula needs too many buffers");
        buffer b;
        b.node = static_cast<std::int16_t>(n);
        b.home = static_cast<std::int16_t>(home);
        int const lane = p.loop[home].lane;
        b.vector = has(at(n).axes, lane);
        bool const as_in_memory = last < 0 && at(n).is_leaf();
        int whole = 0;
        for (int a = 0; a < p.graph.axes_size; ++a) {
            if (!has(at(n).axes, a) || a == lane || a == last) continue;
            int const l = loop_over(a, home);
            if (l >= 0 && p.loop[l].how == loop::style::each) continue;
            if (!as_in_memory || !lies_along(n, a)) {
                add_axis(b, a, home, whole);
                continue;
            }
            if (last >= 0) add_axis(b, last, home, whole);      // of windows two axes lie so
            last = a;
        }
        if (last >= 0) add_axis(b, last, home, whole);
        if (!b.vector && whole >= 2 && last < 0 && p.whole_intermediate < 0 && !at(n).is_leaf()) p.whole_intermediate = n;
        p.buffer[p.buffers] = b;
        return p.buffers++;
    }

    constexpr void add_axis(buffer& b, int a, int home, int& whole) {
        int const l = loop_over(a, home);
        if (b.rank == buffer::most_axes) return void(p.too_deep = true);
        b.axis[b.rank] = static_cast<std::int16_t>(a);
        b.within[b.rank++] = static_cast<std::int16_t>(l >= 0 && p.loop[l].how == loop::style::block ? l : -1);
        whole += b.within[b.rank - 1] < 0;
    }

    constexpr bool lies_along(int leaf, int axis) const {
        return at(leaf).from != source::operand || at(leaf).lies_along(axis);
    }
};

}  // namespace sinter::ir
