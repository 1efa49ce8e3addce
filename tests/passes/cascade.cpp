// SPDX-License-Identifier: BSL-1.0
// The ratio H(new)/H(old) of sums that run beside other reductions, as a graph; and what is a barrier.
#include "support/graph_of.hpp"

#include <sinter/passes/cascade.hpp>

#include <boost/test/unit_test.hpp>

namespace {

using namespace sinter::test;
using namespace sinter::ir;
using sinter::axis, sinter::matrix, sinter::softmax;

template <class G>
struct answer {
    G graph;
    int ratio;
    constexpr vertex const& operator[](int i) const { return graph.nodes[i]; }
};

/// Rows x(i, l): the ratio of the last sum over l when all other reductions over its axis run beside it.
template <class E>
constexpr auto ratio_of_last_sum() {
    using G = std::remove_const_t<decltype(graph_of<E>)>;
    G g = graph_of<E>;
    int const sum = find(g, reduces_by<monoid::sum>);
    std::uint64_t running = 0;
    for (int i = 0; i < sum; ++i)
        if (g.nodes[i].is_reduce() && g.nodes[i].axis == g.nodes[sum].axis) running |= g.reduction[i];
    cascade<G> c(g, g.nodes[sum].axis, running);
    int const ratio = c.ratio_of(g.nodes[sum].arg[0]);
    return answer<G>{g, ratio};
}
template <class E>
inline constexpr auto ratio = ratio_of_last_sum<E>();
template <class E>
inline constexpr bool is_barrier = 0 > ratio<E>.ratio;
template <class E>
inline constexpr bool is_one = !is_barrier<E> && ratio<E>.graph.nodes[ratio<E>.ratio].is_constant(1);

using x = matrix_f;
constexpr auto previous = [](vertex const& v) { return v.is_leaf() && v.from == source::previous; };

// Σ e^{s−m}: e^{m_old − m}, a value for each row, which says where m_old was −∞.
using exp_sum = decltype(sum(exp(a<x>() - amax(a<x>(), axis<1>, sinter::keep)), axis<1>));
template <class F>
using of_rows = decltype(sinter::fn(F{})(a<x>()));
constexpr auto shifted_exp = [](auto s) { return sum(exp(s - amax(s, axis<1>, sinter::keep)), axis<1>); };
constexpr auto e = ratio<of_rows<decltype(shifted_exp)>>;
static_assert(e.ratio >= 0 && e[e.ratio].is_map(op::afresh) && e[e[e.ratio].arg[0]].is_map(op::bounded));
static_assert(e[e[e[e.ratio].arg[0]].arg[0]].is_map(op::exp));
static_assert(e[e[e[e.ratio].arg[0]].arg[0]].arg[0] == e[e.ratio].arg[1]);
static_assert(count_in(e.graph, e.ratio, previous) == 1 && count_in(e.graph, e.ratio, reduces_by<monoid::maximum>) == 1);
static_assert(count_in(e.graph, e.ratio, is_op<op::sub>) + count_in(e.graph, e.ratio, is_op<op::add>) == 1);  // a difference
static_assert(sinter::ir::count(e[e.ratio].axes) == 1);

// Two operands with the same values are two tensors: the maximum of one says nothing of the other, the ratio stands.
static_assert(!is_barrier<exp_sum>);

// The library's own softmax has a reference that is never −∞.
using own_weights = decltype(sum(softmax(a<x>()), axis<1>));
static_assert(ratio<own_weights>.ratio >= 0 && ratio<own_weights>.graph.nodes[ratio<own_weights>.ratio].is_map(op::bounded));

constexpr auto doubled = [](auto s) { return sum(exp(2.f * (s - amax(s, axis<1>, sinter::keep))), axis<1>); };
constexpr auto powers = [](auto s) { return sum(exp2(s - amax(s, axis<1>, sinter::keep)), axis<1>); };
constexpr auto weighted = [](auto s) { return sum(s % exp(s - amax(s, axis<1>, sinter::keep)), axis<1>); };
constexpr auto divided = [](auto s) { return sum(s / amax(s, axis<1>, sinter::keep), axis<1>); };
constexpr auto roots = [](auto s) { return sum(sqrt(s / amax(s, axis<1>, sinter::keep)), axis<1>); };
constexpr auto choice = [](auto s) {
    return sum(where(s > 0.f, exp(s - amax(s, axis<1>, sinter::keep)), 0.f * exp(s - amax(s, axis<1>, sinter::keep))), axis<1>);
};
// The sign of a number that is known at run time only may turn the ratio into one that overflows.
static_assert(is_barrier<of_rows<decltype(doubled)>>);
static_assert(!is_barrier<of_rows<decltype(powers)>>);
static_assert(!is_barrier<of_rows<decltype(weighted)>>);
static_assert(!is_barrier<of_rows<decltype(choice)>>);
// A factor that depends on nothing but the running value leaves the sum, and nothing is left to correct.
static_assert(is_one<of_rows<decltype(divided)>>);
// H is the running value itself, which may be 0 on the way.
static_assert(is_barrier<of_rows<decltype(roots)>>);

// Independent sums need no correction.
constexpr auto independent = [](auto s) { return sum(s, axis<1>) + sum(s % s, axis<1>) + amax(s, axis<1>); };
static_assert(is_one<of_rows<decltype(independent)>>);

// ---- barriers ------------------------------------------------------------------------------------------------------------
constexpr auto through_tanh = [](auto s) { return sum(tanh(exp(s - amax(s, axis<1>, sinter::keep))), axis<1>); };
constexpr auto through_relu = [](auto s) { return sum(relu(s - mean(s, axis<1>, sinter::keep)), axis<1>); };
constexpr auto a_square = [](auto s) { return sum(square(s - mean(s, axis<1>, sinter::keep)), axis<1>); };
constexpr auto a_sum = [](auto s) { return sum(exp(s - amax(s, axis<1>, sinter::keep)) + 1.f, axis<1>); };
constexpr auto an_exponent = [](auto s) { return sum(exp(s % amax(s, axis<1>, sinter::keep)), axis<1>); };
constexpr auto a_condition = [](auto s) { return sum(where(s < amax(s, axis<1>, sinter::keep), s, 0.f), axis<1>); };
static_assert(is_barrier<of_rows<decltype(through_tanh)>>);
static_assert(is_barrier<of_rows<decltype(through_relu)>>);
static_assert(is_barrier<of_rows<decltype(a_square)>>);
static_assert(is_barrier<of_rows<decltype(a_sum)>>);
static_assert(is_barrier<of_rows<decltype(an_exponent)>>);
static_assert(is_barrier<of_rows<decltype(a_condition)>>);

BOOST_AUTO_TEST_CASE(the_ratios_are_checked_by_the_compiler) { BOOST_TEST(e.ratio > 0); }

}  // namespace
