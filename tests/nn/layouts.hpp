// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "support/types.hpp"

#include <sinter/nn.hpp>

/// Layers of operands that are formulas: one pass each, nothing is stored, and what the same layer gives for operands that lie
/// in memory as it wants them.
namespace sinter::test {

template <class T>
using table = matrix<T>;
template <class T>
using batch_of_heads = tensor<T, dyn, dyn, dyn, dyn>;

template <class T>
auto exchanged(batch_of_heads<T> const& x) { return batch_of_heads<T>(eval(permute<0, 2, 1, 3>(x))); }

/// The same as formula and, before it, by operands in memory; no temporaries, one pass.
template <class E, class Out>
void one_pass(char const* what, E const& f, auto const& in_memory, Out&& out, closeness close) {
    static_assert(decltype(plan(f))::passes == 1 && decltype(plan(f))::temporaries == 0);
    verify(what, f, out, close);
    same(what, eval(in_memory), out, close);
}

}  // namespace sinter::test
