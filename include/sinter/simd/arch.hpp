// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/core/config.hpp>

// The AVX-512 intrinsics of g++ 12 start from an undefined value on purpose, which -Wall reports in every function that
// they are inlined into (GCC bug 105593).
#if defined(__AVX__)
#if !defined(__clang__)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wuninitialized"
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#endif
#include <immintrin.h>
#if !defined(__clang__)
#pragma GCC diagnostic pop
#endif
#endif

#include <xsimd/xsimd.hpp>

/// \file
/// The instruction set of this translation unit. Everything in `sinter::simd` lives in an inline namespace named after
/// it, so that objects compiled with different flags can be linked into one program: their kernels have different names.
#if defined(__AVX512F__) && defined(__AVX512BW__) && defined(__AVX512DQ__) && defined(__AVX512VL__)
#define SINTER_SIMD_ARCH avx512
#elif defined(__AVX512F__)
#define SINTER_SIMD_ARCH avx512f
#elif defined(__AVX2__) && defined(__FMA__)
#define SINTER_SIMD_ARCH avx2_fma
#elif defined(__AVX2__)
#define SINTER_SIMD_ARCH avx2
#elif defined(__AVX__) && defined(__FMA__)
#define SINTER_SIMD_ARCH avx_fma
#elif defined(__AVX__)
#define SINTER_SIMD_ARCH avx
#elif defined(__SSE4_2__)
#define SINTER_SIMD_ARCH sse4_2
#elif defined(__SSE4_1__)
#define SINTER_SIMD_ARCH sse4_1
#elif defined(__SSE2__)
#define SINTER_SIMD_ARCH sse2
#elif defined(__ARM_FEATURE_SVE)
#define SINTER_SIMD_ARCH sve
#elif defined(__aarch64__)
#define SINTER_SIMD_ARCH neon64
#else
#define SINTER_SIMD_ARCH generic
#endif
