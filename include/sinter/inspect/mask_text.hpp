// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/inspect/infix.hpp>
#include <sinter/inspect/labels.hpp>

namespace sinter::ir {

/// How far a sweep that carries goes.
inline void explain_stairs(prose& out, infix<prose>& write, program_ref const& p, loop const& x) {
    out << "// as long as ";
    write.node(x.mask[0]);
    out << (x.leaves_out_if[0] ? " does not hold; for the next " : "; for the next ");
    write.axis(p.loop[x.parent].axis);
    out << " it goes on from there\n";
}

/// Which blocks of a sweep are left out, a line for each mask.
inline void explain_masks(prose& out, infix<prose>& write, program_ref const& p, loop const& x, int depth) {
    for (int m = 0; m < x.masks(); ++m) {
        bool const is_number = !p.nodes[x.mask[m]].is_truth();
        for (int i = 0; i < depth; ++i) out << "  ";
        if (x.carries) return explain_stairs(out, write, p, x);
        out << "// a block is left out where ";
        write.node(x.mask[m]);
        if (is_number) out << " makes it count for nothing\n";
        else if (x.leaves_out_if[m]) out << " holds throughout, and computed without it where it holds nowhere\n";
        else out << " holds nowhere, and computed without it where it holds throughout\n";
    }
}

}  // namespace sinter::ir
