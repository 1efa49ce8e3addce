// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/simd/batch.hpp>

/// \file
/// The logarithms, which xsimd 8.1 does not compile for AVX-512BW with g++ -O0.
///
/// They are the only functions here that select integers by a mask, and that `select` of the architecture avx512bw names
/// the intrinsics for bytes in a branch that is never taken, but compiled. With optimisation (and in clang) these intrinsics
/// are functions, to whose parameters a batch converts; in g++ -O0 they are macros that cast it, which is an error. avx512dq,
/// one step below, has the same registers, selects with the instruction for the type, and is as fast. xsimd 9 has repaired it.
namespace sinter::simd {
inline namespace SINTER_SIMD_ARCH {

namespace detail {
/// ln x or, with O = log2, log₂ x.
template <ir::op O, vector V>
SINTER_INLINE V logarithm(V const& x) {
    static_assert(O == ir::op::log || O == ir::op::log2, "logarithm requires log or log2");
#if XSIMD_VERSION_MAJOR < 9 && defined(__AVX512BW__)
    using register_type = typename V::register_type;
    xsimd::batch<element_t<V>, xsimd::avx512dq> const y(static_cast<register_type>(x));
    if constexpr (O == ir::op::log) return V(static_cast<register_type>(xsimd::log(y)));
    else return V(static_cast<register_type>(xsimd::log2(y)));
#else
    if constexpr (O == ir::op::log) return xsimd::log(x);
    else return xsimd::log2(x);
#endif
}
}  // namespace detail

}  // namespace SINTER_SIMD_ARCH
}  // namespace sinter::simd
