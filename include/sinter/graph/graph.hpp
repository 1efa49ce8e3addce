// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/capture/formula.hpp>
#include <sinter/core/config.hpp>
#include <sinter/core/dtype.hpp>
#include <sinter/core/op.hpp>
#include <sinter/core/refuse.hpp>

#include <cstdint>

/// A formula as elements and axes: three kinds of node and nothing else.
namespace sinter::ir {

enum class kind : std::uint8_t { leaf, map, reduce };

/// Where the value of a leaf comes from.
enum class source : std::uint8_t {
    operand,     ///< an element of operand `slot`, at `at`
    coordinate,  ///< the index at[0] itself
    constant,    ///< `value`
    extent,      ///< extent number `slot` of the formula, as a number
    previous,    ///< the running value of reduction arg[0] before the current block
};

/// What one axis adds to a coordinate: step · by · axis, or step · by · ⌊axis / per⌋.
struct strand {
    std::int16_t axis = -1;              ///< −1: does not vary
    std::int16_t step = 1;
    std::int16_t by = -1;                ///< an extent of the formula that multiplies the step
    std::int16_t guard = -1;             ///< an extent of the formula; where it is 1, the axis does not count: broadcast
    std::int16_t per = -1;               ///< an extent of the formula: that many neighbours count as one
    bool operator==(strand const&) const = default;
};

/// A set of axes.
using axes = std::uint32_t;
constexpr axes bit(int axis) { return axis < 0 ? 0u : 1u << axis; }
constexpr bool has(axes set, int axis) { return axis >= 0 && (set >> axis & 1u); }
constexpr int count(axes set) {
    int n = 0;
    for (; set; set &= set - 1) ++n;
    return n;
}

/// Why an access is more than one index can say (see refusal.hpp).
enum class refusal : std::int8_t {
    none, windows, windows_at_run_time, slice_at_run_time, slices, broadcasts, window_of_broadcast, transposed, repeated, take_of_broadcast,
    take_at_run_time, take_twice, places, steps,
};

/// One coordinate of an access, an affine function of at most two axes: Σ start + Σ step · axis. It *jumps* where
/// something is divided, or where a number that is looked up in an operand of integers is part of it.
struct index : strand {
    strand second = {};                  ///< windows overlap: position + offset
    std::int16_t start[3] = {-1, -1, -1};    ///< extents of the formula that are added, each times its scale
    std::int16_t scale[3] = {1, 1, 1};
    std::int16_t guarded = 0;            ///< this many of the starts don't count where
    std::int16_t start_guard = -1;       ///< this extent of the formula is 1
    std::int16_t whole = -1;             ///< an extent of the formula; where it is 1, the coordinate is 0
    std::int16_t over = -1;              ///< an extent of the formula that divides all of it; where a rest is left, −1: outside
    std::int16_t via = -1, via_step = 1; ///< this lookup of the graph, times this step, is added
    axes via_axes = 0;                   ///< on which it depends
    bool checked = false;                ///< may lie outside of the operand, whose elements are 0 there
    refusal refused = refusal::none;     ///< it cannot be said; nothing else counts then
    constexpr void refuse(refusal why) {
        if (refused == refusal::none) refused = why;
    }
    constexpr bool jumps() const { return over >= 0 || via >= 0 || per >= 0 || second.per >= 0; }
    constexpr bool plain() const {
        return axis >= 0 && step == 1 && by < 0 && start[0] < 0 && guard < 0 && whole < 0 && second.axis < 0 && !jumps();
    }
    bool operator==(index const&) const = default;
    static constexpr int starts = 3;
    constexpr int starts_used() const {
        int n = 0;
        while (n < starts && start[n] >= 0) ++n;
        return n;
    }
    /// Neighbours along `a` are neighbours in memory, if the dimension is the last one.
    constexpr bool dense_along(int a) const {
        auto const unit = [a](strand const& s) { return s.axis == a && s.step == 1 && s.by < 0; };
        return a >= 0 && !jumps() && (unit(*this) ? second.axis != a : axis != a && unit(second));
    }
};

/// The axes on which a coordinate depends.
constexpr axes axes_of(index const& i) { return bit(i.axis) | bit(i.second.axis) | i.via_axes; }

struct vertex {
    kind what = kind::leaf;
    ir::source from = source::constant;
    ir::op op = op::add;
    ir::monoid combine = monoid::sum;
    dtype type = dtype::none;
    std::int8_t arity = 0, rank = 0;
    std::int16_t slot = -1;       ///< operand; the user's function or monoid; number of an extent
    std::int16_t shape = -1;      ///< leaf: the term whose extents give the strides (reshape); −1: the operand's own
    std::int16_t axis = -1;       ///< reduce: the axis that disappears
    std::int16_t arg[4] = {-1, -1, -1, -1};
    ir::axes axes = 0;            ///< on which the value depends
    double value = 0;
    index at[max_rank] = {};      ///< leaf: the coordinates of its element; reduce: the place in what is kept, if any
    bool operator==(vertex const&) const = default;
    /// Whether a leaf's neighbours along axis `a` are neighbours in memory.
    constexpr bool lies_along(int a) const {
        if (from != source::operand || rank == 0 || !at[rank - 1].dense_along(a)) return false;
        for (int d = 0; d + 1 < rank; ++d)
            if (at[d].axis == a || at[d].second.axis == a) return false;
        return true;
    }
    constexpr bool is_checked() const {
        for (int d = 0; d < rank; ++d)
            if (at[d].checked) return true;
        return false;
    }
    /// Whether a coordinate jumps; whether one that depends on axis `a` does.
    constexpr bool jumps() const {
        for (int d = 0; d < rank; ++d)
            if (at[d].jumps()) return true;
        return false;
    }
    constexpr bool jumps_along(int a) const {
        for (int d = 0; d < rank; ++d)
            if (at[d].jumps() && has(axes_of(at[d]), a)) return true;
        return false;
    }
    constexpr bool is_leaf() const { return what == kind::leaf; }
    constexpr bool is_map() const { return what == kind::map; }
    constexpr bool is_map(ir::op o) const { return what == kind::map && op == o; }
    constexpr bool is_reduce() const { return what == kind::reduce; }
    constexpr bool is_truth() const { return (is_map() && info(op).is_mask) || type == dtype::boolean; }
    /// The axis along which a reduction orders what it keeps; −1: it keeps one value.
    constexpr int order_axis() const { return is_reduce() && rank > 0 ? at[0].axis : -1; }
    constexpr bool is_constant(double v) const {
        return what == kind::leaf && from == source::constant && value == v;
    }
};

/// An axis: a name for the indices 0 … extent − 1.
struct axis_info {
    std::int16_t extent = -1;   ///< number of the extent in the formula
    std::size_t value = dyn;    ///< where it is known at compile time
    bool operator==(axis_info const&) const = default;
};

/// A number that is looked up: the leaf that it is, and the extent of the axis on which it is a place. Those below 0 count
/// from the end of that axis; all are looked at before anything is computed.
struct lookup {
    std::int16_t node = -1, extent = -1;
    bool operator==(lookup const&) const = default;
};

/// A result: the node of its element, and the axis of each of its axes. An axis may be split in two here, i = a · part + b.
struct result {
    std::int16_t root = -1;            ///< −1: this graph does not make it
    std::int8_t rank = 0;
    std::int16_t out[max_rank] = {};
    std::int8_t split = -1;            ///< this axis of the formula's result is axes split and split + 1 here
    std::int16_t part = -1;            ///< the extent of the second one
};

/// Nodes in topological order (arguments first), hash-consed: equal nodes are one node.
template <int Nodes>
struct graph {
    static constexpr int capacity = Nodes;
    static constexpr int max_axes = 32, max_lookups = 16;
    int size = 0, axes_size = 0, reductions = 0, lookups = 0, root = -1;
    vertex nodes[Nodes] = {};
    std::uint32_t hash[Nodes] = {};
    std::uint64_t reduction[Nodes] = {};  ///< a bit of its own for each reduction, 0 for other nodes
    std::uint64_t made_of[Nodes] = {};    ///< the reductions on which a node depends, itself included
    axis_info axis[max_axes] = {};
    ir::lookup lookup[max_lookups] = {};
    std::int8_t out_rank = 0;
    std::int16_t out[max_rank] = {};   ///< the axis of each axis of the result; of several, the one with the most axes
    int results = 1;
    ir::result result[max_results] = {};
    refusal refused = refusal::none;   ///< the graph could not be made,
    std::int16_t refused_term = -1;    ///< unless this term were stored

