// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/inspect/dot_text.hpp>
#include <sinter/inspect/plan.hpp>

#include <string>

namespace sinter {
inline namespace SINTER_SIMD_ARCH {

/// A formula as it was written and as it is evaluated, one colour for each pass, as text for Graphviz: `dot -Tsvg`.
/// `names` as for `explain`.
template <operand_like E, class... Names>
    requires(std::is_convertible_v<Names const&, std::string_view> && ...)
std::string to_dot(E const& e, Names const&... names) {
    if constexpr (!expression<E>) return to_dot(capture(e), names...);
    else if constexpr (is_valid<E>) {
        captured::inquiry<E> const q(e);
        std::string_view const called[] = {names..., std::string_view{}};
        return ir::drawing(q.program(), called, static_cast<int>(sizeof...(Names))).text();
    }
}

}  // namespace SINTER_SIMD_ARCH
}  // namespace sinter
