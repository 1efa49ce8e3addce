// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <xsimd/xsimd.hpp>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <utility>
#include <vector>

/// What time it takes, and what this machine could do in it.
namespace peak {

/// Seconds that one call takes.
template <class F>
double seconds(F&& call) {
    auto const start = std::chrono::steady_clock::now();
    call();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

inline double median(std::vector<double> values) {
    auto const middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

namespace detail {

/// Twelve independent chains hide the latency of a multiply-add (4 cycles, two a cycle) and fit 16 registers. The
/// chains are named by constants only, so that they stay in registers.
template <std::size_t... I>
float multiply_add(std::size_t steps, std::index_sequence<I...>) {
    using batch = xsimd::batch<float>;
    batch chain[] = {batch(1.0f + 0.01f * I)...};
    batch const factor(0.999f), summand(0.001f);
    for (std::size_t i = 0; i < steps; ++i) ((chain[I] = xsimd::fma(chain[I], factor, summand)), ...);
    batch const sum = (chain[I] + ...);
    return sum.get(0);
}

}  // namespace detail

/// The multiply-adds of one thread, in 10⁹ floating-point operations a second: the best of several short runs.
inline double gflops() {
    constexpr std::size_t chains = 12, steps = 200'000;
    double const flops = 2.0 * chains * steps * xsimd::batch<float>::size;
    float volatile sink = 0;
    double best = 1e30;
    for (int run = 0; run < 7; ++run)
        best = std::min(best, seconds([&] { sink = detail::multiply_add(steps, std::make_index_sequence<chains>()); }));
    return flops / best * 1e-9;
}

}  // namespace peak
