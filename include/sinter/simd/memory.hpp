// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/simd/batch.hpp>

#include <cstddef>
#include <cstdint>

/// \file
/// Loads and stores. Nothing here asks for alignment, and nothing touches memory beyond the lanes named.
namespace sinter::simd {
inline namespace SINTER_SIMD_ARCH {

/// Lanes p[0 … width).
template <class T>
SINTER_INLINE batch<T> load(T const* p) { return batch<T>::load_unaligned(p); }

/// p[0 … width) = x. (An object: xsimd's function of this name asks for alignment.)
struct store_t {
    template <class T>
    SINTER_INLINE void operator()(T* p, std::type_identity_t<batch<T>> const& x) const {
        if constexpr (own<T>) *p = x;
        else x.store_unaligned(p);
    }
};
inline constexpr store_t store{};

/// Asks for the cache line `apart` elements behind p, which may lie outside of everything: nothing is read.
template <class T>
SINTER_INLINE void fetch(T const* p, std::ptrdiff_t apart) {
    auto const at = reinterpret_cast<std::uintptr_t>(p) + static_cast<std::uintptr_t>(apart) * sizeof(T);
    __builtin_prefetch(reinterpret_cast<void const*>(at));
}

namespace detail {
#if defined(__AVX512F__)
SINTER_INLINE batch<float> load_masked(float const* p, int n) {
    return _mm512_maskz_loadu_ps(static_cast<__mmask16>((1u << n) - 1u), p);
}
SINTER_INLINE batch<double> load_masked(double const* p, int n) {
    return _mm512_maskz_loadu_pd(static_cast<__mmask8>((1u << n) - 1u), p);
}
SINTER_INLINE void store_masked(float* p, batch<float> const& x, int n) {
    _mm512_mask_storeu_ps(p, static_cast<__mmask16>((1u << n) - 1u), x);
}
SINTER_INLINE void store_masked(double* p, batch<double> const& x, int n) {
    _mm512_mask_storeu_pd(p, static_cast<__mmask8>((1u << n) - 1u), x);
}
#elif defined(__AVX__)
// Eight times all ones, then zeros: the mask of n lanes starts n elements before the middle.
inline constexpr std::int32_t mask_table_32[16] = {-1, -1, -1, -1, -1, -1, -1, -1};
inline constexpr std::int64_t mask_table_64[8] = {-1, -1, -1, -1};

template <class T>
SINTER_INLINE __m256i lane_mask(int n) {
    if constexpr (sizeof(T) == 4) return _mm256_loadu_si256(reinterpret_cast<__m256i const*>(mask_table_32 + 8 - n));
    else return _mm256_loadu_si256(reinterpret_cast<__m256i const*>(mask_table_64 + 4 - n));
}
SINTER_INLINE batch<float> load_masked(float const* p, int n) { return _mm256_maskload_ps(p, lane_mask<float>(n)); }
SINTER_INLINE batch<double> load_masked(double const* p, int n) { return _mm256_maskload_pd(p, lane_mask<double>(n)); }
// By halves: some processors take longer over one masked store than over all of these.
SINTER_INLINE void store_masked(float* p, batch<float> const& x, int n) {
    if (n == 8) return x.store_unaligned(p);
    __m128 rest = _mm256_castps256_ps128(x);
    if (n & 4) {
        _mm_storeu_ps(p, rest);
        rest = _mm256_extractf128_ps(x, 1);
        p += 4;
    }
    if (n & 2) {
        _mm_storel_pi(reinterpret_cast<__m64*>(p), rest);
        rest = _mm_movehl_ps(rest, rest);
        p += 2;
    }
    if (n & 1) _mm_store_ss(p, rest);
}
SINTER_INLINE void store_masked(double* p, batch<double> const& x, int n) {
    if (n == 4) return x.store_unaligned(p);
    __m128d rest = _mm256_castpd256_pd128(x);
    if (n & 2) {
        _mm_storeu_pd(p, rest);
        rest = _mm256_extractf128_pd(x, 1);
        p += 2;
    }
    if (n & 1) _mm_store_sd(p, rest);
}
#endif
#if defined(__AVX__)
template <class T>
using same_size_float = std::conditional_t<sizeof(T) == 4, float, double>;
template <integer T>
SINTER_INLINE batch<T> load_masked(T const* p, int n) {
    auto const x = load_masked(reinterpret_cast<same_size_float<T> const*>(p), n);
    batch<T> result;
    __builtin_memcpy(&result.v, static_cast<void const*>(&x), sizeof result.v);
    return result;
}
template <integer T>
SINTER_INLINE void store_masked(T* p, batch<T> const& x, int n) {
    batch<same_size_float<T>> y;
    __builtin_memcpy(static_cast<void*>(&y), &x.v, sizeof x.v);
    store_masked(reinterpret_cast<same_size_float<T>*>(p), y, n);
}
#else
template <class T>
SINTER_INLINE batch<T> load_masked(T const* p, int n) {
    lanes<T> l{};
    for (int i = 0; i < n; ++i) l.at[i] = p[i];
    return batch<T>::load_aligned(l.at);
}
template <class T>
SINTER_INLINE void store_masked(T* p, batch<T> const& x, int n) {
    lanes<T> l;
    x.store_aligned(l.at);
    for (int i = 0; i < n; ++i) p[i] = l.at[i];
}
#endif
}  // namespace detail

namespace detail {
/// p[0 … width) = U(x), one lane after the other.
template <class U, vector V>
SINTER_INLINE void store_each(U* p, V const& x) {
    lanes<element_t<V>> l;
    store(l.at, x);
    for (int i = 0; i < width<element_t<V>>; ++i) p[i] = static_cast<U>(l.at[i]);
}
}  // namespace detail

/// The first lane.
template <vector V>
SINTER_INLINE element_t<V> first(V const& x) {
    detail::lanes<element_t<V>> l;
    store(l.at, x);
    return l.at[0];
}

/// Lanes p[0 … n), the others 0. Requires 0 ≤ n ≤ width.
template <class T>
SINTER_INLINE batch<T> load_first(T const* p, int n) { return detail::load_masked(p, n); }

/// p[0 … n) = x. Requires 0 ≤ n ≤ width.
template <class T>
SINTER_INLINE void store_first(T* p, batch<T> const& x, int n) { detail::store_masked(p, x, n); }

/// Lanes p[i·stride] for i < n, the others 0.
template <class T>
SINTER_INLINE batch<T> load_strided(T const* p, std::ptrdiff_t stride, int n = width<T>) {
    if (stride == 1) return load_first(p, n);
    if (stride == 0) return select(first_lanes<T>(n), n > 0 ? broadcast(*p) : broadcast(T(0)), broadcast(T(0)));
    detail::lanes<T> l{};
    if (n == width<T>) for (int i = 0; i < width<T>; ++i) l.at[i] = p[i * stride];
    else for (int i = 0; i < n; ++i) l.at[i] = p[i * stride];
    return batch<T>::load_aligned(l.at);
}

/// p[i·stride] = lane i for i < n.
template <class T>
SINTER_INLINE void store_strided(T* p, std::ptrdiff_t stride, batch<T> const& x, int n = width<T>) {
    if (stride == 1) return store_first(p, x, n);
    if (n > width<T>) __builtin_unreachable();
    detail::lanes<T> l{};
    x.store_aligned(l.at);
    for (int i = 0; i < n; ++i) p[i * stride] = l.at[i];
}

}  // namespace SINTER_SIMD_ARCH
}  // namespace sinter::simd
