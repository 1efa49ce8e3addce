// SPDX-License-Identifier: BSL-1.0
// Einstein sums and products over semirings as graphs: what is multiplied and summed, and in which order. Everything here
// is checked by the compiler.
#include "support/graph_of.hpp"

#include <boost/test/unit_test.hpp>

namespace sinter::test {
namespace {

using sinter::einsum, sinter::product;

template <int... E>
using fixed = tensor<float, static_cast<std::size_t>(E)...>;

/// The same nodes and axes, whatever the rooms of the graphs are.
template <class G, class H>
constexpr bool equal(G const& g, H const& h) {
    bool same = g.size == h.size && g.axes_size == h.axes_size && g.root == h.root && g.out_rank == h.out_rank;
    for (int i = 0; same && i < g.size; ++i) same = g.nodes[i] == h.nodes[i];
    for (int i = 0; same && i < g.out_rank; ++i) same = g.out[i] == h.out[i];
    return same;
}
/// The same values, whatever the order in which their nodes were made.
template <class G, class H>
constexpr bool alike(G const& g, int i, H const& h, int j) {
    ir::vertex x = g.nodes[i], y = h.nodes[j];
    bool same = x.arity == y.arity;
    for (int k = 0; same && k < x.arity; ++k) {
        same = alike(g, x.arg[k], h, y.arg[k]);
        x.arg[k] = y.arg[k] = 0;
    }
    return same && x == y;
}
template <class A, class B>
inline constexpr bool same_values = alike(graph_of<A>, graph_of<A>.root, graph_of<B>, graph_of<B>.root);
template <class A, class B>
inline constexpr bool same_graph = equal(graph_of<A>, graph_of<B>);

/// The extent over which the n-th reduction runs.
template <class G>
constexpr int extent_of_sum(G const& g, int n) {
    for (int i = 0; i < g.size; ++i)
        if (g.nodes[i].is_reduce() && n-- == 0) return static_cast<int>(g.axis[g.nodes[i].axis].value);
    return -1;
}

// ---- nothing new: the graphs of what the language has names for --------------------------------------------------------
using a_times_b = decltype(a<matrix_f>() * a<matrix_f>());
static_assert(same_graph<decltype(einsum<"ij,jk->ik">(a<matrix_f>(), a<matrix_f>())), a_times_b>);
static_assert(same_graph<decltype(einsum<"zy,yx->zx">(a<matrix_f>(), a<matrix_f>())), a_times_b>);
static_assert(same_graph<decltype(product<plus_times>(a<matrix_f>(), a<matrix_f>())), a_times_b>);
static_assert(same_graph<decltype(einsum<"ij,kj">(a<matrix_f>(), a<matrix_f>())), decltype(a<matrix_f>() * transpose(a<matrix_f>()))>);
static_assert(same_graph<decltype(einsum<"ij,j">(a<matrix_f>(), a<vector_f>())), decltype(a<matrix_f>() * a<vector_f>())>);
static_assert(same_graph<decltype(einsum<"i,j->ij">(a<vector_f>(), a<vector_f>())), decltype(outer(a<vector_f>(), a<vector_f>()))>);
static_assert(same_graph<decltype(einsum<"ij->ji">(a<matrix_f>())), decltype(transpose(a<matrix_f>()))>);
static_assert(same_graph<decltype(einsum<"ij->">(a<matrix_f>())), decltype(sum(a<matrix_f>()))>);
static_assert(same_graph<decltype(einsum<"...ij,...jk->...ik">(a<fixed<5, 1, 3, 4>>(), a<fixed<7, 4, 2>>())),
                         decltype(a<fixed<5, 1, 3, 4>>() * a<fixed<7, 4, 2>>())>);
static_assert(same_values<decltype(einsum<"ij,jk,kl->il">(a<matrix_f>(), a<matrix_f>(), a<matrix_f>())),
                          decltype(a<matrix_f>() * a<matrix_f>() * a<matrix_f>())>);
static_assert(same_graph<decltype(einsum<"ij,jk,k->i">(a<matrix_f>(), a<matrix_f>(), a<vector_f>())),
                         decltype(a<matrix_f>() * a<matrix_f>() * a<vector_f>())>);

// ---- one contraction; what does not depend on an index leaves the sum --------------------------------------------------
constexpr auto scores = graph_of<decltype(einsum<"bhid,bhjd->bhij">(a<fixed<2, 3, 4, 5>>(), a<fixed<2, 3, 6, 5>>()))>;
static_assert(count(scores, is_reduce) == 1 && count(scores, is_map) == 1 && scores.nodes[scores.root].is_reduce());
constexpr auto rowwise = graph_of<decltype(einsum<"i,ij,j->i">(a<vector_f>(), a<matrix_f>(), a<vector_f>()))>;
static_assert(rowwise.nodes[rowwise.root].is_map(ir::op::mul) && count(rowwise, is_reduce) == 1);
constexpr auto diagonal = graph_of<decltype(einsum<"ii->i">(a<matrix_f>()))>;
static_assert(diagonal.size == 1 && diagonal.axes_size == 1 && diagonal.nodes[0].at[0] == diagonal.nodes[0].at[1]);

// ---- the cheap side first -------------------------------------------------------------------------------------------------
constexpr auto left = graph_of<decltype(einsum<"ij,jk,kl->il">(a<fixed<2, 90>>(), a<fixed<90, 3>>(), a<fixed<3, 80>>()))>;
static_assert(extent_of_sum(left, 0) == 90 && extent_of_sum(left, 1) == 3);
constexpr auto right = graph_of<decltype(einsum<"ij,jk,kl->il">(a<fixed<80, 3>>(), a<fixed<3, 90>>(), a<fixed<90, 2>>()))>;
static_assert(extent_of_sum(right, 0) == 90 && extent_of_sum(right, 1) == 3);
constexpr auto from_the_left = graph_of<decltype(einsum<"ij,jk,kl->il">(a<fixed<2, 3>>(), a<fixed<3, 90>>(), a<fixed<90, 80>>()))>;
static_assert(extent_of_sum(from_the_left, 0) == 3 && extent_of_sum(from_the_left, 1) == 90);

// ---- the search -----------------------------------------------------------------------------------------------------------
/// Factors over indices 0, 1, …; of each the bits.
template <class... F>
constexpr ir::elimination order(ir::index_set result, std::initializer_list<double> extents, F... factors) {
    double extent[ir::subscripts::count] = {};
    int n = 0;
    for (double e : extents) extent[n++] = e;
    ir::factor_sets const f{{static_cast<ir::index_set>(factors)...}, sizeof...(F)};
    ir::eliminator best(f, result, extent);
    return best.find();
}

// ij,jk,kl,lm->im; i, j, k, l, m = bits 0 … 4. The cheapest order, the middle first, would keep intermediates {j,l}, {i,l} and
// a result {i,m} with no index in common: no panel lies along it. From the left all contain i.
constexpr auto four = order(0b10001, {9, 10, 2, 10, 9}, 0b00011, 0b00110, 0b01100, 0b11000);
static_assert(four.size == 3 && four.steps[0].gone == 0b00010 && four.steps[0].left == 0b00101);
static_assert((four.common & 0b10001) != 0);
constexpr auto middle = order(0b10001, {9, 10, 90, 10, 9}, 0b00011, 0b00110, 0b01100, 0b11000);
static_assert(middle.steps[0].gone != 0b00100 && (middle.common & 0b10001) != 0);
// Both sides of a ring meet again: the last two indices go together.
constexpr auto ring = order(0, {9, 9, 9}, 0b011, 0b110, 0b101);
static_assert(ring.size == 2 && ring.steps[1].gone == 0b101 - (0b101 & ring.steps[0].gone) + (0b010 & ~ring.steps[0].gone));
static_assert(ring.cost == 9 * 9 * 9 + 9 * 9);
// An index of one factor only is summed before anything is multiplied.
constexpr auto alone = order(0b100, {7, 8, 9}, 0b011, 0b110);
static_assert(alone.steps[0].gone == 0b001 && alone.steps[0].left == 0b010 && alone.cost == 7 * 8 + 8 * 9);
// More indices than are searched: still each is summed out once.
constexpr auto long_chain = order(0b100000001, {4, 5, 6, 7, 8, 9, 10, 11, 12}, 0b000000011, 0b000000110, 0b000001100,
                                  0b000011000, 0b000110000, 0b001100000, 0b011000000, 0b110000000);
constexpr ir::index_set gone_of(ir::elimination const& e) {
    ir::index_set all = 0;
    for (int i = 0; i < e.size; ++i) all = all & e.steps[i].gone ? ~ir::index_set{0} : all | e.steps[i].gone;
    return all;
}
static_assert(long_chain.size == 7 && gone_of(long_chain) == 0b011111110);

// ---- products over semirings ------------------------------------------------------------------------------------------------
constexpr auto shortest = graph_of<decltype(product<min_plus>(a<matrix_f>(), a<matrix_f>()))>;
static_assert(shortest.nodes[shortest.root].combine == ir::monoid::minimum && count(shortest, is_op<ir::op::add>) == 1);
constexpr auto twice = graph_of<decltype(product<min_plus>(a<matrix_f>(), product<min_plus>(a<matrix_f>(), a<matrix_f>())))>;
static_assert(same_graph<decltype(product<max_plus>(a<matrix_f>(), product<max_plus>(a<matrix_f>(), a<matrix_f>()))),
                         decltype(product<max_plus>(product<max_plus>(a<matrix_f>(), a<matrix_f>()), a<matrix_f>()))>);
static_assert(count(twice, reduces_by<ir::monoid::minimum>) == 2);
// A chain is of one semiring.
constexpr auto mixed = graph_of<decltype(product<min_plus>(a<matrix_f>(), product<max_plus>(a<matrix_f>(), a<matrix_f>())))>;
static_assert(count(mixed, reduces_by<ir::monoid::minimum>) == 1 && count(mixed, reduces_by<ir::monoid::maximum>) == 1);
static_assert(shape_of<decltype(product<or_and>(a<matrix<bool>>(), a<matrix<bool>>()))>.type == ir::dtype::boolean);
static_assert(shape_of<decltype(product<max_times>(a<matrix<int>>(), a<matrix<int>>()))>.type == ir::dtype::i32);

BOOST_AUTO_TEST_CASE(graphs_are_checked_by_the_compiler) { BOOST_CHECK(true); }

}  // namespace
}  // namespace sinter::test
