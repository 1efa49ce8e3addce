// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "oracle.hpp"

#include <cmath>
#include <string>

namespace sinter::test {

using oracle::array;
using oracle::program;
using oracle::shape_t;

/// How close a result must be.
///   plain:       |out − ref| ≤ allowed·(1 + |ref|)
///   conditioned: |out − ref| ≤ allowed·error, the oracle's own bound for this element; nothing is asked where the
///                formula's type overflows or a comparison hangs in the balance
struct closeness {
    double allowed;
    bool conditioned = false;
};

/// For a formula in T that adds up `terms` numbers in a row.
template <class T>
closeness near(std::size_t terms = 1) {
    double const growth = 1 + std::sqrt(static_cast<double>(terms)) / 16;
    return {(sizeof(T) == 4 ? 2e-5 : 1e-12) * growth};
}

inline constexpr closeness by_condition{4, true};

/// Empty where all elements agree, or a report of the first that does not: index, expected, got, formula, seed.
std::string difference(program const& p, array const& reference, shape_t const& shape,
                       std::vector<double> const& values, closeness close);

/// The share of elements whose conditioned bound says something.
double share_of_bounded(array const& reference);

}  // namespace sinter::test
