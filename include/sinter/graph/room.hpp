// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/capture/formula.hpp>

namespace sinter::ir {

/// Room for the nodes of a formula while it is built: generous for the compositions, since unused room costs little.
template <int N>
constexpr int room_for(formula<N> const& f) {
    int nodes = 32;
    for (int i = 0; i < f.size; ++i) {
        switch (f.terms[i].what) {
            case form::operand: case form::permute: case form::expand: case form::slice: case form::reshape: nodes += 2; break;
            case form::windows: case form::concatenate: case form::repeat: case form::take: case form::take_along: nodes += 8; break;
            case form::map: case form::coordinate: nodes += 4; break;
            case form::matmul: case form::outer: nodes += 8; break;
            default: nodes += 40; break;
        }
    }
    return nodes * f.results;     // each result may be asked over axes of its own
}

}  // namespace sinter::ir
