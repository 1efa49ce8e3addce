// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/capture/formula.hpp>
#include <sinter/graph/graph.hpp>

/// Affine functions of axes: how slices and windows compose.
namespace sinter::ir {

/// step · by · i; `by` is an extent of the formula, −1 for none.
constexpr index stretched(index i, int step, int by = -1) {
    if (by >= 0 && (i.by >= 0 || i.second.by >= 0 || i.starts_used() > 0))
        refuse("sinter: a window of a window, both with steps that are known at run time only: materialize one of them");
    i.step = static_cast<std::int16_t>(i.step * step);
    i.second.step = static_cast<std::int16_t>(i.second.step * step);
    if (by >= 0 && i.axis >= 0) i.by = static_cast<std::int16_t>(by);
    if (by >= 0 && i.second.axis >= 0) i.second.by = static_cast<std::int16_t>(by);
    for (int s = 0; s < i.starts_used(); ++s) i.scale[s] = static_cast<std::int16_t>(i.scale[s] * step);
    return i;
}

/// start · scale + i; `start` is an extent of the formula, −1 for none.
constexpr index moved(index i, int start, int scale = 1) {
    if (start < 0) return i;
    int const used = i.starts_used();
    if (used == index::starts) refuse("sinter: more than three slices of slices: materialize one of them");
    i.start[used] = static_cast<std::int16_t>(start);
    i.scale[used] = static_cast<std::int16_t>(scale);
    return i;
}

/// i + j
constexpr index plus(index i, index const& j) {
    strand const strands[2] = {j, j.second};
    for (strand const& s : strands) {
        if (s.axis < 0) continue;
        if (i.axis < 0) static_cast<strand&>(i) = s;
        else if (i.second.axis < 0) i.second = s;
        else refuse("sinter: a window of a window of a window: materialize one of them");
    }
    if (j.guarded > 0) refuse("sinter: a window over a broadcast slice: materialize the slice");
    for (int s = 0; s < j.starts_used(); ++s) i = moved(i, j.start[s], j.scale[s]);
    i.checked = i.checked || j.checked;
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
