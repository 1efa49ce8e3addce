// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/simd/batch.hpp>

/// \file
/// Minimum and maximum. xsimd leaves open which argument is returned beside a NaN, and its versions differ, so the
/// instructions themselves are named here.
namespace sinter::simd {
inline namespace SINTER_SIMD_ARCH {

namespace detail {
/// a < b ? a : b, so b where either is NaN.
template <vector V>
SINTER_INLINE V smaller(V const& a, V const& b) {
#if defined(__AVX512F__)
    if constexpr (sizeof(element_t<V>) == 4) return V(_mm512_min_ps(a, b));
    else return V(_mm512_min_pd(a, b));
#elif defined(__AVX__)
    if constexpr (sizeof(element_t<V>) == 4) return V(_mm256_min_ps(a, b));
    else return V(_mm256_min_pd(a, b));
#elif defined(__SSE2__)
    if constexpr (sizeof(element_t<V>) == 4) return V(_mm_min_ps(a, b));
    else return V(_mm_min_pd(a, b));
#else
    return simd::select(a < b, a, b);
#endif
}

/// a > b ? a : b, so b where either is NaN.
template <vector V>
SINTER_INLINE V larger(V const& a, V const& b) {
#if defined(__AVX512F__)
    if constexpr (sizeof(element_t<V>) == 4) return V(_mm512_max_ps(a, b));
    else return V(_mm512_max_pd(a, b));
#elif defined(__AVX__)
    if constexpr (sizeof(element_t<V>) == 4) return V(_mm256_max_ps(a, b));
    else return V(_mm256_max_pd(a, b));
#elif defined(__SSE2__)
    if constexpr (sizeof(element_t<V>) == 4) return V(_mm_max_ps(a, b));
    else return V(_mm_max_pd(a, b));
#else
    return simd::select(a > b, a, b);
#endif
}

/// The maximum or the minimum; NaN where either argument is.
template <bool Max, vector V>
SINTER_INLINE V extremum(V const& a, V const& b) {
#if defined(__AVX512F__)
    if constexpr (sizeof(element_t<V>) == 4) {
        __mmask16 const ordered = _mm512_cmp_ps_mask(a, a, _CMP_ORD_Q);
        return V(Max ? _mm512_mask_max_ps(a, ordered, a, b) : _mm512_mask_min_ps(a, ordered, a, b));
    } else {
        __mmask8 const ordered = _mm512_cmp_pd_mask(a, a, _CMP_ORD_Q);
        return V(Max ? _mm512_mask_max_pd(a, ordered, a, b) : _mm512_mask_min_pd(a, ordered, a, b));
    }
#else
    return simd::select(differs(a, a), a, Max ? larger(a, b) : smaller(a, b));
#endif
}
}  // namespace detail

}  // namespace SINTER_SIMD_ARCH
}  // namespace sinter::simd
