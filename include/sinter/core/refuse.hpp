// SPDX-License-Identifier: BSL-1.0
#pragma once

namespace sinter::ir {

/// Ends a constant evaluation: calling what is not constexpr is an error, and the compiler shows the call with its text.
inline void refuse(char const* /*why*/) {}

}  // namespace sinter::ir
