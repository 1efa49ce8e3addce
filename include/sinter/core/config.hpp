// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>

#if defined(__clang__)
#define SINTER_LIFETIMEBOUND [[clang::lifetimebound]]
#else
#define SINTER_LIFETIMEBOUND
#endif

/// What is compiled for an instruction set outside of its namespace is part of its caller, also where nothing is optimised: programs
/// of two instruction sets would share it otherwise.
#define SINTER_ENTRY [[gnu::always_inline]] inline

/// Inner functions of a kernel: the register tile exists only when all of them are one function. Where nothing is optimised it does not
/// exist anyway, and a file of many formulas compiles in a third of the time without; SINTER_NO_FORCED_INLINING asks for that elsewhere.
#if defined(__OPTIMIZE__) && !defined(SINTER_NO_FORCED_INLINING)
#define SINTER_INLINE [[gnu::always_inline]] inline
#define SINTER_INLINE_LAMBDA __attribute__((always_inline))
#else
#define SINTER_INLINE inline
#define SINTER_INLINE_LAMBDA
#endif

namespace sinter {

/// An extent that is known at run time only.
inline constexpr std::size_t dyn = static_cast<std::size_t>(-1);

/// The largest number of axes of a tensor or of a part of a formula.
inline constexpr int max_rank = 8;

}  // namespace sinter
