// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/capture/functions.hpp>
#include <sinter/capture/prepare.hpp>
#include <sinter/inspect/shared.hpp>

#include <iosfwd>

namespace sinter {
inline namespace SINTER_SIMD_ARCH {

/// What is known of the evaluation of a formula before it runs. The static members need only the type of the formula:
/// `static_assert(decltype(plan(e))::passes == 1)`.
template <class E>
class evaluation_plan {
  public:
    /// Whole intermediates: as many as `materialize` was written.
    static constexpr int temporaries = count_materialize<E>;
    /// Sweeps over a streamed axis, those of stored intermediates included. Of several results: where tensors that are spelled alike
    /// in them are the same (see `shared`).
    static constexpr int passes = captured::programs_of<E>.passes + captured::stored_parts<E>::passes;
    /// Whether nothing that is not marked with `materialize` is stored whole; else the formula cannot be evaluated.
    static constexpr bool fused = captured::programs_of<E>.fused;
    /// Whether workspace_bytes is the same for all extents.
    static constexpr bool workspace_is_static =
        captured::programs_of<E>.static_workspace && captured::stored_parts<E>::static_workspace;
    /// Memory in which the evaluation keeps tiles: on the stack where it is static and small, else per thread.
    std::size_t workspace_bytes = 0;
    /// Whether one program makes several results. Not where tensors that are spelled alike, as A and C in together(A*B, C*D), are
    /// different ones: then each result is evaluated on its own.
    bool shared = false;

    constexpr explicit evaluation_plan(E const& e) : evaluation_plan(captured::inquiry<E>(e)) {}

    /// Elementwise operations and steps of reductions at the extents of the formula, each element of the graph once.
    constexpr std::size_t flops() const { return total.flops; }
    /// Operands read once and the result written once.
    constexpr std::size_t bytes() const { return total.bytes; }

    template <class Char, class Traits>
    friend std::basic_ostream<Char, Traits>& operator<<(std::basic_ostream<Char, Traits>& out, evaluation_plan const& p) {
        out << "passes " << p.passes_here << ", temporaries " << temporaries << ", workspace " << p.workspace_bytes << " bytes";
        return out << (workspace_is_static ? " (static)" : "") << ", flops " << p.flops() << ", bytes " << p.bytes();
    }

  private:
    constexpr explicit evaluation_plan(captured::inquiry<E> const& q) : total(q.total) {
        workspace_bytes = total.workspace;
        if constexpr (is_together<E>) {
            shared = q.shared;
            if (captured::sharing<E>::any && !shared) passes_here = captured::passes_apart<E> + captured::stored_parts<E>::passes;
        }
    }

    ir::cost total;
    int passes_here = passes;
};

/// The plan of a formula, or of several results, at the extents of the operands. Nothing is evaluated.
/// Throws shape_error where the operands do not fit.
template <class E>
    requires(operand_like<E> || is_together<E>)
constexpr auto plan(E const& e) {
    if constexpr (!evaluable<E>) return plan(capture(e));
    else if constexpr (is_valid<E>) return evaluation_plan<E>(e);
    else (void)ir::check<E>::value;
}
/// The same of values and places in one pass.
template <class V, class P>
constexpr auto plan(top_pair<V, P> const& pair) { return plan(together(pair)); }

}  // namespace SINTER_SIMD_ARCH
}  // namespace sinter
