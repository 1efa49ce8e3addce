// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/capture/formula.hpp>
#include <sinter/graph/graph.hpp>

/// Affine functions of axes: how slices and windows compose.
namespace sinter::ir {

/// step · by, where that is a step that can be named.
constexpr std::int16_t scaled(index& i, int step, int by) {
    int const product = step * by;
    if (product != static_cast<std::int16_t>(product)) i.refuse(refusal::steps);
    return static_cast<std::int16_t>(product);
}

/// i, before it becomes part of another index. What makes the coordinate 0 as a whole becomes a matter of its parts: where
/// a slice or window of something that broadcasts has extent 1, what it is taken from need not have.
constexpr index settled(index i) {
    if (i.over >= 0) i.refuse(refusal::transposed);
    if (i.whole < 0) return i;
    if (i.via >= 0) i.refuse(refusal::take_of_broadcast);
    for (strand* const s : {static_cast<strand*>(&i), &i.second}) {
        if (s->axis < 0) continue;
        if (s->guard >= 0 && s->guard != i.whole) i.refuse(refusal::broadcasts);
        s->guard = i.whole;
    }
    if (i.starts_used() > 0) {
        if (i.guarded > 0 && i.start_guard != i.whole) i.refuse(refusal::broadcasts);
        i.guarded = static_cast<std::int16_t>(i.starts_used());
        i.start_guard = i.whole;
    }
    i.whole = -1;
    return i;
}

/// step · i
constexpr index stretched(index i, int step) {
    if (step == 1) return i;
    i = settled(i);
    i.step = scaled(i, i.step, step);
    i.second.step = scaled(i, i.second.step, step);
    i.via_step = scaled(i, i.via_step, step);
    for (int s = 0; s < i.starts_used(); ++s) i.scale[s] = scaled(i, i.scale[s], step);
    return i;
}

/// i times an extent of the formula.
template <int N>
constexpr index times(index i, int by, formula<N> const& f) {
    if (f.extents[by].known() != dyn) return stretched(i, static_cast<int>(f.extents[by].known()));
    i = settled(i);
    if (i.via >= 0) i.refuse(refusal::take_at_run_time);
    if (i.by >= 0 || i.second.by >= 0) i.refuse(refusal::windows_at_run_time);
    if (i.axis >= 0) i.by = static_cast<std::int16_t>(by);
    if (i.second.axis >= 0) i.second.by = static_cast<std::int16_t>(by);
    for (int s = 0; s < i.starts_used(); ++s) {
        std::size_t const start = f.extents[i.start[s]].known();
        if (start == dyn) {
            i.refuse(refusal::slice_at_run_time);
            return i;
        }
        i.scale[s] = scaled(i, i.scale[s], static_cast<int>(start));
        i.start[s] = static_cast<std::int16_t>(by);
    }
    return i;
}

/// start · scale + i; `start` is an extent of the formula, −1 for none.
constexpr index moved(index i, int start, int scale = 1) {
    if (start < 0) return i;
    i = settled(i);
    int const used = i.starts_used();
    if (used == index::starts) i.refuse(refusal::slices);
    if (used == index::starts) return i;
    i.start[used] = static_cast<std::int16_t>(start);
    i.scale[used] = static_cast<std::int16_t>(scale);
    return i;
}

/// Whether i is a · by + b with two axes, b < by.
template <class Graph, int N>
constexpr bool is_split(index const& i, int by, Graph const& g, formula<N> const& f) {
    std::size_t const n = f.extents[by].known();
    bool const times = n == dyn ? i.step == 1 && i.by == by : i.by < 0 && static_cast<std::size_t>(i.step) == n;
    strand const& b = i.second;
    return times && i.axis >= 0 && b.axis >= 0 && i.per < 0 && b.per < 0 && b.step == 1 && b.by < 0 && i.via < 0 && i.starts_used() == 0 &&
           g.axis[b.axis].extent == by;
}

/// The one strand s, and nothing else.
constexpr index alone(strand s) {
    s.step = 1;
    s.by = -1;
    index i;
    static_cast<strand&>(i) = s;
    return i;
}

/// ⌊i / by⌋, for an axis as it is. `by` is an extent of the formula.
constexpr index quotient_of(index i, int by) {
    i = settled(i);
    if (i.step != 1 || i.by >= 0 || i.per >= 0 || i.second.axis >= 0 || i.via >= 0 || i.starts_used() > 0)
        i.refuse(refusal::repeated);
    if (i.axis >= 0) i.per = static_cast<std::int16_t>(by);
    return i;
}

/// What is left of i, for an axis as it is: i − by · ⌊i / by⌋.
constexpr index rest_of(index i, int by) {
    index const quotient = quotient_of(i, by);
    if (quotient.refused != refusal::none) i.refuse(quotient.refused);
    strand rest = quotient;
    rest.step = -1;
    rest.by = static_cast<std::int16_t>(by);
    if (i.axis >= 0) i.second = rest;
    return i;
}

/// a + b
constexpr index plus(index const& a, index const& b) {
    index i = settled(a);
    index const j = settled(b);
    if (j.refused != refusal::none) i.refuse(j.refused);
    strand const strands[2] = {j, j.second};
    for (strand const& s : strands) {
        if (s.axis < 0) continue;
        if (i.axis < 0) static_cast<strand&>(i) = s;
        else if (i.second.axis < 0) i.second = s;
        else i.refuse(refusal::windows);
    }
    if (j.guarded > 0) {
        if (i.starts_used() > 0) i.refuse(refusal::window_of_broadcast);
        i.guarded = j.guarded;
        i.start_guard = j.start_guard;
    }
    if (j.via >= 0) {
        if (i.via >= 0) i.refuse(refusal::take_twice);
        i.via = j.via;
        i.via_step = j.via_step;
        i.via_axes = j.via_axes;
    }
    for (int s = 0; s < j.starts_used(); ++s) i = moved(i, j.start[s], j.scale[s]);
    i.checked = i.checked || j.checked;
    return i;
}

/// i / by, where that leaves no rest; elsewhere it is outside. `by` is an extent of the formula.
constexpr index divided(index i, int by) {
    i = settled(i);
    i.over = static_cast<std::int16_t>(by);
    i.checked = true;
    return i;
}

/// Whether what lies beyond the ends of an axis of a term is 0 because it lies outside of its operand.
template <int N>
constexpr bool is_zero_outside(formula<N> const& f, int t, int axis) {
    term const& x = f.terms[t];
    if (x.what == form::operand || x.what == form::reshape) return f.extents[x.extent[axis]].known() != 1;
    if (x.what == form::permute) return is_zero_outside(f, x.arg[0], x.order[axis]);
    if (x.what == form::expand && axis != x.order[0]) return is_zero_outside(f, x.arg[0], axis - (axis > x.order[0]));
    bool const along_others = x.what == form::windows && x.arity == 1 && axis != x.order[0] && axis + 1 < x.rank;
    return along_others && is_zero_outside(f, x.arg[0], axis);
}

}  // namespace sinter::ir
