// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/core/half.hpp>
#include <sinter/simd/memory.hpp>

/// \file
/// Floats of 16 bits in memory, floats in registers: by the instructions where there are some, else by integers.
namespace sinter::simd {
inline namespace SINTER_SIMD_ARCH {

namespace detail {

template <int N> using words = typename raw<std::uint16_t, N>::type;
template <int N> using bits = typename raw<std::uint32_t, N>::type;
template <int N> using singles = typename raw<float, N>::type;

#if (defined(__AVX__) && defined(__F16C__)) || defined(__AVX512F__)
/// Whether the machine converts N halves at once.
template <class U, int N>
inline constexpr bool converts_itself = std::is_same_v<U, half> && N == width<float>;
#else
template <class U, int N>
inline constexpr bool converts_itself = false;
#endif

template <int N>
SINTER_INLINE singles<N> widen_by_instruction([[maybe_unused]] words<N> x) {
#if defined(__AVX512F__)
    return reinterpret_cast<singles<N>>(_mm512_cvtph_ps(reinterpret_cast<__m256i>(x)));
#elif defined(__AVX__) && defined(__F16C__)
    return reinterpret_cast<singles<N>>(_mm256_cvtph_ps(reinterpret_cast<__m128i>(x)));
#else
    return {};
#endif
}

template <int N>
SINTER_INLINE words<N> narrow_by_instruction([[maybe_unused]] singles<N> x) {
#if defined(__AVX512F__)
    return reinterpret_cast<words<N>>(_mm512_cvtps_ph(reinterpret_cast<__m512>(x), _MM_FROUND_TO_NEAREST_INT));
#elif defined(__AVX__) && defined(__F16C__)
    return reinterpret_cast<words<N>>(_mm256_cvtps_ph(reinterpret_cast<__m256>(x), _MM_FROUND_TO_NEAREST_INT));
#else
    return {};
#endif
}

/// Exact.
template <class U, int N>
SINTER_INLINE singles<N> widen(words<N> x) {
    if constexpr (converts_itself<U, N>) return widen_by_instruction<N>(x);
    bits<N> const w = __builtin_convertvector(x, bits<N>);
    if constexpr (std::is_same_v<U, bfloat16>) return reinterpret_cast<singles<N>>(w << 16);
    // The exponent is made right by a multiplication, which also gives subnormal numbers their value.
    bits<N> const size = (w & 0x7fffu) << 13;
    bits<N> const scaled = reinterpret_cast<bits<N>>(reinterpret_cast<singles<N>>(size) * 0x1p112f);
    bits<N> const value = (w & 0x7c00u) == 0x7c00u ? (size | 0x7f800000u) : scaled;
    return reinterpret_cast<singles<N>>(value | (w & 0x8000u) << 16);
}

/// The nearest, and the even one of two as near: half of the last place that stays is added, or a little less, and the
/// carry does the rest, up to infinity.
template <class U, int N>
SINTER_INLINE words<N> narrow(singles<N> x) {
    if constexpr (converts_itself<U, N>) return narrow_by_instruction<N>(x);
    bits<N> const all = reinterpret_cast<bits<N>>(x), size = all & 0x7fffffffu, sign = all >> 16 & 0x8000u;
    if constexpr (std::is_same_v<U, bfloat16>) {
        bits<N> const rounded = (size + 0x7fffu + (size >> 16 & 1u)) >> 16;
        bits<N> const value = size > 0x7f800000u ? (size >> 16 | 0x40u) : rounded;
        return __builtin_convertvector(value | sign, words<N>);
    } else {
        bits<N> const normal = (size - 0x38000000u + 0xfffu + (size >> 13 & 1u)) >> 13;
        singles<N> const shifted = reinterpret_cast<singles<N>>(size) + 0.5f;      // its last place is that of the subnormals
        bits<N> const small = reinterpret_cast<bits<N>>(shifted) - 0x3f000000u;
        bits<N> const finite = size < 0x38800000u ? small : normal;
        bits<N> const special = size > 0x7f800000u ? (0x7e00u | (size >> 13 & 0x3ffu)) : (size & 0u) + 0x7c00u;
        bits<N> const value = size >= 0x47800000u ? special : finite;
        return __builtin_convertvector(value | sign, words<N>);
    }
}

template <class T, class U>
SINTER_INLINE batch<T> load_small(U const* p) {
    constexpr int n = width<T>;
    words<n> x;
    __builtin_memcpy(&x, p, sizeof x);
    auto const wide = __builtin_convertvector((widen<U, n>(x)), typename raw<T, n>::type);
    batch<T> result;
    __builtin_memcpy(static_cast<void*>(&result), &wide, sizeof wide);
    return result;
}

/// Doubles one by one: by way of float they would be rounded twice.
template <class U, vector V>
SINTER_INLINE void store_small(U* p, V const& x) {
    if constexpr (std::is_same_v<element_t<V>, float>) {
        constexpr int n = width<float>;
        singles<n> s;
        __builtin_memcpy(&s, static_cast<void const*>(&x), sizeof s);
        auto const w = narrow<U, n>(s);
        __builtin_memcpy(static_cast<void*>(p), &w, sizeof w);
    } else {
        store_each(p, x);
    }
}
}  // namespace detail

}  // namespace SINTER_SIMD_ARCH
}  // namespace sinter::simd
