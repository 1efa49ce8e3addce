// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/capture/formula.hpp>
#include <sinter/graph/graph.hpp>

/// Which axis a reduction runs over.
namespace sinter::ir {

template <int N, int Room>
struct axis_binder {
    formula<N> const& f;
    graph<Room> g{};

    constexpr explicit axis_binder(formula<N> const& formula) : f(formula) {
        for (int i = 0; i < f.extents_size; ++i) parent[i] = static_cast<std::int16_t>(i);
        for (int i = 0; i < f.extents_size; ++i) {
            auto const& e = f.extents[i];
            // Extents that broadcast may differ at run time, where one of them is 1.
            bool const fixed = e.from == extent::source::broadcast && f.extents[e.a].known() == f.extents[e.b].known() &&
                               e.known() != dyn;
            if (e.from != extent::source::same && !fixed) continue;
            unite(i, e.a);
            unite(i, e.b);
        }
    }

    std::int16_t parent[4 * N + 8] = {};
    struct binder { int axis, set; axes free; };
    binder bound[graph<Room>::max_axes] = {};     ///< every axis that a reduction has introduced
    int bound_size = 0;
    binder open[graph<Room>::max_axes] = {};      ///< the reductions whose body is being built, outermost first
    int open_size = 0;
    axes lent = 0;          ///< axes of other results, which a reduction may run over as well
    bool lends_bound = true;    ///< so it may over axes that other reductions have introduced for more free axes

    constexpr int find(int e) const {
        while (parent[e] != e) e = parent[e];
        return e;
    }
    constexpr void unite(int a, int b) { parent[find(a)] = static_cast<std::int16_t>(find(b)); }

    /// The axis of a reduction over `extent` whose result varies with `free`. Reductions of one extent share their axis
    /// wherever that captures nothing, so that they can share a pass.
    constexpr int axis_for(int extent, axes free) {
        int const set = find(extent);
        for (int i = open_size - 1; i >= 0; --i)
            if (open[i].set == set && !has(free, open[i].axis) && (free & ~open[i].free) == 0) return open[i].axis;
        for (int i = 0; i < bound_size; ++i)
            if (bound[i].set == set && bound[i].free == free) return bound[i].axis;
        if (int const shared = axis_of_other_results(set, free); shared >= 0) return shared;
        int const axis = g.new_axis(extent, f.extents[extent].known());
        bound[bound_size++] = {axis, set, free};
        return axis;
    }

    /// What is computed for another result is the same node only over the same axis.
    constexpr int axis_of_other_results(int set, axes free) const {
        for (int i = 0; lends_bound && i < bound_size; ++i)
            if (bound[i].set == set && !has(free, bound[i].axis) && (free & ~bound[i].free) == 0) return bound[i].axis;
        for (int a = 0; a < g.axes_size; ++a)
            if (has(lent, a) && !has(free, a) && find(g.axis[a].extent) == set) return a;
        return -1;
    }

    constexpr void enter(int axis, int extent, axes free) { open[open_size++] = {axis, find(extent), free}; }
    constexpr void leave() { --open_size; }
};

}  // namespace sinter::ir
