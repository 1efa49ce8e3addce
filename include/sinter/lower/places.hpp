// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/lower/kernel.hpp>

#include <bit>
#include <cstdint>

/// Places of elements, kept beside their values in numbers of the same type. A float counts only up to 2²⁴, so there a place
/// is a pattern of bits: the place-th float from 1 on. These are ordered as places are, and none is subnormal or NaN.
namespace sinter::lower {
inline namespace SINTER_SIMD_ARCH {

inline constexpr std::uint32_t first_place_bits = 0x3f800000u;   // 1.0f

template <class T>
SINTER_INLINE T place_code(std::ptrdiff_t place) {
    if constexpr (std::is_same_v<T, float>) return std::bit_cast<float>(first_place_bits + static_cast<std::uint32_t>(place));
    else return static_cast<T>(place);
}

template <class T>
SINTER_INLINE std::ptrdiff_t place_number(T code) {
    if constexpr (std::is_same_v<T, float>) return static_cast<std::ptrdiff_t>(std::bit_cast<std::uint32_t>(code) - first_place_bits);
    else return static_cast<std::ptrdiff_t>(code);
}

/// The places of a register's lanes, from the first on.
template <class T>
SINTER_INLINE simd::batch<T> place_codes(std::ptrdiff_t first) {
    alignas(64) T lanes[simd::width<T>];
    for (int i = 0; i < simd::width<T>; ++i) lanes[i] = place_code<T>(first + i);
    return simd::load(lanes);
}

/// Places as numbers to compute with.
template <class T, class V>
SINTER_INLINE V places_as_numbers(V const& codes) {
    if constexpr (!std::is_same_v<T, float>) {
        return codes;
    } else if constexpr (std::is_same_v<V, T>) {
        return static_cast<T>(place_number(codes));
    } else {
        alignas(64) T lanes[simd::width<T>];
        simd::store(lanes, codes);
        for (T& x : lanes) x = static_cast<T>(static_cast<std::int32_t>(std::bit_cast<std::uint32_t>(x) - first_place_bits));
        return simd::load(lanes);
    }
}

constexpr bool gives_places(ir::vertex const& x) {
    return x.is_reduce() && (x.combine == ir::monoid::argmin || x.combine == ir::monoid::argmax || x.combine == ir::monoid::top_places);
}

}  // namespace SINTER_SIMD_ARCH
}  // namespace sinter::lower
