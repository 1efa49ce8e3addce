// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/capture/functions.hpp>
#include <sinter/capture/to_formula.hpp>
#include <sinter/graph/results.hpp>
#include <sinter/tensor/tensor.hpp>

/// Questions about graphs, for tests that ask them at compile time.
namespace sinter::test {

template <class E>
inline constexpr auto graph_of = ir::to_graph<formula_of<E>>();

/// Operands that only have a type.
template <class X>
X& a() {
    static X x;
    return x;
}
using matrix_f = matrix<float>;
using vector_f = vector<float>;

/// The nodes that a node is made of, itself included.
template <class G>
struct cone {
    bool has[G::capacity] = {};
    constexpr cone(G const& g, int n) {
        has[n] = true;
        for (int i = n; i >= 0; --i)
            if (has[i])
                for (int k = 0; k < g.nodes[i].arity; ++k) has[g.nodes[i].arg[k]] = true;
    }
};

/// How many nodes of the cone of n satisfy `is`.
template <class G, class Is>
constexpr int count_in(G const& g, int n, Is is) {
    cone<G> const c(g, n);
    int found = 0;
    for (int i = 0; i <= n; ++i) found += c.has[i] && is(g.nodes[i]);
    return found;
}
template <class G, class Is>
constexpr int count(G const& g, Is is) { return count_in(g, g.root, is); }

/// The last node of the result that satisfies `is`; −1: none.
template <class G, class Is>
constexpr int find(G const& g, Is is) {
    cone<G> const c(g, g.root);
    for (int i = g.root; i >= 0; --i)
        if (c.has[i] && is(g.nodes[i])) return i;
    return -1;
}

inline constexpr auto is_reduce = [](ir::vertex const& x) { return x.is_reduce(); };
inline constexpr auto is_map = [](ir::vertex const& x) { return x.is_map(); };
inline constexpr auto is_operand = [](ir::vertex const& x) { return x.is_leaf() && x.from == ir::source::operand; };
template <ir::op O>
inline constexpr auto is_op = [](ir::vertex const& x) { return x.is_map(O); };
template <ir::monoid M>
inline constexpr auto reduces_by = [](ir::vertex const& x) { return x.is_reduce() && x.combine == M; };

}  // namespace sinter::test
