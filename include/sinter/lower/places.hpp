// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/core/error.hpp>
#include <sinter/core/message.hpp>
#include <sinter/lower/kernel.hpp>

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <cstring>
#include <limits>

/// Places of elements, kept beside their values in numbers of the same type. A float counts only up to 2²⁴, so there a place
/// is a pattern of bits: the place-th float from 1 on. These are ordered as places are, and none is subnormal or NaN. Beside
/// a type of the user's, which may not count at all, places are integers.
namespace sinter::lower {
inline namespace SINTER_SIMD_ARCH {

inline constexpr std::uint32_t first_place_bits = 0x3f800000u;   // 1.0f

/// What holds the place of a V, a number or a batch.
template <class V>
using place_of = std::conditional_t<simd::own<V>, std::int64_t, V>;

template <class T>
SINTER_INLINE place_of<T> place_code(std::ptrdiff_t place) {
    if constexpr (std::is_same_v<T, float>) return std::bit_cast<float>(first_place_bits + static_cast<std::uint32_t>(place));
    else return static_cast<place_of<T>>(place);
}

template <class T>
SINTER_INLINE std::ptrdiff_t place_number(T code) {
    if constexpr (std::is_same_v<T, float>) return static_cast<std::ptrdiff_t>(std::bit_cast<std::uint32_t>(code) - first_place_bits);
    else return static_cast<std::ptrdiff_t>(code);
}

namespace detail {
/// The bits of a register of floats, as integers.
using place_bits [[gnu::vector_size(sizeof(simd::batch<float>))]] = std::int32_t;
using place_numbers [[gnu::vector_size(sizeof(simd::batch<float>))]] = float;

SINTER_INLINE place_bits bits_of(simd::batch<float> const& codes) {
    place_bits bits;
    std::memcpy(&bits, static_cast<void const*>(&codes), sizeof bits);
    return bits;
}
SINTER_INLINE simd::batch<float> register_of(void const* bits) {
    simd::batch<float> codes;
    std::memcpy(static_cast<void*>(&codes), bits, sizeof codes);
    return codes;
}
}  // namespace detail

/// The places of a register's lanes, from the first on.
template <class T>
SINTER_INLINE place_of<simd::batch<T>> place_codes(std::ptrdiff_t first) {
    if constexpr (own_scalar<T>) {
        return first;
    } else if constexpr (!std::is_same_v<T, float>) {
        return simd::iota<T>() + simd::batch<T>(static_cast<T>(first));
    } else {
        static constexpr auto lanes = [] {
            std::array<float, static_cast<std::size_t>(simd::width<float>)> a{};
            for (std::size_t i = 0; i < a.size(); ++i) a[i] = std::bit_cast<float>(first_place_bits + static_cast<std::uint32_t>(i));
            return a;
        }();
        auto const bits = detail::bits_of(detail::register_of(lanes.data())) + static_cast<std::int32_t>(first);
        return detail::register_of(&bits);
    }
}

/// Places as numbers to compute with.
template <class T, class V>
SINTER_INLINE V places_as_numbers(V const& codes) {
    if constexpr (!std::is_same_v<T, float>) {
        return codes;
    } else if constexpr (std::is_same_v<V, T>) {
        return static_cast<T>(place_number(codes));
    } else {
        auto const places = detail::bits_of(codes) - static_cast<std::int32_t>(first_place_bits);
        auto const converted = __builtin_convertvector(places, detail::place_numbers);
        return detail::register_of(&converted);
    }
}

/// Places that a float has patterns for: those of the numbers from 1 up to infinity.
inline constexpr std::size_t most_places = std::size_t{1} << 30;

/// The axes along which floats count places.
template <class K>
inline constexpr ir::axes counted_axes = [] {
    ir::axes counted = 0;
    for (int i = 0; i < K::graph.size && std::is_same_v<typename K::value, float>; ++i) {
        auto const& x = K::graph.nodes[i];
        if (x.is_reduce() && (x.combine == ir::monoid::argmin || x.combine == ir::monoid::argmax || x.order_axis() >= 0))
            counted |= ir::bit(x.axis);
    }
    return counted;
}();

/// Up to here a floating type has every number.
template <class T>
inline constexpr std::size_t most_numbers = std::size_t{1} << std::numeric_limits<T>::digits;

/// Whether a term counts places through several axes, as numbers of the formula.
constexpr bool counts_through_axes(ir::term const& t) { return t.finds_places() && std::popcount(t.axes) > 1; }
template <class K>
inline constexpr bool counts_numbers = std::is_floating_point_v<typename K::value> && std::ranges::any_of(K::formula.terms, counts_through_axes);

template <class K>
constexpr void check_numbers(std::size_t const* extents) {
    for (auto const& t : K::formula.terms) {
        if (!counts_through_axes(t)) continue;
        auto const& x = K::formula.terms[t.arg[0]];
        std::size_t room = most_numbers<typename K::value>;
        for (int d = 0; d < x.rank; ++d)
            if (t.axes >> d & 1) room = extents[x.extent[d]] > 0 ? room / extents[x.extent[d]] : SIZE_MAX;
        if (room == 0)
            raise_shape((message() << "argmax, argmin: this formula counts places through several axes as floats, up to "
                                   << most_numbers<typename K::value> << "; cast the argument to double, or reshape it to one axis").text());
    }
}

/// Raises shape_error where an axis along which places are found has more than there are.
template <class K>
constexpr void check_places(std::size_t const* extents) {
    if constexpr (counts_numbers<K>) check_numbers<K>(extents);
    if constexpr (counted_axes<K> != 0)
        for (int a = 0; a < K::graph.axes_size; ++a) {
            std::size_t const n = extents[K::graph.axis[a].extent];
            if (ir::has(counted_axes<K>, a) && n > most_places)
                raise_shape((message() << "argmax, argmin, topk: an axis has " << n << " elements, and places among floats are "
                                          "counted up to 1073741824; cast the argument to double").text());
        }
}

}  // namespace SINTER_SIMD_ARCH
}  // namespace sinter::lower
