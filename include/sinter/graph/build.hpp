// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/capture/compute_type.hpp>
#include <sinter/capture/formula.hpp>
#include <sinter/graph/access.hpp>
#include <sinter/graph/bind.hpp>
#include <sinter/graph/compose.hpp>
#include <sinter/graph/prefixes.hpp>
#include <sinter/graph/products.hpp>
#include <sinter/graph/refusal.hpp>
#include <sinter/graph/room.hpp>
#include <sinter/graph/summation.hpp>

/// Formula → graph. The result is asked for one element, at fresh axes; every term asks its arguments for the elements
/// that it needs. Rearrangements are answered on the way and leave no trace; repeated elements are one node.
namespace sinter::ir {

template <int N, int Room>
class graph_builder : axis_binder<N, Room> {
    using base = axis_binder<N, Room>;
    friend class prefixes<graph_builder>;
    friend class products<graph_builder>;
    friend class summation<graph_builder>;

  protected:
    using base::f, base::g, base::find, base::axis_for, base::enter, base::leave, base::bound_size, base::lends_bound, base::lent, base::broadcast;

  public:
    using graph_type = graph<Room>;

    constexpr explicit graph_builder(formula<N> const& formula) : base(formula), reached{formula} { make.computed = compute_type(formula); }

  protected:
    composer<graph_type> make{{g}};
    /// The element of the outermost of nested maps that is asked for: coordinates count along its axes, also where they
    /// are compared with something that has fewer.
    place const* surroundings = nullptr;
    accesses<formula<N>> reached;
    axes halved = 0;    ///< the two axes that one of the result is split into

    static constexpr axes axes_of(place const& p) {
        axes set = 0;
        for (int d = 0; d < p.rank; ++d) set |= ir::axes_of(p.at[d]);
        return set;
    }

    constexpr int element(int t, place const& at) {
        term const& x = f.terms[t];
        place const* const before = surroundings;
        bool const elementwise = x.what == form::map || x.what == form::function || x.what == form::coordinate;
        if (!elementwise) surroundings = nullptr;
        else if (!before) surroundings = &at;
        int const n = element_of(x, t, at);
        surroundings = before;
        bool const may_count = x.what == form::matmul || x.what == form::einsum || x.what == form::map;
        return x.type == dtype::boolean && may_count ? make.truth_of(n) : n;
    }

    constexpr int element_of(term const& x, int t, place const& at) {
        switch (x.what) {
            case form::operand: return operand(x, at, -1);
            case form::reshape: return operand(f.terms[x.arg[0]], at, t);
            case form::coordinate: return make.coordinate(context_index(x.order[0], *surroundings));
            case form::map: return map(x, at);
            case form::function: return function(x, at);
            case form::matmul: return products<graph_builder>(*this).element(t, at);
            case form::outer: return outer(x, at);
            case form::einsum: return summation<graph_builder>(*this, x).element(at);
            case form::permute: case form::expand: case form::slice: return rearranged(x, at);
            case form::concatenate: return joined(x, at);
            case form::windows: return window(x, at);
            case form::repeat: return repeated(x, at);
            case form::take: case form::take_along: return taken(x, at);
            case form::reduce: return reduction(x, at);
            case form::top: case form::top_places: return top(x, at);
            case form::cumulate: return prefixes<graph_builder>(*this, x).element(at);
            default: return rowwise(x, at);
        }
    }

    /// The element of an argument that term x takes at p.
    constexpr int accessed(term const& x, place const& p, int argument = 0) {
        reached.open[reached.depth++] = x.arg[argument];
        reached.note(p);
        int const n = element(x.arg[argument], p);
        --reached.depth;
        return n;
    }

    constexpr int operand(term const& x, place const& at, int shape) {
        vertex n;
        n.from = source::operand;
        n.type = x.type;
        n.slot = x.slot;
        n.shape = static_cast<std::int16_t>(shape);
        n.rank = static_cast<std::int8_t>(at.rank);
        for (int d = 0; d < at.rank; ++d) {
            n.at[d] = at.at[d];
            n.axes |= ir::axes_of(at.at[d]);
        }
        return g.add(n);
    }

