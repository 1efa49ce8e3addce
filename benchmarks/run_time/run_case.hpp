// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string>
#include <vector>

#include "formulas.hpp"
#include "torch_peer.hpp"

namespace bench {

struct settings {
    std::size_t repetitions = 15;
    double shortest = 0.02;  ///< seconds
    bool with_peer = true;
    torch_peer* torch = nullptr;
};

/// What became of one contender.
struct outcome {
    std::string name;
    double work = 0;              ///< of one call
    double error = 0;             ///< largest deviation from the reference, relative to the largest result
    bool right = true;            ///< wrong ones are not timed
    std::string thrown;           ///< what an exception said, where there was one
    std::vector<double> seconds;  ///< per call, one a round
};

/// A case with its limit and its contenders, all timed in the same rounds.
struct case_result {
    benchmark_case what;
    std::vector<outcome> outcomes;  ///< limit, sinter, eigen, tuned eigen, torch, baseline: those there are

    outcome const* find(std::string const& name) const;
    /// An outcome that has times, or null.
    outcome const* timed(std::string const& name) const;
    bool right() const;
};

/// Checks every contender against plain loops in double, then times those that are right.
case_result run_case(benchmark_case const& what, settings const& how);

}  // namespace bench
