// SPDX-License-Identifier: BSL-1.0
// Formula → graph, checked by the compiler: which nodes there are, over which axes.
#include "support/graph_of.hpp"

#include <boost/test/unit_test.hpp>

namespace {

using namespace sinter::test;
using namespace sinter::ir;
using sinter::axis, sinter::matrix, sinter::softmax, sinter::transpose;

// ---- elements that repeat are one node -------------------------------------------------------------------------------
using square_of_named = decltype(sinter::fn([](auto x) { return x % x; })(a<matrix_f>()));
constexpr auto xx = graph_of<square_of_named>;
static_assert(count(xx, is_operand) == 1 && count(xx, is_map) == 1);
static_assert(xx[xx.root].is_map(op::mul) && xx[xx.root].arg[0] == xx[xx.root].arg[1]);

using two_operands = decltype(a<matrix_f>() % a<matrix_f>());      // types do not know that both are one tensor
static_assert(count(graph_of<two_operands>, is_operand) == 2);

using repeated = decltype(sinter::fn([](auto x) { return exp(x) / (exp(x) + sum(exp(x))); })(a<matrix_f>()));
static_assert(count(graph_of<repeated>, is_op<op::exp>) == 2);     // here, and at the axes of the sum

using gelu = decltype(sinter::gelu_tanh(a<matrix_f>()));
static_assert(count(graph_of<gelu>, is_operand) == 1 && count(graph_of<gelu>, is_op<op::tanh>) == 1);

using softmax_rows = decltype(softmax(a<matrix_f>()));
constexpr auto sm = graph_of<softmax_rows>;
static_assert(count(sm, is_op<op::exp>) == 1 && count(sm, is_operand) == 1);      // of the element and of the sum
static_assert(count(sm, reduces_by<monoid::maximum>) == 1 && count(sm, reduces_by<monoid::sum>) == 1);

using either_way = decltype(sinter::fn([](auto x, auto y) { return where(x < y, x, x); })(a<matrix_f>(), a<matrix_f>()));
constexpr auto ew = graph_of<either_way>;      // x, in the shape of both
static_assert(ew[ew.root].is_leaf() && ew[ew.root].slot == 0 && ew[ew.root].at[0].whole >= 0);

// ---- access ----------------------------------------------------------------------------------------------------------
constexpr auto t = graph_of<decltype(transpose(a<matrix_f>()))>;
static_assert(t.size == 1 && t[t.root].is_leaf() && t[t.root].at[0].axis == t.out[1] && t[t.root].at[1].axis == t.out[0]);
constexpr auto tt = graph_of<decltype(transpose(transpose(a<matrix_f>())))>;
static_assert(tt.size == 1 && tt[tt.root].at[0].axis == tt.out[0] && tt[tt.root].at[1].axis == tt.out[1]);
constexpr auto one_row = graph_of<decltype(sinter::row(a<matrix_f>(), 2))>;
static_assert(one_row.size == 1 && one_row[0].at[0].axis == -1 && one_row[0].at[0].start[0] >= 0 && one_row[0].at[1].plain());
constexpr auto bias = graph_of<decltype(a<matrix_f>() + a<vector_f>())>;
static_assert(bias[bias.root].is_map(op::add) && bias[bias[bias.root].arg[1]].axes == bit(bias.out[1]));

// ---- products --------------------------------------------------------------------------------------------------------
constexpr auto ab = graph_of<decltype(a<matrix_f>() * a<matrix_f>())>;
static_assert(ab.size == 4 && ab[ab.root].is_reduce() && ab[ab.root].combine == monoid::sum);
static_assert(ab[ab.root].axes == (bit(ab.out[0]) | bit(ab.out[1])) && ab[ab[ab.root].arg[0]].is_map(op::mul));

// A·B·C·x: from the right, so that every intermediate is a vector. (A·B)·C: from the left.
constexpr auto abcx = graph_of<decltype(a<matrix_f>() * a<matrix_f>() * a<matrix_f>() * a<vector_f>())>;
static_assert(count(abcx, is_reduce) == 3);
static_assert(count(abcx, [](vertex const& x) { return x.is_reduce() && sinter::ir::count(x.axes) == 1; }) == 3);
constexpr auto xabc = graph_of<decltype(a<vector_f>() * a<matrix_f>() * a<matrix_f>())>;
static_assert(count(xabc, [](vertex const& x) { return x.is_reduce() && sinter::ir::count(x.axes) == 1; }) == 2);
constexpr auto abc = graph_of<decltype(a<matrix_f>() * (a<matrix_f>() * a<matrix_f>()))>;
constexpr auto depends_on_row = [](vertex const& x) { return x.is_reduce() && has(x.axes, abc.out[0]); };
static_assert(count(abc, depends_on_row) == 2);

// ---- what does not depend on the reduced axis leaves the reduction ---------------------------------------------------------
using weighted = decltype(softmax(a<matrix_f>()) * a<matrix_f>());
constexpr auto w = graph_of<weighted>;
constexpr int outer_sum = find(w, [](vertex const& x) { return x.is_reduce() && sinter::ir::count(x.axes) == 2; });
static_assert(outer_sum >= 0 && outer_sum != w.root);
static_assert(count_in(w, w[outer_sum].arg[0], is_op<op::inverse_or_zero>) == 0);      // no division in the sum over keys
static_assert(count_in(w, w[outer_sum].arg[0], is_op<op::div>) == 0);
static_assert(w[w.root].is_map(op::mul) && count(w, is_op<op::inverse_or_zero>) == 1);

constexpr auto scaled = graph_of<decltype(sum(3.f * a<vector_f>()))>;
static_assert(scaled[scaled.root].is_map(op::mul));                  // 3·Σx
static_assert(count_in(scaled, find(scaled, is_reduce), is_op<op::mul>) == 0);
constexpr auto negative = graph_of<decltype(sum(-a<vector_f>()))>;
static_assert(count_in(negative, find(negative, is_reduce), is_map) == 0);
constexpr auto largest = graph_of<decltype(amax(3.f * a<vector_f>()))>;
static_assert(largest[largest.root].is_reduce());                     // −3 would turn max into min

// ---- operations that undo each other ------------------------------------------------------------------------------------
constexpr auto log_exp = graph_of<decltype(log(exp(a<matrix_f>())))>;
static_assert(log_exp[log_exp.root].is_leaf());
constexpr auto exp_log = graph_of<decltype(exp(log(a<matrix_f>())))>;         // not x: log of a negative number
static_assert(exp_log[exp_log.root].is_map(op::exp));
constexpr auto log_of_softmax = graph_of<decltype(log(softmax(a<matrix_f>())))>;
static_assert(count(log_of_softmax, [](vertex const& x) { return x.is_map(op::exp) && sinter::ir::count(x.axes) == 2; }) <= 1);
static_assert(!log_of_softmax[log_of_softmax.root].is_map(op::log));          // s − m − log Z

// ---- reductions of one extent share an axis ---------------------------------------------------------------------------
constexpr auto ln = graph_of<decltype(layer_norm(a<matrix_f>(), a<vector_f>(), a<vector_f>(), 1e-5f))>;
static_assert(ln.axes_size == 2 && count(ln, is_reduce) == 3);           // Σ x, Σ (x − μ), Σ (x − μ)²
using sentence = decltype(softmax(a<matrix_f>() * transpose(a<matrix_f>()) / 2.f) * a<matrix_f>());
static_assert(graph_of<sentence>.axes_size == 4 && count(graph_of<sentence>, is_reduce) == 4);

// ---- coordinates ---------------------------------------------------------------------------------------------------------
constexpr auto masked = graph_of<decltype(causal(a<matrix_f>()))>;
static_assert(count(masked, [](vertex const& x) { return x.is_leaf() && x.from == source::coordinate; }) == 2);

BOOST_AUTO_TEST_CASE(the_graphs_are_checked_by_the_compiler) { BOOST_TEST(abcx.size > 0); }

}  // namespace