    constexpr index context_index(int axis, place const& at) const {
        int const d = axis < 0 ? at.rank + axis : axis;
        if (d < 0 || d >= at.rank) refuse("sinter: coord<I>: the result has no such axis");
        return at.at[d];
    }

    constexpr int map(term const& x, place const& at) {
        int a[4] = {-1, -1, -1, -1};
        for (int i = 0; i < x.arity; ++i) a[i] = element(x.arg[i], broadcast(at, x, f.terms[x.arg[i]]));
        if (x.op == op::user) return make.raw(x.op, x.type, x.slot, a[0], a[1], a[2], a[3]);
        return make.map(x.op, x.type, a[0], a[1], a[2]);
    }

    constexpr int function(term const& x, place const& at) {
        int a[4] = {-1, -1, -1, -1};
        for (int i = 0; i < x.arity; ++i) a[i] = element(x.arg[i], broadcast(at, x, f.terms[x.arg[i]]));
        return make.function(x.function, x.type, a);
    }

    constexpr int outer(term const& x, place const& at) {
        place p, q;
        p.rank = f.terms[x.arg[0]].rank;
        q.rank = f.terms[x.arg[1]].rank;
        for (int d = 0; d < p.rank; ++d) p.at[d] = at.at[d];
        for (int d = 0; d < q.rank; ++d) q.at[d] = at.at[p.rank + d];
        int const a = element(x.arg[0], p);
        return make.map(op::mul, x.type, a, element(x.arg[1], q));
    }

    constexpr int rearranged(term const& x, place const& at) {
        place p;
        p.rank = f.terms[x.arg[0]].rank;
        if (x.what == form::permute) {
            for (int d = 0; d < at.rank; ++d) p.at[x.order[d]] = at.at[d];
        } else if (x.what == form::expand) {
            for (int d = 0; d < p.rank; ++d) p.at[d] = at.at[d < x.order[0] ? d : d + 1];
        } else {
            for (int d = 0; d < p.rank; ++d) p.at[d] = moved(index{}, x.fixed[d]);
            for (int d = 0; d < at.rank; ++d) p.at[x.order[d]] = part(x, d, at.at[d]);
        }
        return accessed(x, p);
    }

    /// The index along axis d of a slice, as an index of its argument.
    constexpr index part(term const& x, int d, index const& i) const {
        bool const all = x.extent[d] == f.terms[x.arg[0]].extent[x.order[d]] && x.start[d] < 0 && x.step[d] == 1;
        return all ? i : moved(stretched(settled(i), x.step[d]), x.start[d]);
    }

    /// stride · place + dilation · offset − before, an index of the argument; or what of it reaches that place,
    /// (place + before − dilation · offset) / stride. Outside of it the value is 0.
    constexpr int window(term const& x, place const& at) {
        term const& a = f.terms[x.arg[0]];
        place p = at;
        p.rank = a.rank;
        index const where = at.at[x.order[0]], offset = at.at[a.rank];
        index const by_offset = times(offset, x.fixed[2], f);
        index i = x.keep ? plus(where, stretched(by_offset, -1)) : plus(times(where, x.fixed[1], f), by_offset);
        if (f.extents[x.fixed[3]].known() != 0) i = moved(i, x.fixed[3], x.keep ? 1 : -1);
        i.checked = i.checked || x.keep || f.extents[x.fixed[3]].known() != 0 || f.extents[x.fixed[4]].known() != 0;
        if (x.keep && f.extents[x.fixed[1]].known() != 1) i = divided(i, x.fixed[1]);
        p.at[x.order[0]] = i;
        int const inside = accessed(x, p);
        if (!i.checked || (x.arity == 1 && is_zero_outside(f, x.arg[0], x.order[0]))) return inside;
        int const outside = x.arity == 1 ? make.constant(0, x.type) : element(x.arg[1], place{});
        return make.where_inside(i, f.extents, a.extent[x.order[0]], inside, outside);
    }

