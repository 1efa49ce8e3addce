// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/schedule/placement.hpp>

/// Which operands are copied before they are used: transposed, packed or converted, a block or a tile at a time.
namespace sinter::ir {

template <class Graph>
struct operand_keeper : placement<Graph> {
    using base = placement<Graph>;
    using base::p, base::at, base::add_step, base::add_buffer, base::lies_along, base::loop_over;
    dtype computed = dtype::none;   ///< the type of what is in registers

    /// Copies a leaf once per round of `home`; `last` as in add_buffer.
    constexpr void keep_leaf(int n, int home, int last = -1) {
        int const b = add_buffer(n, home, last);
        add_step(step::action::compute, home, n, b);
    }

    /// A leaf whose lanes are far apart in memory is transposed a block at a time.
    constexpr void pack_if_scattered(int n, int l) {
        auto const& loop = p.loop[l];
        if (loop.how != loop::style::block || !has(at(n).axes, loop.lane) || !has(at(n).axes, loop.axis)) return;
        if (!lies_along(n, loop.lane)) keep_leaf(n, l);
    }

    /// Copies the operands of node n that are wanted and that loop l does not find kept; calls `then` after each.
    template <class Wanted, class Then>
    constexpr void keep_leaves(int n, int l, int home, Wanted wanted, Then then, int last = -1) {
        bool mark[Graph::capacity] = {};
        mark_cone(p.graph, n, mark, [&](int i) { return at(i).is_reduce() || p.find(i, l) >= 0; });
        for (int i = 0; i <= n; ++i) {
            if (!mark[i] || !at(i).is_leaf() || p.find(i, l) >= 0 || !wanted(i)) continue;
            keep_leaf(i, home, last);
            then();
        }
    }
    template <class Wanted>
    constexpr void keep_leaves(int n, int l, int home, Wanted wanted) { keep_leaves(n, l, home, wanted, [] {}); }

    /// The leaves of a kept value that are far apart in memory along the lanes are transposed first.
    constexpr void keep_scattered_leaves(int n, int home) {
        int const lane = p.loop[home].lane;
        keep_leaves(n, home, home,
                    [&](int i) { return has(at(i).axes, lane) && at(i).axes != bit(lane) && !lies_along(i, lane); });
    }

    /// Whether a leaf is broadcast along the lanes of a contraction and read again for each index that loop l iterates.
    constexpr bool is_broadcast_operand(int i, int l) const {
        return at(i).from == source::operand && !has(at(i).axes, p.loop[l].lane) && has(at(i).axes, p.loop[l].axis);
    }

    /// The operands of a contraction that are broadcast, but lie along the rows of the tile (which loop `block` iterates):
    /// going down a column touches a cache line for each index, so a block of them is transposed. Of windows that would be as many
    /// copies of an element as windows have it.
    constexpr void keep_strided_operands(int n, int l, int block) {
        int const rows = p.loop[block].axis;
        keep_leaves(n, l, block, [&](int i) {
            return is_broadcast_operand(i, l) && at(i).rank > 1 && has(at(i).axes, rows) && lies_along(i, rows) && !has_windows(i);
        }, [] {}, p.loop[l].axis);
    }

    constexpr bool has_windows(int leaf) const {
        for (int d = 0; d < at(leaf).rank; ++d)
            if (at(leaf).at[d].second.axis >= 0) return true;
        return false;
    }

    /// The operands of a contraction that are broadcast one by one, and stored in another type than they are computed in: a
    /// block of them is converted together, in registers. Or that jump: a block of them is brought together.
    constexpr void keep_converted_operands(int n, int l, int home) {
        keep_leaves(n, l, home, [&](int i) { return is_broadcast_operand(i, l) && (at(i).type != computed || at(i).jumps()) && is_panel(i, home); },
                    [&] { if (!p.loop[home].reduces) p.loop[home].length = converted_length; });
    }

    /// Whether what varies of a leaf inside a loop is a row, or rows in a block: windows, and what is read outside of its
    /// operand, are converted as they are read.
    constexpr bool is_panel(int leaf, int home) const {
        for (int d = 0; d < at(leaf).rank; ++d)
            if (at(leaf).at[d].checked) return false;
        return !has_windows(leaf) && count(axes_inside(leaf, home, false)) <= 1 && count(axes_inside(leaf, home, true)) <= 1;
    }

    /// The axes of a node that have an extent inside loop `home`: a block of them, or the whole.
    constexpr axes axes_inside(int n, int home, bool in_block) const {
        axes found = 0;
        for (int a = 0; a < p.graph.axes_size; ++a) {
            if (!has(at(n).axes, a)) continue;
            int const over = loop_over(a, home);
            if (in_block ? over >= 0 && p.loop[over].how == loop::style::block : over < 0) found |= bit(a);
        }
        return found;
    }

    /// Whether a node is computed from operands alone, is the same for all lanes of loop l, and would be computed anew for each
    /// index there: rows of it, in a block, are better computed together. `inner`: the axes of which the loop goes through all
    /// indices.
    constexpr bool is_computed_panel(int n, int l, int home, axes inner) const {
        auto const& x = at(n);
        if (!x.is_map() || info(x.op).is_mask || p.graph.made_of[n] != 0) return false;
        if (has(x.axes, p.loop[l].lane) || !has(x.axes, p.loop[l].axis) || count(axes_inside(n, home, true)) != 1) return false;
        axes const whole = axes_inside(n, home, false);
        return count(whole) <= 3 && (whole & ~inner) == 0 && contiguous_column(n, home) >= 0;
    }

    /// Of the axes that node n has inside loop `home`, the one along which most of its operands lie. −1: no operand has any of
    /// them.
    constexpr int contiguous_column(int n, int home) const {
        bool mark[Graph::capacity] = {};
        mark_cone(p.graph, n, mark, [](int) { return false; });
        int votes[Graph::max_axes] = {}, best = -1;
        for (int i = 0; i < n; ++i) {
            if (!mark[i] || !at(i).is_leaf() || at(i).from != source::operand) continue;
            for (int a = 0; a < p.graph.axes_size; ++a)
                if (has(at(i).axes, a)) votes[a] += at(i).lies_along(a) ? 9 : 1;
        }
        axes const whole = axes_inside(n, home, false);
        for (int a = 0; a < p.graph.axes_size; ++a)
            if (has(whole, a) && votes[a] > 0 && (best < 0 || votes[a] >= votes[best])) best = a;
        return best;
    }
};

}  // namespace sinter::ir
