// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

namespace bench {

/// Keeps this thread on one CPU; returns false where the system refuses.
bool pin_to(int cpu);
int current_cpu();

/// Quartiles of a sample, and its ends.
struct spread {
    double min = 0, lower = 0, median = 0, upper = 0, max = 0;
};
spread spread_of(std::vector<double> sample);

/// Something that is timed, and the work of one call (flops or bytes).
struct contender {
    std::string name;
    std::function<double(std::size_t calls)> seconds;   ///< of so many calls
    double work;
};

/// The time for which this thread has the CPU during some calls: what it waits while others have it is not the
/// contender's.
std::function<double(std::size_t)> timed(std::function<void()> run);

/// Seconds per call, `[contender][round]`. In every round each contender runs once for at least `shortest`
/// seconds; the first to run changes from round to round, so that a drift of the clock favours nobody.
std::vector<std::vector<double>> interleaved_seconds(std::vector<contender> const& contenders,
                                                     std::size_t rounds, double shortest);

/// The same for one function: the median of its rounds.
double median_seconds(std::function<void()> const& run, std::size_t rounds, double shortest);

/// a[i]/b[i] of each round.
std::vector<double> ratios(std::vector<double> const& a, std::vector<double> const& b);

/// work/seconds of each round.
std::vector<double> rates(double work, std::vector<double> const& seconds);

}  // namespace bench