    /// Elements of the first part where the index lies in it, of the second elsewhere; the other one is read outside.
    constexpr int joined(term const& x, place const& at) {
        int const axis = x.order[0], end = f.terms[x.arg[0]].extent[axis];
        place p = at, q = at;
        p.at[axis] = settled(at.at[axis]);
        q.at[axis] = moved(p.at[axis], end, -1);
        p.at[axis].checked = q.at[axis].checked = true;
        int const first = accessed(x, p), second = accessed(x, q, 1);
        int const in_first = make.raw(op::less, dtype::boolean, -1, make.coordinate(at.at[axis]), make.extent_number(end, f.extents));
        return make.raw(op::select, x.type, -1, in_first, first, second);
    }

    /// Axis d counts each element of x so many times, or the elements of two axes of x.
    constexpr int repeated(term const& x, place const& at) {
        int const d = x.order[0], by = x.fixed[0];
        place p = at;
        p.rank = f.terms[x.arg[0]].rank;
        for (int i = p.rank - 1; i > d && x.keep; --i) p.at[i] = at.at[i - 1];
        index i = at.at[d];
        if (halved != 0 && ir::axes_of(i) == halved) i.whole = -1;      // all of the result's axis is there, which is checked
        i = settled(i);
        bool const split = is_split(i, by, g, f), one = f.extents[f.terms[x.arg[0]].extent[d]].known() == 1;
        p.at[d] = one ? index{} : split ? alone(i) : f.extents[by].known() == 1 ? i : quotient_of(i, by);
        if (x.keep) p.at[d + 1] = one ? i : split ? alone(i.second) : f.extents[by].known() == 1 ? index{} : rest_of(i, by);
        return accessed(x, p);
    }

    /// The element whose place along an axis is looked up.
    constexpr int taken(term const& x, place const& at) {
        term const& a = f.terms[x.arg[0]];
        term const& places = f.terms[x.arg[1]];
        int const d = x.order[0];
        place p, q;
        if (x.what == form::take_along) {
            q = broadcast(at, x, places);
            p = at;
            p.at[d] = index{};      // the extent of the result there is not that of x
            p = broadcast(p, x, a);
        } else {
            p.rank = a.rank;
            q.rank = places.rank;
            for (int i = 0; i < p.rank; ++i)
                if (i != d) p.at[i] = at.at[i < d ? i : i - 1 + q.rank];
            for (int i = 0; i < q.rank; ++i) q.at[i] = at.at[d + i];
        }
        int const n = element(x.arg[1], q);
        auto const& found = g.nodes[n];
        if (!found.is_leaf() || found.from != source::operand)
            reached.refuse(refusal::places, x.arg[1]);
        index i;
        i.via_axes = found.axes;
        i.checked = found.is_checked();
        i.via = static_cast<std::int16_t>(g.add_lookup(lookup{static_cast<std::int16_t>(n), a.extent[d]}));
        p.at[d] = i;
        return accessed(x, p);
    }

    static constexpr index along(int axis) {
        index i;
        i.axis = static_cast<std::int16_t>(axis);
        return i;
    }

    // ---- reductions -----------------------------------------------------------------------------------------------

    constexpr int reduction(term const& x, place const& at) {
        term const& a = f.terms[x.arg[0]];
        place p;
        p.rank = a.rank;
        axes free = axes_of(at);
        int over[max_rank] = {}, n = 0, next = 0;
        for (int d = 0; d < a.rank; ++d) {
            bool const reduced = x.axes >> d & 1;
            if (!reduced) p.at[d] = at.at[next++];
            else if (x.keep) ++next;
        }
        for (int d = 0; d < a.rank; ++d) {
            if (!(x.axes >> d & 1)) continue;
            int const axis = axis_for(a.extent[d], free);
            enter(axis, a.extent[d], free);
            free |= bit(axis);
            p.at[d] = along(axis);
            over[n++] = axis;
        }
        int const body = element(x.arg[0], p);
        for (int i = 0; i < n; ++i) leave();
        return make.reduction(x.reduction, x.type, x.slot, over, n, body);
    }

