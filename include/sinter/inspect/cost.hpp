// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/capture/slots.hpp>
#include <sinter/inspect/ir_ref.hpp>
#include <sinter/lower/run.hpp>

/// What an evaluation costs at given extents, counted from its graph.
namespace sinter::ir {

struct cost {
    std::size_t flops = 0;      ///< operations
    std::size_t bytes = 0;      ///< memory that must be touched
    std::size_t workspace = 0;  ///< bytes

    /// One evaluation after another; they share their workspace.
    constexpr cost& operator+=(cost const& o) {
        flops += o.flops;
        bytes += o.bytes;
        workspace = workspace > o.workspace ? workspace : o.workspace;
        return *this;
    }
};

/// `own`: bytes of the user's own type.
constexpr std::size_t size_in_bytes(dtype t, std::size_t own) {
    return t == dtype::own ? own : static_cast<std::size_t>(bytes_of(t));
}

constexpr std::size_t indices(program_ref const& p, axes set) {
    std::size_t n = 1;
    for (int a = 0; a < p.axes_size; ++a)
        if (has(set, a)) n *= p.extent_of(a);
    return n;
}

/// The axes along which a node is computed anew. A sweep that carries goes over its own axis once for all tiles around it.
constexpr axes counted_axes(program_ref const& p, vertex const& x) {
    axes set = x.axes | (x.is_reduce() ? bit(x.axis) : 0u);
    for (int l = 1; l < p.loops; ++l)
        if (p.loop[l].carries && has(set, p.loop[l].axis)) set &= ~bit(p.loop[p.loop[l].parent].axis);
    return set;
}

/// Σ over the maps and reductions: one operation for each index of its axes, a reduction's own axis included. Each node
/// once, so what a plan with several passes computes again is not counted again.
template <int Nodes>
constexpr std::size_t count_flops(program_ref const& p) {
    bool live[Nodes] = {};
    p.mark_live(live);
    std::size_t n = 0;
    for (int i = 0; i < p.size; ++i)
        if (live[i] && !p.nodes[i].is_leaf()) n += indices(p, counted_axes(p, p.nodes[i]));
    return n;
}

/// What each operand's accesses reach, at most all of it, and the results.
template <int Nodes>
constexpr std::size_t count_bytes(program_ref const& p, slot_extents const* slots, std::size_t own) {
    bool live[Nodes] = {};
    p.mark_live(live);
    for (int i = 0; i < p.lookups; ++i) live[p.lookup[i].node] = true;
    std::size_t bytes = 0;
    for (int i = 0; i < p.results; ++i) {
        if (!p.makes(i)) continue;
        auto const& t = p.terms[p.result_term[i]];
        std::size_t n = size_in_bytes(t.type, own);
        for (int d = 0; d < t.rank; ++d) n *= p.extents[t.extent[d]];
        bytes += n;
    }
    for (int s = 0; s < p.operands; ++s) {
        auto const& o = p.operand[s];
        if (o.rank == 0 || o.type == dtype::none) continue;
        std::size_t whole = 1, read = 0;
        for (int d = 0; d < o.rank; ++d) whole *= slots[s].extent[d];
        for (int i = 0; i < p.size; ++i)
            if (live[i] && p.nodes[i].is_leaf() && p.nodes[i].from == source::operand && p.nodes[i].slot == s)
                read += indices(p, p.nodes[i].axes);
        bytes += (read < whole ? read : whole) * size_in_bytes(o.type, own);
    }
    return bytes;
}

template <class K>
constexpr cost cost_of(std::size_t const* extents, slot_extents const* slots) {
    auto const p = ref(K::program, K::formula, extents);
    return {count_flops<K::graph.capacity>(p), count_bytes<K::graph.capacity>(p, slots, sizeof(typename K::value)),
            lower::workspace_bytes<K>(extents)};
}

}  // namespace sinter::ir

namespace sinter::captured {

inline namespace SINTER_SIMD_ARCH {

/// Passes of what `materialize` stores, and whether its workspace has a bound at compile time.
template <class E, class Bind = alone>
struct stored_parts {
    static constexpr int passes = 0;
    static constexpr bool static_workspace = true;
};
template <class K>
inline constexpr bool has_static_workspace = lower::static_workspace<K>() != dyn;
template <class Tag, class... C, class Bind>
struct stored_parts<expr<Tag, C...>, Bind> {
    static constexpr int passes = (0 + ... + stored_parts<C, Bind>::passes);
    static constexpr bool static_workspace = (true && ... && stored_parts<C, Bind>::static_workspace);
};
template <class C, class Bind>
struct stored_parts<expr<ir::materialize_t, C>, Bind> {
    using kernel = lower::kernel<typename Bind::template of<C>>;
    static constexpr int passes = kernel::program.passes + stored_parts<C, Bind>::passes;
    static constexpr bool static_workspace = has_static_workspace<kernel> && stored_parts<C, Bind>::static_workspace;
};
template <class Body, class... Args, class Bind>
struct stored_parts<call<Body, Args...>, Bind> {
    using body = stored_parts<Body, inside_call<Bind, Args...>>;
    static constexpr int passes = (body::passes + ... + stored_parts<Args, Bind>::passes);
    static constexpr bool static_workspace = (body::static_workspace && ... && stored_parts<Args, Bind>::static_workspace);
};

/// Adds up what stored intermediates cost.
struct stored_cost {
    ir::cost& total;
    template <class E>
    constexpr void operator()(ir::slot_extents const* slots, std::size_t const* extents) const {
        total += ir::cost_of<lower::kernel<E>>(extents, slots);
    }
};

/// What evaluating e means at the extents of its operands.
template <class E>
struct inquiry {
    static constexpr auto const& f = ir::formula_of<E>;
    using kernel = lower::kernel<E>;
    ir::slot_extents slots[f.operands + 1] = {};
    bool stored[f.operands + 1] = {};
    std::size_t extents[f.extents_size + 1] = {};
    ir::cost total{};

    constexpr explicit inquiry(E const& e) : inquiry(e, stored_cost{total}) {}

    /// `at_stored` is called for each stored formula (see list_slots).
    template <class F>
    constexpr inquiry(E const& e, F const& at_stored) {
        list_slots(e, slots, stored, at_stored);
        ir::solve(ir::ref(f), slots, extents);
        total += ir::cost_of<kernel>(extents, slots);
    }
    constexpr ir::program_ref program() const { return ir::ref(kernel::program, f, extents); }
};

}  // namespace SINTER_SIMD_ARCH
}  // namespace sinter::captured
