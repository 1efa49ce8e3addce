// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/capture/formula.hpp>
#include <sinter/graph/compose.hpp>
#include <sinter/graph/graph.hpp>

/// Which axis a reduction runs over, and which indices meet where axes broadcast.
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

    /// The place in an argument that meets place p of the result x, by NumPy's broadcasting.
    constexpr place broadcast(place const& p, term const& x, term const& argument) const {
        if (argument.elastic) return p;
        place q;
        q.rank = argument.rank;
        for (int d = 0; d < q.rank; ++d)
            q.at[d] = met(p.at[p.rank - q.rank + d], x.extent[x.rank - q.rank + d], argument.extent[d]);
        return q;
    }

    /// The index along an axis of the result, for an argument of another extent: none where that is 1, and where that may
    /// turn out to be 1 at run time, one that says so.
    constexpr index met(index i, int extent, int of_argument) const {
        std::size_t const known = f.extents[of_argument].known();
        if (known == 1) return index{};
        // The innermost extent decides: where a result has extent 1, so have its arguments.
        bool const varies = ir::axes_of(i) != 0 || i.starts_used() > 0 || i.via >= 0;
        if (known == dyn && varies && find(extent) != find(of_argument)) i.whole = static_cast<std::int16_t>(of_argument);
        return i;
    }
};

}  // namespace sinter::ir
