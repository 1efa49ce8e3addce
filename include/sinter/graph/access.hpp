// SPDX-License-Identifier: BSL-1.0
#pragma once

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

}  // namespace sinter::ir