    constexpr vertex const& operator[](int i) const { return nodes[i]; }

    /// The same graph in another capacity.
    template <int Other>
    constexpr void assign(graph<Other> const& o) {
        size = o.size;
        axes_size = o.axes_size;
        reductions = o.reductions;
        lookups = o.lookups;
        root = o.root;
        out_rank = o.out_rank;
        for (int i = 0; i < size; ++i) {
            nodes[i] = o.nodes[i];
            hash[i] = o.hash[i];
            reduction[i] = o.reduction[i];
            made_of[i] = o.made_of[i];
        }
        for (int i = 0; i < axes_size; ++i) axis[i] = o.axis[i];
        for (int i = 0; i < lookups; ++i) lookup[i] = o.lookup[i];
        for (int i = 0; i < max_rank; ++i) out[i] = o.out[i];
        results = o.results;
        for (int i = 0; i < max_results; ++i) result[i] = o.result[i];
        refused = o.refused;
        refused_term = o.refused_term;
    }

    constexpr int new_axis(int extent, std::size_t value) {
        if (axes_size == max_axes) refuse("sinter: a formula has more than 32 axes");
        axis[axes_size] = axis_info{static_cast<std::int16_t>(extent), value};
        return axes_size++;
    }

    constexpr int add_lookup(ir::lookup const& l) {
        for (int i = 0; i < lookups; ++i)
            if (lookup[i] == l) return i;
        if (lookups == max_lookups) refuse("sinter: a formula takes elements at more than 16 different places");
        lookup[lookups] = l;
        return lookups++;
    }

