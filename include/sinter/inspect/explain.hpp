// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/inspect/explainer.hpp>
#include <sinter/inspect/plan.hpp>

#include <string>

namespace sinter {
inline namespace SINTER_SIMD_ARCH {

/// How a formula is evaluated at the extents of its operands, as text for people: what it computes, the loops, what is
/// kept in which, and why. `names` are those of the tensors in the order in which they occur; without them they are called
/// A, B, C, …
/// Example: `std::cout << explain(softmax(Q * transpose(K)) * V, "Q", "K", "V");`
template <operand_like E, class... Names>
    requires(std::is_convertible_v<Names const&, std::string_view> && ...)
std::string explain(E const& e, Names const&... names) {
    if constexpr (!expression<E>) return explain(capture(e), names...);
    else if constexpr (is_valid<E>) {
        captured::inquiry<E> const q(e);
        using K = lower::kernel<E>;
        std::string_view const called[] = {names..., std::string_view{}};
        ir::explanation x(q.program(), called, static_cast<int>(sizeof...(Names)));
        x.lanes = K::lanes;
        x.total = q.total;
        x.stored = q.stored;
        x.temporaries = count_materialize<E>;
        x.workspace_is_static = evaluation_plan<E>::workspace_is_static;
        return x.text();
    }
}

}  // namespace SINTER_SIMD_ARCH
}  // namespace sinter
