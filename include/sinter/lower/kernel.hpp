// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/capture/compute_type.hpp>
#include <sinter/capture/operands.hpp>
#include <sinter/capture/to_formula.hpp>
#include <sinter/graph/results.hpp>
#include <sinter/schedule/schedule.hpp>
#include <sinter/simd/simd.hpp>

#include <cstdint>

/// All that is known of an evaluation at compile time: the formula, its graph and its program.
namespace sinter::lower {
inline namespace SINTER_SIMD_ARCH {

/// A stride that is known at run time only.
inline constexpr std::ptrdiff_t unknown_stride = PTRDIFF_MIN;

template <class E>
constexpr bool mixes_own_types() {
    if constexpr (ir::compute_type(ir::formula_of<E>) != ir::dtype::own) return false;
    else return std::is_same_v<typename captured::own_type<E>::type, captured::mixed_own_types>;
}

/// A template of its own, so that what is wrong with a plan is said once, and a kernel stays a class.
template <bool TooDeep>
struct fits_buffers {
    static_assert(!TooDeep, "sinter: a value of this formula would have to be kept along more than 8 axes. Write materialize(...) around a part of it");
};

template <class E>
struct kernel {
    static constexpr auto const& formula = ir::formula_of<E>;
    static constexpr auto graph = ir::to_graph<ir::formula_of<E>>();
    static_assert(sizeof(ir::accepted<ir::formula_of<E>, graph.refused, graph.refused_term>) > 0);
    static constexpr auto program = ir::schedule(graph, formula);
    static_assert(sizeof(fits_buffers<program.too_deep>) > 0);
    using value = typename captured::element_in<ir::compute_type(formula), E>::type;
    /// Whether formulas are computed in a type of the user's, one number at a time.
    static constexpr bool is_own = own_scalar<value>;
    using operands = decltype(handles(std::declval<E const&>()));

    static constexpr ir::vertex node(int i) { return program.graph.nodes[i]; }
    static constexpr ir::loop loop(int i) { return program.loop[i]; }
    static constexpr ir::buffer buffer(int i) { return program.buffer[i]; }
    static constexpr ir::step step(int i) { return program.step[i]; }

    /// Whether something is used again and again, so that its lanes are kept in buffers.
    static constexpr bool contracts = [] {
        for (int l = 0; l < program.loops; ++l)
            if (program.loop[l].how == ir::loop::style::whole || program.loop[l].masks() > 0) return true;
        return false;
    }();
    /// Whether a tile of lanes accumulates one value for each lane, and no rows of them.
    static constexpr bool one_row = [] {
        int sums = 0;
        for (int i = 0; i < program.steps; ++i) {
            auto const& t = program.step[i];
            auto const& l = program.loop[t.home];
            if (t.what == ir::step::action::accumulate && l.lane >= 0 && l.lane != l.axis) sums += program.buffer[t.buffer].rank > 0 ? 2 : 1;
        }
        return contracts && sums == 1;
    }();
    /// Whether tiles of lanes have no loops inside: then a tile reads each operand at one place.
    static constexpr bool flat = [] {
        if (is_own) return false;
        for (int l = 0; l < program.loops; ++l)
            if (program.loop[l].parent >= 0 && program.loop[program.loop[l].parent].lane >= 0) return false;
        return true;
    }();
    /// Whether a formula is so long that its code exists once: what a tile costs besides counts for little there.
    static constexpr bool is_long = program.graph.size > 40;
    /// Registers of a tile: 6 rows of `vectors` batches are accumulated at once, or a long row. A type of the user's is in
    /// none, and a tile of one number is never partial: so nothing is computed for elements that do not exist, where it might throw.
    static constexpr int vectors = is_own ? 1 : simd::register_count >= 32 || (flat && !is_long) ? 4 : one_row ? 8 : 2;
    static constexpr int width = simd::width<value>;
    static constexpr int lanes = vectors * width;
    /// Batches of a tile that are worked on; fewer in the last tile of a row (see `narrow`).
    static constexpr int active = vectors;
    static constexpr int tile = active * width;
    /// Whether every operand lies in memory as the lanes do, and all lanes exist (see `dense`).
    static constexpr bool is_dense = false;
    /// Whether the same is so but for some lanes at the end, which do not exist (see `dense_part`).
    static constexpr bool is_part = false;
    /// What node n is known to be throughout (see `unmasked`); −1: nothing is known.
    static constexpr int known_truth(int) { return -1; }
    using base = kernel;

    /// How far apart in memory neighbours of a leaf along an axis are, in elements, where that is known; else unknown_stride.
    static constexpr std::ptrdiff_t static_stride(int leaf, int axis) {
        auto const x = program.graph.nodes[leaf];
        auto const& o = formula.operand[x.slot];
        std::ptrdiff_t sum = 0;
        std::size_t row_major = 1;      // of the dimension
        for (int d = x.rank - 1; d >= 0; --d) {
            for (ir::strand const& s : {static_cast<ir::strand const&>(x.at[d]), x.at[d].second}) {
                if (s.axis != axis || x.at[d].jumps()) continue;
                bool const at_run_time = s.guard >= 0 || x.at[d].whole >= 0 || s.by >= 0;
                if (!(o.contiguous || x.shape >= 0) || at_run_time || row_major == dyn) return unknown_stride;
                sum += s.step * static_cast<std::ptrdiff_t>(row_major);
            }
            std::size_t const n = x.shape >= 0 ? formula.extents[formula.terms[x.shape].extent[d]].known() : o.extent[d];
            row_major = n == dyn || row_major == dyn ? dyn : row_major * n;
        }
        return sum;
    }
    /// Whether the value of a leaf varies along an axis.
    static constexpr bool varies_along(int leaf, int axis) { return ir::has(program.graph.nodes[leaf].axes, axis); }
    /// Whether a leaf may read outside of its operand.
    static constexpr bool checks = [] {
        for (int i = 0; i < program.graph.size; ++i)
            if (program.graph.nodes[i].is_leaf() && program.graph.nodes[i].is_checked()) return true;
        return false;
    }();
    /// Whether a leaf's place jumps: then that is computed at each point.
    static constexpr bool jumps = [] {
        for (int i = 0; i < program.graph.size; ++i)
            if (program.graph.nodes[i].is_leaf() && program.graph.nodes[i].jumps()) return true;
        return false;
    }();
    /// Whether a sweep goes on where it was for the index before.
    static constexpr bool carries = [] {
        for (int l = 0; l < program.loops; ++l)
            if (program.loop[l].carries) return true;
        return false;
    }();
    /// The number of the extent of each axis.
    static constexpr auto axis_extents = [] {
        std::array<std::int16_t, graph.max_axes> e{};
        for (int a = 0; a < program.graph.axes_size; ++a) e[static_cast<std::size_t>(a)] = program.graph.axis[a].extent;
        return e;
    }();
    static constexpr std::size_t static_extent(int axis) { return program.graph.axis[axis].value; }
    /// Whether loop l or one around it fixes the axis to one index.
    static constexpr bool fixed(int axis, int l) {
        for (; l > 0; l = program.loop[l].parent)
            if (program.loop[l].axis == axis) return program.loop[l].how == ir::loop::style::each;
        return false;
    }
    /// The strip around tiles l of lanes; −1 if none.
    static constexpr int strip_over(int l) {
        for (int o = program.loop[l].parent; o > 0; o = program.loop[o].parent)
            if (program.loop[o].how == ir::loop::style::strip && program.loop[o].axis == program.loop[l].axis) return o;
        return -1;
    }
    /// The block loop around l (or l itself) that bounds the axis; −1 if none.
    static constexpr int block_over(int axis, int l) {
        for (; l > 0; l = program.loop[l].parent)
            if (program.loop[l].axis == axis && program.loop[l].how == ir::loop::style::block) return l;
        return -1;
    }
};

/// The same evaluation on the first N batches of a tile.
template <class K, int N>
struct narrow : K {
    static constexpr int active = N;
    static constexpr int tile = N * K::width;
};

/// The same evaluation on whole tiles of operands that lie in memory as the lanes do.
template <class K, int Lane>
struct dense : K {
    static constexpr bool is_dense = true;
    /// Operands in which places are looked up may lie otherwise.
    static constexpr bool is_known = !K::jumps && K::program.graph.lookups == 0;
    static constexpr std::ptrdiff_t static_stride(int leaf, int axis) { return axis == Lane && is_known ? 1 : K::static_stride(leaf, axis); }
};

/// The same evaluation on the last tile of them, which is not whole.
template <class K, int Lane>
struct dense_part : dense<K, Lane> {
    static constexpr bool is_dense = false, is_part = true;
};

}  // namespace SINTER_SIMD_ARCH
}  // namespace sinter::lower
