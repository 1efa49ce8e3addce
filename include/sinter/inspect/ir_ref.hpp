// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/lower/kernel.hpp>

/// A formula, its graph and its program, whatever their capacity: what reads them is compiled once and not per formula.
namespace sinter::ir {

struct program_ref {
    term const* terms;
    int terms_size;
    operand_info const* operand;
    int operands;
    extent const* formula_extents;
    vertex const* nodes;
    std::uint64_t const* reduction;
    std::uint64_t const* made_of;
    axis_info const* axis;
    int axes_size, size;
    ir::loop const* loop;
    ir::buffer const* buffer;
    ir::step const* step;
    int loops, buffers, steps, passes, whole_intermediate;
    std::size_t const* extents;   ///< all extents of the formula, or null where they are not known
    int results;
    ir::result const* result;     ///< those without a root are not made by this program
    std::int16_t const* result_term;
    ir::lookup const* lookup;
    int lookups;

    constexpr bool makes(int i) const { return result[i].root >= 0; }

    /// Number of indices of an axis; dyn where it is not known.
    constexpr std::size_t extent_of(int a) const { return extents ? extents[axis[a].extent] : axis[a].value; }

    /// Whether a loop around this one bounds its axis to a block.
    constexpr bool is_bounded(ir::loop const& x) const {
        for (int l = x.parent; l > 0; l = loop[l].parent)
            if (loop[l].axis == x.axis && loop[l].how == ir::loop::style::block) return true;
        return false;
    }

    /// Marks what node n is made of, itself included.
    constexpr void mark_cone(int n, bool* mark) const {
        mark[n] = true;
        for (int i = n; i >= 0; --i)
            if (mark[i])
                for (int a = 0; a < nodes[i].arity; ++a) mark[nodes[i].arg[a]] = true;
    }
    /// Marks what the results are made of.
    constexpr void mark_live(bool* mark) const {
        for (int i = 0; i < results; ++i)
            if (makes(i)) mark_cone(result[i].root, mark);
    }
    constexpr bool is_root(int n) const {
        for (int i = 0; i < results; ++i)
            if (result[i].root == n) return true;
        return false;
    }
};

template <class Graph, int N>
constexpr program_ref ref(program<Graph> const& p, formula<N> const& f, std::size_t const* extents = nullptr) {
    auto const& g = p.graph;
    return {f.terms, f.size, f.operand, f.operands, f.extents, g.nodes, g.reduction, g.made_of, g.axis, g.axes_size, g.size,
            p.loop, p.buffer, p.step, p.loops, p.buffers, p.steps, p.passes,
            p.whole_intermediate, extents, g.results, g.result, f.result, g.lookup, g.lookups};
}

}  // namespace sinter::ir
