// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string>
#include <vector>

#include "kernels.hpp"

namespace bench {

/// What a case is measured against.
enum class limit {
    fma,     ///< the largest number of multiply-adds the instruction set can do
    memory,  ///< memcpy with the same footprint
};

/// A formula and everything needed to check and to count it.
struct formula {
    std::string name;
    std::vector<std::size_t> (*operands)(extents const&);  ///< number of elements of each operand
    std::size_t (*result)(extents const&);                 ///< number of elements of the result
    void (*reference)(problem const&, double*);            ///< plain loops in double
    kernel subject;
    kernel peer;   ///< Eigen as its users write it
    kernel tuned;  ///< Eigen as its experts write it, where that differs
    std::string baseline;  ///< the simpler formula, on the same operands, whose time this one is compared with
    limit against;
    double (*work)(extents const&);                        ///< flops, or bytes where the limit is memory
    double (*pairs)(extents const&);                       ///< (row, key) pairs; null where there are none and no baseline
    float low, high;                                       ///< operands are uniform in [low, high)
};

struct benchmark_case {
    std::string name;
    formula const* what;
    extents size;
};

/// Every formula, one row each; and the one of a name.
std::vector<formula> const& formulas();
formula const& find(std::string const& name);

/// Every formula at its sizes, in the order of the report.
std::vector<benchmark_case> all_cases();

}  // namespace bench
