// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/graph/graph.hpp>

/// Makers of nodes. They keep the graph in canonical form as it grows: what does not depend on a reduced axis stands
/// outside the reduction, logarithms of exponentials are gone, no operation is a no-op.
namespace sinter::ir {

template <class Graph>
struct algebra {
    Graph& g;

    constexpr axes axes_of(int n) const { return g.nodes[n].axes; }

    constexpr int constant(double v, dtype type = dtype::none) {
        vertex n;
        n.value = v;
        n.type = type;
        return g.add(n);
    }

    /// The number of indices of an axis, as a factor.
    constexpr int extent(int axis, dtype type = dtype::none) {
        if (g.axis[axis].value != dyn) return constant(static_cast<double>(g.axis[axis].value), type);
        vertex n;
        n.from = source::extent;
        n.slot = g.axis[axis].extent;
        n.type = type;
        return g.add(n);
    }

    /// The index along an axis, as a value.
    constexpr int coordinate(index i) {
        i.checked = false;
        vertex n;
        n.from = source::coordinate;
        n.rank = 1;
        n.at[0] = i;
        n.axes = ir::axes_of(i);
        return g.add(n);
    }

    constexpr int raw(op o, dtype type, int slot, int a, int b = -1, int c = -1, int d = -1) {
        vertex n;
        n.what = kind::map;
        n.op = o;
        n.type = type;
        n.slot = static_cast<std::int16_t>(slot);
        int const args[4] = {a, b, c, d};
        for (int i = 0; i < 4 && args[i] >= 0; ++i) {
            n.arg[n.arity++] = static_cast<std::int16_t>(args[i]);
            n.axes |= axes_of(args[i]);
        }
        return g.add(n);
    }

    constexpr int map(op o, dtype type, int a, int b = -1, int c = -1) {
        auto const& x = g.nodes[a];
        switch (o) {
            case op::mul:
                if (x.is_constant(1)) return b;
                if (g.nodes[b].is_constant(1)) return a;
                break;
            case op::add:
                if (x.is_constant(0)) return b;
                [[fallthrough]];
            case op::sub:
                if (g.nodes[b].is_constant(0)) return a;
                break;
            case op::select:
                if (b == c) return b;
                break;
            case op::log: return logarithm(type, a);
            case op::div:
                // One division for many: a row constant divides what comes out of a contraction. Integers have exact quotients.
                if (contains_reduce(a) && !is_integer(x.type) && axes_of(b) != axes_of(a) && (axes_of(b) & ~axes_of(a)) == 0)
                    return map(op::mul, type, a, map(op::div, type, constant(1, type), b));
                break;
            default: break;
        }
        return raw(o, type, -1, a, b, c);
    }

    constexpr int mul(int a, int b) { return map(op::mul, type_of(a, b), a, b); }
    constexpr int add(int a, int b) { return map(op::add, type_of(a, b), a, b); }
    constexpr int sub(int a, int b) { return map(op::sub, type_of(a, b), a, b); }
    constexpr int div(int a, int b) { return raw(op::div, type_of(a, b), -1, a, b); }
    constexpr int unary(op o, int a) { return map(o, g.nodes[a].type, a); }

    /// Reduces `body` over `axis`. For sums, factors that do not depend on the axis leave: Σ c·x = c·Σ x.
    constexpr int reduce(monoid m, int axis, int body, dtype type, int slot = -1) {
        if (m == monoid::sum) return sum(axis, body, type);
        return raw_reduce(m, axis, body, type, slot);
    }

    /// Extent number n of the formula, as a value.
    template <class Extents>
    constexpr int extent_number(int n, Extents const& extents) {
        if (extents[n].known() != dyn) return constant(static_cast<double>(extents[n].known()));
        vertex v;
        v.from = source::extent;
        v.slot = static_cast<std::int16_t>(n);
        return g.add(v);
    }

    /// `value` where 0 ≤ i < n, elsewhere `other`; n is an extent of the formula.
    template <class Extents>
    constexpr int where_inside(index i, Extents const& extents, int n, int value, int other) {
        int const at = coordinate(i), limit = extent_number(n, extents);
        int const inside = raw(op::logical_and, dtype::boolean, -1, raw(op::greater_equal, dtype::boolean, -1, at, constant(0)),
                               raw(op::less, dtype::boolean, -1, at, limit));
        return raw(op::select, g.nodes[value].type, -1, inside, value, other);
    }

    /// The largest of `body` over `axis`, in order along the axis `order`; and the places of these.
    constexpr int top(int axis, int order, int body, dtype type) { return ordered(monoid::top, axis, order, body, -1, type); }
    constexpr int top_places(int axis, int order, int body) {
        return ordered(monoid::top_places, axis, order, body, top(axis, order, body, g.nodes[body].type), dtype::i64);
    }

    constexpr bool contains_reduce(int n) const { return g.made_of[n] != 0; }

  private:
    struct factors {
        static constexpr int most = 16;
        int stay[most] = {}, leave[most] = {};
        int stays = 0, leaves = 0;
    };

    constexpr dtype type_of(int a, int b) const { return promote(g.nodes[a].type, g.nodes[b].type); }

