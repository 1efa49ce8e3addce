// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/capture/compute_type.hpp>
#include <sinter/graph/access.hpp>
#include <sinter/graph/compose.hpp>

/// Reductions of all up to a place along an axis: ⊕ over k ≤ i of x(k), which are reductions with a mask.
namespace sinter::ir {

template <class Builder>
class prefixes {
    Builder& b;
    term const& x;
    int d;          ///< the axis
    monoid by;

  public:
    constexpr prefixes(Builder& builder, term const& term) : b(builder), x(term), d(term.named_axis()), by(monoid_of(term.reduction)) {}

    /// In two steps, so that no element needs all of the others: whole blocks, and what of its own block is up to here.
    constexpr int element(place const& at) {
        std::size_t const n = b.f.extents[x.extent[d]].known(), block = b.f.extents[x.fixed[1]].known();
        if (!at.at[d].plain() || at.at[d].checked || n <= block) return of_all(at);
        int const before = of_blocks(at, static_cast<int>(block)), here = of_block(at, static_cast<double>(block));
        constexpr op combine[] = {op::add, op::mul, op::min, op::max};
        return b.make.map(combine[static_cast<int>(by)], x.type, before, here);
    }

  private:
    static constexpr monoid monoid_of(reduction r) {
        return r == reduction::sum ? monoid::sum : r == reduction::prod ? monoid::product : r == reduction::amax ? monoid::maximum : monoid::minimum;
    }

    constexpr int of(place const& at) { return b.accessed(x, at); }

    /// What changes nothing: 0, 1, or an element that is among those that count.
    constexpr int neutral(place const& at) {
        if (by == monoid::sum) return b.make.constant(0, x.type);
        if (by == monoid::product) return b.make.constant(1, x.type);
        return of(at);
    }
    constexpr int where(int mask, int value, int other) { return b.make.map(op::select, x.type, mask, value, other); }
    constexpr int at_most(int a, int limit) { return b.make.map(op::less_equal, dtype::boolean, a, limit); }

    constexpr int of_all(place const& at) {
        axes const free = b.axes_of(at);
        int const extent = x.extent[d], k = b.axis_for(extent, free);
        place p = at;
        p.at[d] = b.along(k);
        b.enter(k, extent, free);
        int const body = where(at_most(b.make.coordinate(b.along(k)), b.make.coordinate(at.at[d])), of(p), neutral(at));
        b.leave();
        return b.make.reduce(by, k, body, x.type);
    }

    /// ⊕ of x in blocks that end before the one of this place.
    constexpr int of_blocks(place const& at, int length) {
        place others = at;
        others.at[d] = index{};
        axes const free = b.axes_of(at), free_of_block = b.axes_of(others);
        int const n = b.axis_for(x.fixed[0], free);
        b.enter(n, x.fixed[0], free);
        int const j = b.axis_for(x.fixed[1], free_of_block | bit(n));
        b.enter(j, x.fixed[1], free_of_block | bit(n));
        place p = at, first = at;
        first.at[d] = stretched(b.along(n), length);
        p.at[d] = plus(first.at[d], b.along(j));
        p.at[d].checked = true;
        int const body = b.make.where_inside(p.at[d], b.f.extents, x.extent[d], of(p), neutral(first));
        b.leave();
        int const whole = b.make.reduce(by, j, body, x.type);
        int const end = b.make.add(b.make.coordinate(first.at[d]), b.make.constant(length));
        int const all = where(at_most(end, b.make.coordinate(at.at[d])), whole, neutral(at));
        b.leave();
        return b.make.reduce(by, n, all, x.type);
    }

    /// ⊕ of x from the beginning of the block of this place up to here, backwards.
    constexpr int of_block(place const& at, double length) {
        axes const free = b.axes_of(at);
        int const j = b.axis_for(x.fixed[1], free), here = b.make.coordinate(at.at[d]);
        b.enter(j, x.fixed[1], free);
        int const number = b.make.map(op::floor, dtype::none, b.make.map(op::mul, dtype::none, here, b.make.constant(1 / length)));
        dtype const computed = compute_type(b.f);       // a type of the user's may have no floor
        int const rest = computed == dtype::f32 || computed == dtype::f64 ? b.make.sub(here, b.make.mul(number, b.make.constant(length)))
                                                                          : b.make.coordinate(rest_of(at.at[d], x.fixed[1]));
        place p = at;
        p.at[d] = plus(at.at[d], stretched(b.along(j), -1));
        p.at[d].checked = true;
        int const body = where(at_most(b.make.coordinate(b.along(j)), rest), of(p), neutral(at));
        b.leave();
        return b.make.reduce(by, j, body, x.type);
    }
};

}  // namespace sinter::ir
