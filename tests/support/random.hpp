// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <type_traits>

namespace sinter::test {

/// splitmix64: small, the same everywhere, usable in constant expressions.
class generator {
    std::uint64_t state;

public:
    constexpr explicit generator(std::uint64_t seed) : state(seed) {}

    constexpr std::uint64_t operator()() {
        state += 0x9e3779b97f4a7c15u;
        std::uint64_t z = state;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
        return z ^ (z >> 31);
    }
    constexpr std::size_t below(std::size_t n) { return static_cast<std::size_t>((*this)() % n); }
    constexpr double uniform(double low, double high) {
        return low + (high - low) * (static_cast<double>((*this)() >> 11) * 0x1p-53);
    }
};

/// The seed of this run: SINTER_SEED where it is set.
inline std::uint64_t seed() {
    char const* text = std::getenv("SINTER_SEED");
    return text ? std::strtoull(text, nullptr, 10) : 20240229u;
}

/// Fills what has begin() and end() with numbers in [low, high).
template <class X>
void fill(X& x, generator& g, double low = -1, double high = 1) {
    for (auto& v : x) v = static_cast<std::remove_reference_t<decltype(v)>>(g.uniform(low, high));
}

/// Whole numbers in [low, high]: sums and ties of them are exact.
template <class X>
void fill_whole(X& x, generator& g, int low, int high) {
    for (auto& v : x)
        v = static_cast<std::remove_reference_t<decltype(v)>>(low + int(g.below(std::size_t(high - low + 1))));
}

}  // namespace sinter::test
