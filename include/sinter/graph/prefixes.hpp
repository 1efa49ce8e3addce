// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/capture/compute_type.hpp>
#include <sinter/graph/access.hpp>
#include <sinter/graph/bounds.hpp>
#include <sinter/graph/compose.hpp>

/// Reductions of all up to a place along an axis: ⊕ over k of (k ≤ i ? x(k) : what changes nothing).
namespace sinter::ir {

template <class Builder>
class prefixes {
    Builder& b;
    term const& x;
    int d;          ///< the axis
    monoid by;

  public:
    constexpr prefixes(Builder& builder, term const& term) : b(builder), x(term), d(term.named_axis()), by(monoid_of(term.reduction)) {}

    /// A sweep for each element; what it has in common with the one before is carried on (see schedule/carry.hpp).
    constexpr int element(place const& at) {
        axes const free = b.axes_of(at);
        int const extent = x.extent[d], k = b.axis_for(extent, free);
        place p = at;
        p.at[d] = b.along(k);
        b.enter(k, extent, free);
        int const here = b.make.map(op::less_equal, dtype::boolean, b.make.coordinate(b.along(k)), b.make.coordinate(at.at[d]));
        int const body = b.make.map(op::select, x.type, here, b.accessed(x, p), neutral(at));
        b.leave();
        return b.make.reduce(by, k, body, x.type);
    }

  private:
    static constexpr monoid monoid_of(reduction r) {
        return r == reduction::sum ? monoid::sum : r == reduction::prod ? monoid::product : r == reduction::amax ? monoid::maximum : monoid::minimum;
    }

    /// What changes nothing: 0, 1, −∞ or ∞, of integers the least or the largest. A type of the user's may have none: an element
    /// that is among those that count.
    constexpr int neutral(place const& at) {
        bool const is_bounded = by == monoid::minimum || by == monoid::maximum;
        if (is_bounded && compute_type(b.f) == dtype::own) return b.accessed(x, at);
        return b.make.constant(identity_of<double>(by), x.type);
    }
};

}  // namespace sinter::ir
