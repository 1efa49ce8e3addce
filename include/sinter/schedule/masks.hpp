// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/graph/bounds.hpp>
#include <sinter/schedule/program.hpp>
#include <sinter/schedule/survey.hpp>

/// Which comparisons can leave out a block of a sweep. Nothing here knows a mask: a comparison of coordinates, or of what
/// varies with one axis, is found wherever it stands, and whether it makes everything that the sweep combines an identity
/// is a matter of interval arithmetic.
namespace sinter::ir {

/// Whether bounds of a leaf, over a round of loop l, cost less than what they save: it varies along one axis there.
template <class Graph>
constexpr bool bounds_are_cheap(program<Graph> const& p, int l, vertex const& leaf) {
    if (leaf.from == source::previous || leaf.jumps() || leaf.at[0].jumps()) return false;
    if (leaf.from != source::operand) return true;
    axes varied = leaf.axes;
    for (; l > 0; l = p.loop[l].parent)
        if (p.loop[l].how == loop::style::each) varied &= ~bit(p.loop[l].axis);
    return !leaf.is_checked() && count(varied) <= 1;
}

template <class Graph>
class mask_finder {
  public:
    constexpr mask_finder(program<Graph>& program, int loop, dtype computed) : p(program), l(loop) {
        for (int i = 0; i < p.steps; ++i)
            if (combines(i)) mark_cone(p.graph, p.step[i].body, cone, [&](int n) { return at(n).is_reduce(); });
        for (int n = 0; n < p.graph.size; ++n) {
            auto const& x = at(n);
            if (x.is_map(op::select) || x.is_map(op::logical_and) || x.is_map(op::logical_or)) asked[x.arg[0]] = true;
            if (x.is_map(op::logical_and) || x.is_map(op::logical_or)) asked[x.arg[1]] = true;
        }
        for (int n = 0; n < p.graph.size; ++n) {
            auto const& x = at(n);
            if (!cone[n] || x.is_reduce()) continue;
            cheap[n] = x.is_leaf() ? bounds_are_cheap(p, l, x) : has_bounds(x.op);
            if (!is_floating(computed)) cheap[n] = cheap[n] && is_exact(x, computed);
            reads[n] = x.is_leaf() && x.from == source::operand;
            by_place[n] = (x.is_leaf() && x.from == source::coordinate) || is_mask(n);
            rests[n] = x.is_map() && is_flat_somewhere(x.op);
            bool const passes_on = x.is_map() && info(x.op).goes == course::any;
            for (int a = 0; a < x.arity; ++a) {
                cheap[n] = cheap[n] && cheap[x.arg[a]];
                reads[n] = reads[n] || reads[x.arg[a]];
                by_place[n] = by_place[n] || by_place[x.arg[a]];
                rests[n] = rests[n] || (passes_on && rests[x.arg[a]]);
            }
        }
    }

    /// Truths first: a block can be computed without them. Then numbers that may be 0, or −∞, throughout a block.
    constexpr void find() {
        for (int n = p.graph.size - 1; n >= 0; --n)
            if (cone[n] && cheap[n] && is_mask(n)) consider(n);
        for (int n = p.graph.size - 1; n >= 0; --n)
            if (cone[n] && cheap[n] && by_place[n] && rests[n] && !at(n).is_truth() && !contains_found(n)) consider(n);
    }

  private:
    using B = bounds<double>;
    static constexpr int none = -1;
    program<Graph>& p;
    int l;
    bool cone[Graph::capacity] = {}, cheap[Graph::capacity] = {}, by_place[Graph::capacity] = {};
    bool reads[Graph::capacity] = {};       ///< operands
    bool asked[Graph::capacity] = {};       ///< by a choice or a connective
    bool rests[Graph::capacity] = {};       ///< may be one number for many indices

    constexpr vertex const& at(int n) const { return p.graph.nodes[n]; }
    /// A comparison, or a truth of another kind that is asked; not one that is multiplied as a number.
    constexpr bool is_mask(int n) const {
        return (at(n).is_map() && info(at(n).op).is_mask) || (asked[n] && at(n).is_truth());
    }
    constexpr bool combines(int i) const { return p.step[i].what == step::action::accumulate && p.step[i].home == l; }

    /// Whether integers have the bounds of what is meant: they do not wrap around, and nothing is rounded.
    constexpr bool is_exact(vertex const& x, dtype computed) const {
        bool const is_unsigned = computed == dtype::u64;
        if (x.is_leaf()) return !is_unsigned || x.from != source::operand;
        switch (x.op) {
            case op::mul: case op::div: case op::cast: return false;
            case op::neg: case op::abs: case op::sub: return !is_unsigned && !reads[x.arg[0]] && !(x.arity > 1 && reads[x.arg[1]]);
            case op::add: return !reads[x.arg[0]] && !reads[x.arg[1]];
            default: return true;
        }
    }

    constexpr void consider(int n) {
        auto& into = p.loop[l];
        if (into.masks() == loop::max_masks || part_of_found(n)) return;
        for (bool const value : {false, true}) {
            if (!leaves_out(n, value)) continue;
            into.leaves_out_if[into.masks()] = value;
            into.mask[into.masks()] = static_cast<std::int16_t>(n);
            return;
        }
    }

    constexpr bool contains(int n, int part) const {
        bool inside[Graph::capacity] = {};
        mark_cone(p.graph, n, inside, [](int) { return false; });
        return inside[part];
    }
    /// A comparison within one that has been found says nothing of its own.
    constexpr bool part_of_found(int n) const {
        for (int m = 0; m < p.loop[l].masks(); ++m)
            if (contains(p.loop[l].mask[m], n)) return true;
        return false;
    }
    constexpr bool contains_found(int n) const {
        for (int m = 0; m < p.loop[l].masks(); ++m)
            if (contains(n, p.loop[l].mask[m])) return true;
        return false;
    }

    /// Whether the sweep leaves its state as it is where node n has a value throughout. What a masked element is instead
    /// often is a number that is known at run time only: then there has to be one for which it is true.
    constexpr bool leaves_out(int n, bool value) const {
        if (!at(n).is_truth()) return changes_nothing(n, value ? -B::infinity : 0, 0);
        for (double const instead : {-B::infinity, 0.0, B::infinity})
            if (changes_nothing(n, value, instead) && !changes_nothing(none, value, instead)) return true;
        return false;
    }

    constexpr bool changes_nothing(int n, double value, double instead) const {
        B known[Graph::capacity];
        for (int i = 0; i < p.graph.size; ++i) {
            auto const& x = at(i);
            known[i] = {-B::infinity, B::infinity, false};      // g++ 12 may leave out the members' own when it comes here again
            if (!cone[i]) continue;
            if (i == n) known[i] = B::exactly(value);
            else if (x.is_leaf() && x.from == source::constant) known[i] = B::exactly(x.value);
            else if (x.is_leaf() && x.from == source::operand && x.rank == 0) known[i] = B::exactly(instead);
            else if (x.is_map()) known[i] = bounds_of(x, known).supposed();
        }
        bool any = false;
        for (int i = 0; i < p.steps; ++i) {
            if (!combines(i)) continue;
            any = true;
            if (!known[p.step[i].body].is(identity_of<double>(at(p.step[i].target).combine))) return false;
        }
        return any;
    }
};

/// Finds the masks of each sweep that comes in blocks.
template <class Graph>
constexpr void find_masks(program<Graph>& p, dtype computed) {
    for (int l = 0; l < p.loops; ++l)
        if (p.loop[l].reduces && p.loop[l].how == loop::style::block) mask_finder<Graph>(p, l, computed).find();
}

}  // namespace sinter::ir
