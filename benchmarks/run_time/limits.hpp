// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace bench {

/// The instruction set this programme was compiled for, and the number of floats in its registers.
std::string instruction_set();

/// One call of the loop that does nothing but multiply-adds.
void fma_loop();
double fma_loop_flops();

/// Copies half of a footprint of `bytes` into the other half; as many bytes cross the bus as a kernel with that
/// footprint must move.
class copy_loop {
public:
    explicit copy_loop(std::size_t bytes) : from_(bytes / 2, 1), to_(bytes / 2, 2) {}
    void operator()();
    double bytes() const { return 2.0 * double(from_.size()); }

private:
    std::vector<char> from_, to_;
};

/// Clock of this CPU while it runs, from a chain of dependent multiplications of known latency; 0 where unknown.
double estimate_gigahertz();

/// Nanoseconds an element, in cache, of the functions that the formulas contain.
std::vector<std::pair<std::string, double>> unit_costs();

}  // namespace bench
