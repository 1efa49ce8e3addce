// SPDX-License-Identifier: BSL-1.0
#include "limits.hpp"

#include <xsimd/xsimd.hpp>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>

#include "measure.hpp"

namespace bench {
namespace {

using batch = xsimd::batch<float>;

#if defined(__FMA__) || defined(__AVX512F__)
constexpr bool has_fma = true;
#else
constexpr bool has_fma = false;
#endif

// Enough chains for two units of each kind and their latencies, few enough for sixteen registers.
constexpr std::size_t chains = has_fma ? 12 : 14;
constexpr std::size_t iterations = 4096;

// Read through a volatile so that the compiler knows nothing of the values; both keep every chain finite.
float volatile factor = 0.5F, addend = 1.0F;
float volatile sink;

// Without fused instructions half of the chains multiply and half add: two units of each kind are kept busy.
template <std::size_t I>
inline void step(batch& x, batch const& a, batch const& b) {
    if constexpr (has_fma) x = xsimd::fma(x, a, b);
    else if constexpr (I % 2 == 0) x = x * b;
    else x = x + a;
}

template <std::size_t... I>
void run_chains(std::index_sequence<I...>) {
    batch const a(factor), b(addend);
    std::array<batch, sizeof...(I)> x{((void)I, batch(float(I)))...};
    for (std::size_t n = 0; n < iterations; ++n) (step<I>(x[I], a, b), ...);
    alignas(64) float last[batch::size];
    (x[I] + ...).store_aligned(last);
    sink = last[0];
}

// A loop over data that stay in the first-level cache; the result depends on every element.
template <class Function>
double nanoseconds_per_element(Function f) {
    constexpr std::size_t count = 4096;
    alignas(64) static float x[count], y[count];
    for (std::size_t i = 0; i < count; ++i) x[i] = float(i % 97) / 16 - 3;
    auto const pass = [&] {
        for (std::size_t i = 0; i < count; i += batch::size) f(batch::load_aligned(x + i)).store_aligned(y + i);
        sink = y[count / 2];
    };
    return 1e9 * median_seconds(pass, 9, 2e-3) / double(count);
}

}  // namespace

std::string instruction_set() {
    return std::string(xsimd::default_arch::name()) + ", " + std::to_string(batch::size) + " floats" +
           (has_fma ? "" : ", no fused multiply-add");
}

void fma_loop() { run_chains(std::make_index_sequence<chains>{}); }

double fma_loop_flops() { return double(iterations) * chains * batch::size * (has_fma ? 2 : 1); }

void copy_loop::operator()() {
    std::memcpy(to_.data(), from_.data(), from_.size());
    asm volatile("" : : "r"(to_.data()) : "memory");  // the copy is an effect: keep it
}

double estimate_gigahertz() {
#if defined(__x86_64__)
    constexpr int latency = 3, count = 1 << 16;  // imul r64,r64 on every x86-64 of the last fifteen years
    auto const chain = [] {
        std::uint64_t x = 3;
        for (int i = 0; i < count; i += 8)
            asm volatile("imul %0,%0\nimul %0,%0\nimul %0,%0\nimul %0,%0\n"
                         "imul %0,%0\nimul %0,%0\nimul %0,%0\nimul %0,%0" : "+r"(x));
    };
    return double(count) * latency / median_seconds(chain, 9, 2e-3) * 1e-9;
#else
    return 0;
#endif
}

std::vector<std::pair<std::string, double>> unit_costs() {
    return {
        {"copy", nanoseconds_per_element([](batch const& x) { return x; })},
        {"divide", nanoseconds_per_element([](batch const& x) { return batch(1.0F) / x; })},
        {"exp", nanoseconds_per_element([](batch const& x) { return xsimd::exp(x); })},
        {"tanh", nanoseconds_per_element([](batch const& x) { return xsimd::tanh(x); })},
        {"sigmoid", nanoseconds_per_element([](batch const& x) {
             return batch(1.0F) / (batch(1.0F) + xsimd::exp(-x));
         })},
    };
}

}  // namespace bench
