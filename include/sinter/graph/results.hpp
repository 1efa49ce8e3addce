// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/graph/build.hpp>
#include <sinter/graph/split.hpp>

/// The results of a formula, asked for one element each. Where there are several, they are asked for over the same axes,
/// so that what they share is one node.
namespace sinter::ir {

template <int N, int Room>
class results_builder : graph_builder<N, Room> {
    using base = graph_builder<N, Room>;
    using base::f, base::g, base::find, base::along, base::element, base::bound_size, base::lends_bound, base::lent, base::halved, base::make, base::reached;

  public:
    using base::base;

    constexpr graph<Room> build() {
        g.results = f.results;
        int const main = widest();
        place at;
        at.rank = f.root(main).rank;
        ir::result r;
        for (int d = 0; d < at.rank; ++d) {
            std::size_t const value = extent(main, d);
            int const parts = f.results == 1 && r.split < 0 && at.rank < max_rank ? only_split_along(f, f.result[main], d) : -1;
            // Whole elements: g++ 12 loses the defaults of an element's other members when only one is written.
            if (parts >= 0) {
                at.at[d] = halves(f.terms[parts]);
                r.split = static_cast<std::int8_t>(d);
                r.part = f.terms[parts].fixed[0];
                r.out[r.rank++] = at.at[d].axis;
                r.out[r.rank++] = at.at[d].second.axis;
                continue;
            }
            if (value != 1) at.at[d] = along(g.new_axis(f.root(main).extent[d], value));
            r.out[r.rank++] = at.at[d].axis;
        }
        g.out_rank = r.rank;
        for (int d = 0; d < r.rank; ++d) g.out[d] = r.out[d];
        g.root = element(f.result[main], at);
        r.root = static_cast<std::int16_t>(g.root);
        g.result[main] = r;
        for (int i = 0; i < f.results; ++i)
            if (i != main) fit(i);
        return reached.why == refusal::none ? g : nothing(main);
    }

  private:
    /// One way to ask for a result: the axis of each of its axes, and which axes reductions prefer.
    struct question {
        place at;
        bool bound_first = true;
    };
    question best{};
    int fewest = 0, tried = 0;
    static constexpr int most_tries = 48;

    /// Instead of a graph that cannot be made: 0, in the shape of the result.
    constexpr graph<Room> nothing(int main) {
        g = graph<Room>{};
        g.results = f.results;
        ir::result r;
        r.rank = f.root(main).rank;
        for (int d = 0; d < r.rank; ++d) r.out[d] = static_cast<std::int16_t>(g.new_axis(f.root(main).extent[d], extent(main, d)));
        g.out_rank = r.rank;
        for (int d = 0; d < r.rank; ++d) g.out[d] = r.out[d];
        g.root = make.constant(0, f.root(main).type);
        r.root = static_cast<std::int16_t>(g.root);
        g.result[main] = r;
        g.refused = reached.why;
        g.refused_term = reached.named;
        return g;
    }

    constexpr std::size_t extent(int result, int d) const { return f.extents[f.root(result).extent[d]].known(); }

    /// An axis of so many parts of so many elements each, as two.
    constexpr index halves(term const& x) {
        int const whole = f.terms[x.arg[0]].extent[x.order[0]], part = x.fixed[0];
        index const a = along(g.new_axis(whole, f.extents[whole].known())), b = along(g.new_axis(part, f.extents[part].known()));
        halved = ir::axes_of(a) | ir::axes_of(b);
        return plus(times(a, part, f), b);
    }

    /// The result with the most axes, the first of equals: the loops are made for it.
    constexpr int widest() const {
        int best = 0, most = -1;
        for (int i = 0; i < f.results; ++i) {
            int n = 0;
            for (int d = 0; d < f.root(i).rank; ++d) n += extent(i, d) != 1;
            if (n > most) best = i, most = n;
        }
        return best;
    }

    constexpr void keep(int i, place const& at, int root) {
        ir::result r;
        r.root = static_cast<std::int16_t>(root);
        r.rank = static_cast<std::int8_t>(at.rank);
        for (int d = 0; d < at.rank; ++d) r.out[d] = at.at[d].axis;
        g.result[i] = r;
    }

    /// Result i over axes of the widest, by the assignment that adds the fewest nodes; of equals the one that takes the
    /// first axes first. It has no root where its extents are not among those of the widest.
    constexpr void fit(int i) {
        for (int d = 0; d < g.out_rank; ++d) lent |= bit(g.out[d]);
        fewest = Room + 1;
        tried = 0;
        question q;
        q.at.rank = f.root(i).rank;
        assign(i, 0, 0, q);
        if (fewest <= Room) keep(i, best.at, ask(i, best));
    }

    constexpr void assign(int i, int d, axes used, question q) {
        if (tried >= most_tries) return;
        if (d == q.at.rank) {
            for (int order = 0; order < 2; ++order) try_out(i, question{q.at, order == 0});
            return;
        }
        if (extent(i, d) == 1) {
            q.at.at[d] = index{};
            return assign(i, d + 1, used, q);
        }
        for (int k = 0; k < g.out_rank; ++k) {
            int const a = g.out[k];
            if (a < 0 || has(used, a) || !same_extent(a, f.root(i).extent[d])) continue;
            q.at.at[d] = along(a);
            assign(i, d + 1, used | bit(a), q);
        }
    }

    constexpr bool same_extent(int axis, int extent) const {
        auto const& a = g.axis[axis];
        return find(a.extent) == find(extent) || (a.value != dyn && a.value == f.extents[extent].known());
    }

    constexpr int ask(int i, question const& q) {
        lends_bound = q.bound_first;
        return element(f.result[i], q.at);
    }

    /// Asks, counts, and takes back.
    constexpr void try_out(int i, question const& q) {
        int const size = g.size, axes_size = g.axes_size, reductions = g.reductions, lookups = g.lookups, bounds = bound_size;
        ask(i, q);
        // Nodes weigh most; then axes, since reductions over one axis may share a sweep.
        int const added = 4 * (g.size - size) + (g.axes_size - axes_size);
        if (added < fewest) best = q, fewest = added;
        ++tried;
        g.size = size;
        g.axes_size = axes_size;
        g.reductions = reductions;
        g.lookups = lookups;
        bound_size = bounds;
    }
};

template <int Room, int N>
constexpr graph<Room> build_graph(formula<N> const& f) {
    results_builder<N, Room> builder(f);
    return builder.build();
}

/// The graph of a formula, in exactly the room it needs and what its passes may add.
template <auto const& Formula>
constexpr auto to_graph() {
    constexpr auto big = build_graph<room_for(Formula)>(Formula);
    graph<big.size + 20 * big.reductions + 4> result;
    result.assign(big);
    return result;
}

}  // namespace sinter::ir