    /// One of the largest: the element here is that at its place in the order. A place that is no plain index of an
    /// axis is picked by a sum over all of them.
    constexpr int top(term const& x, place const& at) {
        int const d = x.named_axis();
        term const& a = f.terms[x.arg[0]];
        place p = at;
        axes const free = axes_of(at);
        int const extent = a.extent[d], axis = axis_for(extent, free);
        p.at[d] = along(axis);
        enter(axis, extent, free);
        int const body = element(x.arg[0], p);
        leave();
        auto const largest = [&](int order) {
            return x.what == form::top ? make.top(axis, order, body, x.type) : make.top_places(axis, order, body);
        };
        if (f.extents[x.extent[d]].known() == 1)
            return make.reduce(x.what == form::top ? monoid::maximum : monoid::argmax, axis, body, x.type);
        place others = at;
        others.at[d] = index{};
        bool const is_the_order = at.at[d].plain() && g.axis[at.at[d].axis].value <= f.extents[x.extent[d]].known() &&
                                  !has(axes_of(others), at.at[d].axis);
        if (is_the_order) return largest(at.at[d].axis);
        int const order = axis_for(x.extent[d], free | bit(axis));
        int const here = make.map(op::equal, dtype::boolean, make.coordinate(along(order)), make.coordinate(at.at[d]));
        return make.reduce(monoid::sum, order, make.map(op::select, x.type, here, largest(order), make.constant(0, x.type)), x.type);
    }

    /// softmax and its like: the element here, and reductions over the axis on which it lies.
    constexpr int rowwise(term const& x, place const& at) {
        term const& a = f.terms[x.arg[0]];
        bool const names_it = x.what == form::softmax || x.what == form::log_softmax;
        int const d = names_it ? x.named_axis() : x.rank - 1;
        if (x.what == form::cosine_similarity) return cosine(x, at);
        place row = at;
        row.at[d] = index{};
        axes const free = axes_of(row);
        int const extent = x.extent[d];
        bool const here_is_enough = at.at[d].plain() && !has(free, at.at[d].axis) &&      // on a diagonal it varies elsewhere, too
                                    find(g.axis[at.at[d].axis].extent) == find(extent);
        int const axis = here_is_enough ? at.at[d].axis : axis_for(extent, free);
        row.at[d] = along(axis);
        int const here = element(x.arg[0], broadcast(at, x, a));
        enter(axis, extent, free);
        int const there = element(x.arg[0], broadcast(row, x, a));
        leave();
        int e[4] = {here, there, -1, -1};
        if (x.what == form::softmax) return make.softmax(axis, e[0], e[1], x.type);
        if (x.what == form::log_softmax) return make.log_softmax(axis, e[0], e[1], x.type);
        if (x.what == form::normalize) return make.normalize(axis, e[0], e[1], x.type);
        int arg[4] = {here, -1, -1, -1};
        for (int i = 1; i < x.arity; ++i) arg[i] = element(x.arg[i], broadcast(at, x, f.terms[x.arg[i]]));
        if (x.what == form::layer_norm) return make.layer_norm(axis, there, arg, x.type);
        return make.rms_norm(axis, there, arg, x.type);
    }

    constexpr int cosine(term const& x, place const& at) {
        term const& a = f.terms[x.arg[0]];
        term const& b = f.terms[x.arg[1]];
        place row = at;
        row.rank = at.rank + 1;
        bool const from_a = f.extents[a.extent[a.rank - 1]].known() != 1;
        int const extent = from_a ? a.extent[a.rank - 1] : b.extent[b.rank - 1];
        axes const free = axes_of(at);
        int const axis = axis_for(extent, free);
        row.at[at.rank] = along(axis);
        enter(axis, extent, free);
        term wide = x;      // the result with the axis that disappears
        wide.extent[wide.rank++] = static_cast<std::int16_t>(extent);
        int const u = element(x.arg[0], broadcast(row, wide, a));
        int const v = element(x.arg[1], broadcast(row, wide, b));
        leave();
        return make.cosine(axis, u, v, x.type);
    }
};

}  // namespace sinter::ir
