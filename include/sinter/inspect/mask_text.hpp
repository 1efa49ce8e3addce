// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/inspect/infix.hpp>
#include <sinter/inspect/labels.hpp>

namespace sinter::ir {

/// Which blocks of a sweep are left out, a line for each mask.
inline void explain_masks(prose& out, infix<prose>& write, program_ref const& p, loop const& x, int depth) {
    for (int m = 0; m < x.masks(); ++m) {
        bool const is_number = !p.nodes[x.mask[m]].is_truth();
        for (int i = 0; i < depth; ++i) out << "  ";
        out << "// a block is left out where ";
        write.node(x.mask[m]);
        if (is_number) out << " makes it count for nothing\n";
        else if (x.leaves_out_if[m]) out << " holds throughout, and computed without it where it holds nowhere\n";
        else out << " holds nowhere, and computed without it where it holds throughout\n";
    }
    if (!x.carries) return;
    for (int i = 0; i < depth; ++i) out << "  ";
    out << "// what those blocks come to is the same for all of a tile, and the next tile goes on from there\n";
}

}  // namespace sinter::ir