    /// log eˣ = x; log(eˣ·y) = x + log y.
    constexpr int logarithm(dtype type, int a) {
        vertex const x = g.nodes[a];
        if (x.is_map(op::exp)) return x.arg[0];
        if (x.is_map(op::mul)) {
            for (int i = 0; i < 2; ++i) {
                vertex const f = g.nodes[x.arg[i]];
                if (f.is_map(op::exp)) return map(op::add, type, f.arg[0], map(op::log, type, x.arg[1 - i]));
            }
        }
        return raw(op::log, type, -1, a);
    }

    constexpr int raw_reduce(monoid m, int axis, int body, dtype type, int slot) {
        vertex n;
        n.what = kind::reduce;
        n.combine = m;
        n.axis = static_cast<std::int16_t>(axis);
        n.slot = static_cast<std::int16_t>(slot);
        n.arity = 1;
        n.arg[0] = static_cast<std::int16_t>(body);
        n.axes = axes_of(body) & ~bit(axis);
        n.type = type;
        return g.add(n);
    }

    constexpr int ordered(monoid m, int axis, int order, int body, int values, dtype type) {
        vertex n;
        n.what = kind::reduce;
        n.combine = m;
        n.axis = static_cast<std::int16_t>(axis);
        n.arity = values < 0 ? 1 : 2;
        n.arg[0] = static_cast<std::int16_t>(body);
        n.arg[1] = static_cast<std::int16_t>(values);
        n.rank = 1;
        index i;
        i.axis = static_cast<std::int16_t>(order);
        n.at[0] = i;
        n.axes = (axes_of(body) & ~bit(axis)) | bit(order);
        n.type = type;
        return g.add(n);
    }

    constexpr int sum(int axis, int body, dtype type) {
        factors f;
        split(axis, body, f);
        if (f.stays == 0) f.leave[f.leaves++] = extent(axis, type);
        int result = exchanged(axis, f, type);
        if (result < 0 && f.stays > 0) result = raw_reduce(monoid::sum, axis, product(f.stay, f.stays), type, -1);
        return product(f.leave, f.leaves, result);
    }

    constexpr int product(int const* factor, int n, int result = -1) {
        for (int i = 0; i < n; ++i) result = result < 0 ? factor[i] : mul(result, factor[i]);
        return result;
    }

    /// Σ_i (Σ_k x·y)·z = Σ_k (Σ_i x·z)·y, where y does not depend on i, and the inner sum has fewer axes so, and is a row: rows are
    /// summed, and then multiplied. −1: it is not so.
    constexpr int exchanged(int axis, factors const& f, dtype type) {
        int inner = -1;
        for (int i = 0; i < f.stays; ++i) {
            vertex const& x = g.nodes[f.stay[i]];
            if (!x.is_reduce() || x.combine != monoid::sum || x.type != type) continue;
            if (inner >= 0) return -1;
            inner = i;
        }
        if (inner < 0) return -1;
        vertex const sum_inside = g.nodes[f.stay[inner]];
        factors parts;
        split(axis, sum_inside.arg[0], parts);
        if (parts.stays + f.stays > factors::most) return -1;
        for (int i = 0; i < f.stays; ++i) {
            if (i == inner) continue;
            if (has(axes_of(f.stay[i]), sum_inside.axis)) return -1;    // another axis, that of a result, by the same name
            parts.stay[parts.stays++] = f.stay[i];
        }
        axes inside = 0, outside = 0;
        for (int i = 0; i < parts.stays; ++i) inside |= axes_of(parts.stay[i]) & ~bit(axis);
        for (int i = 0; i < parts.leaves; ++i) outside |= axes_of(parts.leave[i]) & ~bit(sum_inside.axis);
        if (count(inside) >= count(sum_inside.axes) || count(inside & ~outside) > 1) return -1;
        int const rows = sum(axis, product(parts.stay, parts.stays), type);
        return sum(sum_inside.axis, product(parts.leave, parts.leaves, rows), type);
    }

    /// Sorts the factors of a product by whether they depend on the axis. `others` still follow; there is room for them, and for one more.
    constexpr void split(int axis, int body, factors& f, int others = 0) {
        vertex const x = g.nodes[body];
        bool const full = f.stays + f.leaves + others + 3 > factors::most;
        if (!has(x.axes, axis)) {
            f.leave[f.leaves++] = body;
        } else if (x.is_map(op::mul) && x.arg[0] != x.arg[1] && !full) {     // (x/m)² may be in range where x² is not
            split(axis, x.arg[0], f, others + 1);
            split(axis, x.arg[1], f, others);
        } else if (x.is_map(op::neg) && !full) {
            f.leave[f.leaves++] = constant(-1, x.type);
            split(axis, x.arg[0], f, others);
        } else if (x.is_map(op::div) && !has(axes_of(x.arg[1]), axis) && !full) {
            f.leave[f.leaves++] = div(constant(1, x.type), x.arg[1]);
            split(axis, x.arg[0], f, others);
        } else {
            f.stay[f.stays++] = body;
        }
    }
};

}  // namespace sinter::ir
