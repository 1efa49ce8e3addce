// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/capture/formula.hpp>
#include <sinter/graph/graph.hpp>

/// Affine functions of axes: how slices and windows compose.
namespace sinter::ir {

/// a · b, where that is a step that can be named.
constexpr std::int16_t scaled(int a, int b) {
    int const product = a * b;
    if (product != static_cast<std::int16_t>(product)) refuse("sinter: a slice or window takes steps of more than 32767 elements");
    return static_cast<std::int16_t>(product);
}

/// i, before it becomes part of another index. What makes the coordinate 0 as a whole becomes a matter of its parts: where
/// a slice or window of something that broadcasts has extent 1, what it is taken from need not have.
constexpr index settled(index i) {
    if (i.over >= 0) refuse("sinter: a transposed convolution of a slice, of windows or of joined parts: materialize them");
    if (i.whole < 0) return i;
    if (i.via >= 0) refuse("sinter: take(x, ...), where x is a slice or window of what broadcasts at run time: materialize x");
    constexpr auto too_deep = "sinter: a slice or window of what broadcasts at run time inside of another one: materialize one of them";
    for (strand* const s : {static_cast<strand*>(&i), &i.second}) {
        if (s->axis < 0) continue;
        if (s->guard >= 0 && s->guard != i.whole) refuse(too_deep);
        s->guard = i.whole;
    }
    if (i.starts_used() > 0) {
        if (i.guarded > 0 && i.start_guard != i.whole) refuse(too_deep);
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
    i.step = scaled(i.step, step);
    i.second.step = scaled(i.second.step, step);
    i.via_step = scaled(i.via_step, step);
    for (int s = 0; s < i.starts_used(); ++s) i.scale[s] = scaled(i.scale[s], step);
    return i;
}

/// i times an extent of the formula.
template <int N>
constexpr index times(index i, int by, formula<N> const& f) {
    if (f.extents[by].known() != dyn) return stretched(i, static_cast<int>(f.extents[by].known()));
    i = settled(i);
    if (i.via >= 0) refuse("sinter: take from windows whose steps are known at run time only: materialize the windows");
    if (i.by >= 0 || i.second.by >= 0)
        refuse("sinter: a window of a window, both with steps that are known at run time only: materialize one of them");
    if (i.axis >= 0) i.by = static_cast<std::int16_t>(by);
    if (i.second.axis >= 0) i.second.by = static_cast<std::int16_t>(by);
    for (int s = 0; s < i.starts_used(); ++s) {
        std::size_t const start = f.extents[i.start[s]].known();
        if (start == dyn) refuse("sinter: a slice of windows, both with numbers that are known at run time only: materialize the windows");
        i.scale[s] = scaled(i.scale[s], static_cast<int>(start));
        i.start[s] = static_cast<std::int16_t>(by);
    }
    return i;
}

/// start · scale + i; `start` is an extent of the formula, −1 for none.
constexpr index moved(index i, int start, int scale = 1) {
    if (start < 0) return i;
    i = settled(i);
    int const used = i.starts_used();
    if (used == index::starts) refuse("sinter: more than three slices of slices: materialize one of them");
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
        refuse("sinter: a slice or window of what is repeated: materialize it, or repeat the slice");
    if (i.axis >= 0) i.per = static_cast<std::int16_t>(by);
    return i;
}

/// What is left of i, for an axis as it is: i − by · ⌊i / by⌋.
constexpr index rest_of(index i, int by) {
    strand rest = quotient_of(i, by);
    rest.step = -1;
    rest.by = static_cast<std::int16_t>(by);
    if (i.axis >= 0) i.second = rest;
    return i;
}

/// a + b
constexpr index plus(index const& a, index const& b) {
    index i = settled(a);
    index const j = settled(b);
    strand const strands[2] = {j, j.second};
    for (strand const& s : strands) {
        if (s.axis < 0) continue;
        if (i.axis < 0) static_cast<strand&>(i) = s;
        else if (i.second.axis < 0) i.second = s;
        else refuse("sinter: a window of a window of a window: materialize one of them");
    }
    if (j.guarded > 0) {
        if (i.starts_used() > 0) refuse("sinter: a window over a slice that broadcasts at run time: materialize the slice");
        i.guarded = j.guarded;
        i.start_guard = j.start_guard;
    }
    if (j.via >= 0) {
        if (i.via >= 0) refuse("sinter: take along both axes of windows: materialize the windows");
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
