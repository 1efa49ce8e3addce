// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/simd/arch.hpp>

/// \file
/// With AVX-512 xsimd's masks are numbers that convert to `bool`, so that `x > 0 ? x : y` in a function of the user's would compile and
/// take one branch for all lanes. Here is the same instruction set under a name of ours, whose masks do not; those of SSE and AVX never do.
#if defined(__AVX512F__)
namespace sinter::simd {
inline namespace SINTER_SIMD_ARCH {
struct instruction_set : xsimd::default_arch {};
}  // namespace SINTER_SIMD_ARCH
}  // namespace sinter::simd

namespace xsimd::types {
template <class T>
struct simd_register<T, sinter::simd::instruction_set> : simd_register<T, default_arch> {
    using register_type = typename simd_register<T, default_arch>::register_type;
    simd_register() = default;
    simd_register(register_type r) noexcept : simd_register<T, default_arch>{r} {}
};
template <class T>
struct has_simd_register<T, sinter::simd::instruction_set> : has_simd_register<T, default_arch> {};
template <class T>
struct get_bool_simd_register<T, sinter::simd::instruction_set> {
    using base = get_bool_simd_register_t<T, default_arch>;
    struct type : base {
        using base::base;
        operator bool() const = delete;
    };
};
}  // namespace xsimd::types
#else
namespace sinter::simd {
inline namespace SINTER_SIMD_ARCH {
using instruction_set = xsimd::default_arch;
}  // namespace SINTER_SIMD_ARCH
}  // namespace sinter::simd
#endif
