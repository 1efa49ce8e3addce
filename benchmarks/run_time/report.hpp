// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "run_case.hpp"

namespace bench {

/// Where and how the figures were taken.
struct machine {
    std::string cpu, compiler, flags, instruction_set;
    int pinned_to = -1;
    double gigahertz = 0;
    std::vector<std::pair<std::string, double>> unit_costs;  ///< ns an element

    static machine observe(int pinned_to);
};

/// The table on standard output: heading once, then a line for each case as it is finished.
void print_heading(machine const&);
void print_row(case_result const&, machine const&);

/// Everything, with the times of all rounds; false where the file cannot be written.
bool write_json(std::string const& path, machine const&, settings const&, std::vector<case_result> const&);

}  // namespace bench
