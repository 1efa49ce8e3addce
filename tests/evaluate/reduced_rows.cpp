// SPDX-License-Identifier: BSL-1.0
// Reductions over the rows of something that is contracted itself: sums leave for the smaller factor, results that are rows come from
// tiles of lanes, and extremes of columns take in one tile of rows after the other.
#include "evaluate/reduced_rows.hpp"
#include "support/plan_of.hpp"

namespace sinter::test {
namespace {

using M = matrix<float>;
using V = vector<float>;
using mean_of_rows = decltype(mean(softmax(a<M>() * transpose(a<M>())) * a<M>(), axis<0>));
using largest_of_rows = decltype(amax(softmax(a<M>() * transpose(a<M>())) * a<M>(), axis<0>));
using hidden_sum = decltype(sum(relu(a<M>() * a<M>()) * a<M>(), axis<0>));
using hidden_largest = decltype(amax(relu(a<M>() * a<M>()) * a<M>(), axis<0>));
using weighted_rows = decltype(softmax(tanh(a<M>() * a<M>()) * a<V>()) * a<M>());
using sum_of_product = decltype(sum(a<M>() * a<M>(), axis<0>));
using sum_of_chain = decltype(sum(a<M>() * a<M>() * a<M>(), axis<0>));

template <class E>
constexpr int kept_whole = plan_of<E>.whole_intermediate;
static_assert(kept_whole<mean_of_rows> < 0 && kept_whole<largest_of_rows> < 0 && kept_whole<hidden_sum> < 0);
static_assert(kept_whole<hidden_largest> < 0 && kept_whole<weighted_rows> < 0 && kept_whole<sum_of_chain> < 0);
static_assert(plan_of<largest_of_rows>.passes == 1 && plan_of<hidden_largest>.passes == 1 && plan_of<hidden_sum>.passes == 2);

using behind_columns = decltype(fn(normalised)(a<M>(), a<M>(), a<M>()));
using shares = decltype((relu(a<M>() * a<M>()) * a<M>()) / sum(relu(a<M>() * a<M>()) * a<M>(), axis<0>));
static_assert(kept_whole<behind_columns> < 0 && kept_whole<shares> < 0);
// What only a reduction needs that has to be complete is its own affair: a row of logsumexp is a row, whatever reads it.
using rows_of_rows = decltype(logsumexp(logsumexp(a<M>() * a<M>(), axis<-1>) * a<M>()));
static_assert(kept_whole<rows_of_rows> < 0);
// No matrix is made of a batch of products for the sake of fewer sums.
using B3 = tensor<float, dyn, dyn, dyn>;
static_assert(kept_whole<decltype(logsumexp(a<B3>() * a<M>() * a<M>(), axis<-1>))> < 0 && kept_whole<decltype(mean(a<B3>() * a<M>() * a<M>(), axis<0>))> < 0);

/// How many axes all reductions have together, with those that are reduced: two for a product of a matrix and a vector, three for one
/// of two matrices.
template <class E>
constexpr int most_axes = [] {
    auto const& p = plan_of<E>;
    int most = 0;
    for (int i = 0; i < p.steps; ++i) {
        if (p.step[i].what != ir::step::action::accumulate) continue;
        int const axes = ir::count(p.graph.nodes[p.step[i].target].axes) + 1;
        if (axes > most) most = axes;
    }
    return most;
}();
// The rows are summed, and then multiplied once.
static_assert(most_axes<sum_of_product> == 2 && most_axes<sum_of_chain> == 2);
static_assert(most_axes<decltype(sum(a<M>() * a<M>(), axis<1>))> == 2 && most_axes<decltype(mean(a<M>() * a<M>()))> == 2);
// What is no sum of products stays, and so does a sum of as many axes.
static_assert(most_axes<decltype(amax(a<M>() * a<M>(), axis<0>))> == 3 && most_axes<decltype(sum(relu(a<M>() * a<M>()), axis<0>))> == 3);
static_assert(most_axes<decltype(transpose(a<M>()) * (a<M>() * a<V>()))> == 2);

/// Whether a row of a reduction is kept by tiles whose lanes lie along it.
template <class E>
constexpr int rows_from_tiles = kept_in_lanes<E>([](auto const& p, auto const& s) { return p.graph.nodes[s.target].is_reduce(); });
static_assert(rows_from_tiles<mean_of_rows> == 3 && rows_from_tiles<weighted_rows> == 1 && rows_from_tiles<hidden_sum> == 1);
// Sums along the rows of an operand have their lanes there.
static_assert(rows_from_tiles<sum_of_chain> == 2 && rows_from_tiles<decltype(a<M>() * (a<M>() * a<V>()))> == 0);
static_assert(rows_from_tiles<decltype(relu(a<V>() * a<M>()) * a<M>())> == 1 && rows_from_tiles<decltype(relu(a<V>() * transpose(a<M>())) * a<M>())> == 0);

/// How many operands the tiles of loop L read in lanes.
template <class E, int L>
constexpr int operands_in_lanes = []<std::size_t... I>(std::index_sequence<I...>) {
    using K = lower::kernel<E>;
    return (0 + ... + int{lower::is_staged<K, lower::placed_leaves<K>[I].number, L>});
}(std::make_index_sequence<lower::placed_leaves<lower::kernel<E>>.size() - 1>{});
// Of A·(B·x) the sweep along x reads B and x, the one along the columns of A only A: B·x is kept, though it varies along them.
using twice = decltype(a<M>() * (a<M>() * a<V>()));
template <class E>
constexpr int sweep(int number) {
    auto const& p = plan_of<E>;
    int l = -1;
    while (number > 0) number -= p.loop[++l].reduces;
    return l;
}
static_assert(operands_in_lanes<twice, sweep<twice>(1)> == 2 && operands_in_lanes<twice, sweep<twice>(2)> == 1);

BOOST_AUTO_TEST_CASE(rows_of_contractions) {
    generator g(seed());
    for (size n : {1, 7, 8, 33, 97})
        for (size k : {1, 17})
            for (size m : {1, 16, 100})
                for (size c : {1, 3, 20}) check_all<float>(g, {n, k, m, c});
    check_all<float>(g, {0, 3, 4, 5});
    check_all<float>(g, {3, 4, 0, 5});
    check_all<float>(g, {3, 4, 5, 0});
}

BOOST_AUTO_TEST_CASE(of_a_batch) {
    generator g(seed());
    using B = tensor<float, dyn, dyn, dyn>;
    for (size n : {1, 9, 40})
        for (size m : {5, 97}) {
            auto const q = make<B>(g, -1, 1, 3, n, 6), k = make<B>(g, -1, 1, 3, m, 6), v = make<B>(g, -1, 1, 3, m, 18);
            verify("largest of rows", amax(softmax(q * transpose(k)) * v, axis<1>), M(3, 18), near<float>(n + m));
            verify("mean of rows", mean(softmax(q * transpose(k)) * v, axis<1>), M(3, 18), near<float>(n + m));
            auto const w = make<M>(g, -1, 1, 6, 30), u = make<M>(g, -1, 1, 30, 5);
            verify("mean of the batch's products", mean(q * w * u, axis<0>), M(n, 5), near<float>(200));
            verify("logsumexp of products", logsumexp(q * w * u, axis<-1>), M(3, n), near<float>(200));
            verify("mean of the batch", mean(relu(q * transpose(k)) * v, axis<0>), M(n, 18), near<float>(8 * m));
        }
}

/// As many factors as the rules for sums look at, and more.
BOOST_AUTO_TEST_CASE(many_factors) {
    generator g(seed());
    auto const q = make<M>(g, -1, 1, 9, 4), w = make<M>(g, -1, 1, 4, 5), c = make<M>(g, -1, 1, 9, 1);
    verify("fourteen", sum((q * w) % c % c % c % c % c % c % c % c % c % c % c % c % c % c, axis<0>), V(5), near<float>(100));
    auto const x = make<V>(g, 0.5, 1.2, 9);
    verify("sixteen", sum(-(x % x % x % x % x % x % x % x % x % x % x % x % x % x % x % x)), tensor<float>(), near<float>(100));
    verify("twenty", einsum<"i,i,i,i,i,i,i,i,i,i,i,i,i,i,i,i,i,i,i,i->">(x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x),
           tensor<float>(), near<float>(100));
}

/// Numbers a row that several reductions need, of products that are reduced along the other axis.
BOOST_AUTO_TEST_CASE(in_one_formula) {
    generator g(seed());
    constexpr auto gradient_of_keys = [](auto q, auto k, auto v, auto d) {
        auto const p = softmax(q * transpose(k));
        auto const dp = d * transpose(v);
        return transpose(p % (dp - sum(p % dp, axis<-1>, keep))) * q;
    };
    constexpr auto balance = [](auto q, auto k) {
        auto const s = q * transpose(k);
        return sum(mean(softmax(s), axis<0>) % mean(where(s >= amax(s, axis<-1>, keep), 1.0f, 0.0f), axis<0>));
    };
    for (size n : {1, 9, 70})
        for (size m : {1, 7, 100}) {
            auto const q = make<M>(g, -1, 1, n, 5), k = make<M>(g, -1, 1, m, 5), v = make<M>(g, -1, 1, m, 4), d = make<M>(g, -1, 1, n, 4);
            verify("gradient", fn(gradient_of_keys)(q, k, v, d), M(m, 5), near<float>(8 * (n + m)));
            verify("balance", fn(balance)(q, k), tensor<float>(), near<float>(8 * (n + m)));
            auto const x = make<tensor<float, dyn, dyn, dyn>>(g, -1, 1, 3, n, m);
            verify("cumulative", cumsum<0>(sum(x, axis<0, 2>)), V(n), near<float>(n + 3 * m));
        }
}

/// As many axes as a tensor has.
BOOST_AUTO_TEST_CASE(eight_axes) {
    generator g(seed());
    auto const t = make<tensor<float, dyn, dyn, dyn, dyn, dyn, dyn, dyn, dyn>>(g, -1, 1, 2, 1, 3, 1, 2, 2, 1, 5);
    auto const m = make<M>(g, -1, 1, 5, 3);
    verify("squares", sum(square(einsum<"abcdefgx,xh->abcdefgh">(t, m))), tensor<float>(), near<float>(400));
}

BOOST_AUTO_TEST_CASE(workspace_as_planned) {
    generator g(seed());
    auto const q = make<M>(g, -1, 1, 50, 8), w = make<M>(g, -1, 1, 8, 120), u = make<M>(g, -1, 1, 120, 33);
    verify_workspace("largest of rows", amax(relu(q * w) * u, axis<0>), V(33));
    verify_workspace("sum of rows", sum(relu(q * w) * u, axis<0>), V(33));
}
}  // namespace
}  // namespace sinter::test