    /// Adds a node, or finds the equal one that is there.
    constexpr int add(vertex const& n) {
        std::uint32_t const h = hash_of(n);
        for (int i = 0; i < size; ++i)
            if (hash[i] == h && nodes[i] == n) return i;
        if (size == Nodes) refuse("sinter: a formula has too many nodes");
        nodes[size] = n;
        hash[size] = h;
        reduction[size] = 0;
        if (n.is_reduce()) {
            if (reductions == 64) refuse("sinter: a formula has more than 64 different reductions");
            reduction[size] = std::uint64_t{1} << reductions++;
        }
        made_of[size] = reduction[size];
        for (int i = 0; i < n.arity; ++i) made_of[size] |= made_of[n.arg[i]];
        return size++;
    }

  private:
    static constexpr std::uint32_t hash_of(vertex const& n) {
        std::uint32_t h = 17u + static_cast<std::uint32_t>(n.what) * 3u + static_cast<std::uint32_t>(n.op) * 131u +
                          static_cast<std::uint32_t>(n.from) * 977u;
        h = h * 31u + static_cast<std::uint32_t>(n.slot + 7);
        h = h * 31u + static_cast<std::uint32_t>(n.axis + 7);
        for (int i = 0; i < n.arity; ++i) h = h * 31u + static_cast<std::uint32_t>(n.arg[i] + 7);
        for (int i = 0; i < n.rank; ++i)
            h = h * 31u + static_cast<std::uint32_t>(n.at[i].axis + 7 + 64 * (n.at[i].second.axis + 1) + 4096 * (n.at[i].via + 1));
        return h;
    }
};

}  // namespace sinter::ir
