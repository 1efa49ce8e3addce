// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "oracle_steps.hpp"

#include <string>

/// An independent slow model: a formula's terms evaluated one after the other as NumPy would, whole array by whole
/// array, in double. It shares nothing with the graph, the passes, the scheduler or the kernels.
namespace sinter::oracle {

/// What a formula meets in one of its slots.
struct operand_value {
    array value;                                        ///< a tensor, a view or a scalar
    std::vector<std::ptrdiff_t> list;                   ///< a list of indices or extents
    scalar_function call;                               ///< the user's own function
    std::function<double(double, double)> combine;      ///< the user's own monoid
    double identity = 0;
};

/// A formula without its capacity, so that the oracle is compiled once.
struct program {
    std::vector<ir::term> terms;
    std::vector<ir::extent> extents;
    std::vector<operand_value> operands;
};

/// The value of the last term. Throws std::logic_error where the formula's own extents differ from NumPy's.
array evaluate(program const& p);

/// The formula, one term a line, for messages.
std::string text(program const& p);

}  // namespace sinter::oracle
