// SPDX-License-Identifier: BSL-1.0
// Plans, checked by the compiler: passes, the axis of the lanes, what would have to be kept whole.
#include "support/plan_of.hpp"

#include <sinter/capture/together.hpp>

#include <boost/test/unit_test.hpp>

namespace {

using namespace sinter::test;
using namespace sinter::ir;
using sinter::axis, sinter::matrix, sinter::softmax, sinter::transpose;

template <class E>
inline constexpr int passes = plan_of<E>.passes;
template <class E>
inline constexpr int kept_whole = plan_of<E>.whole_intermediate;

/// The axis of the outermost lanes around the store.
template <class E>
constexpr int lane_axis() {
    auto const& p = plan_of<E>;
    for (int l = 0; l < p.loops; ++l)
        if (p.loop[l].lane >= 0) return p.loop[l].lane;
    return -1;
}
/// Whether a loop of some style runs over an axis.
template <class E>
constexpr bool loops(loop::style how, int axis) {
    auto const& p = plan_of<E>;
    for (int l = 0; l < p.loops; ++l)
        if (p.loop[l].how == how && p.loop[l].axis == axis) return true;
    return false;
}
template <class E>
constexpr int out(int d) {
    return plan_of<E>.graph.out[d];
}

// ---- products with weights in one pass ---------------------------------------------------------------------------------
using M = matrix_f;
constexpr auto scores = [](auto q, auto k) { return q * transpose(k); };
template <class F, class... X>
using traced = decltype(sinter::fn(F{})(a<X>()...));

using sentence = decltype(softmax(a<M>() * transpose(a<M>()) / 2.f) * a<M>());
using with_mask = decltype(softmax(causal(a<M>() * transpose(a<M>()))) * a<M>());
using with_bias = decltype(softmax(a<M>() * transpose(a<M>()) + a<M>()) * a<M>());
using capped = decltype(softmax(30.f * tanh(a<M>() * transpose(a<M>()) / 30.f)) * a<M>());
using by_sigmoid = decltype(sigmoid(a<M>() * transpose(a<M>())) * a<M>());
using kernel_sum = decltype(exp(a<M>() * transpose(a<M>())) * a<M>());
using log_sum = decltype(logsumexp(a<M>() * transpose(a<M>()), axis<-1>));
constexpr auto entropy_of = [](auto q, auto k) {
    return logsumexp(scores(q, k), axis<-1>) - sum(softmax(scores(q, k)) % scores(q, k), axis<-1>);
};
using entropy = traced<decltype(entropy_of), M, M>;
// One query: its scores are computed once and kept, and the lanes of the result are the features of V, which lie in memory so.
using one_query = decltype(softmax(a<vector_f>() * transpose(a<M>()) / 2.f) * a<M>());
template <class E>
constexpr bool computed_once() {
    auto const& p = plan_of<E>;
    for (int i = 0; i < p.steps; ++i)
        for (int j = 0; j < i; ++j)
            if (p.step[i].what == step::action::accumulate && p.step[j].what == step::action::accumulate &&
                p.step[i].target == p.step[j].target)
                return false;
    return true;
}
static_assert(computed_once<one_query>() && loops<one_query>(loop::style::lanes, out<one_query>(0)) && kept_whole<one_query> < 0);
// Comparisons of coordinates are loaded from nowhere, so they make no contraction: the keys of one query of each head may be joined
// from two operands.
using heads_of_keys = sinter::tensor<float, sinter::dyn, sinter::dyn, sinter::dyn>;
using joined = decltype(sinter::concatenate<-2>(a<heads_of_keys>(), a<heads_of_keys>()));
using joined_query = decltype(softmax(a<sinter::tensor<float, sinter::dyn, 1, sinter::dyn>>() * transpose(std::declval<joined>())) * std::declval<joined>());
static_assert(computed_once<joined_query>() && lane_axis<joined_query>() != out<joined_query>(0));
// What a row of sums needs of each index and costs much is computed once, not for each tile of its lanes; what is cheap is not kept.
template <class E>
constexpr int rows_computed() {
    auto const& p = plan_of<E>;
    int n = 0;
    for (int i = 0; i < p.steps; ++i) {
        auto const& t = p.step[i];
        n += t.what == step::action::compute && p.loop[t.home].lane >= 0 && p.buffer[t.buffer].spanned() == bit(p.loop[t.home].lane);
    }
    return n;
}
static_assert(rows_computed<one_query>() == 1 && passes<one_query> == 4);
static_assert(rows_computed<decltype(exp(a<vector_f>()) * a<M>())>() == 1 && rows_computed<decltype(exp(a<M>()) * a<M>())>() == 0);
static_assert(rows_computed<decltype((2.f * a<vector_f>()) * a<M>())>() == 0);
static_assert(rows_computed<decltype(softmax(a<M>()))>() == 1 && passes<decltype(softmax(a<M>()))> == 2);
static_assert(rows_computed<decltype(log_softmax(a<M>()))>() == 0 && rows_computed<decltype(softmax(a<M>() * transpose(a<M>())))>() == 0);
static_assert(rows_computed<decltype((exp(a<vector_f>()) % tanh(a<vector_f>())) * a<M>())>() == 1);
constexpr auto p_log_p = [](auto q, auto k) { return -sum(softmax(scores(q, k)) % log_softmax(scores(q, k)), axis<-1>); };
using entropy_as_defined = traced<decltype(p_log_p), M, M>;
static_assert(passes<entropy_as_defined> == 1 && kept_whole<entropy_as_defined> < 0);
// The same from p and its logarithm; the gradient with respect to Q, with nothing kept from before.
constexpr auto p_log_of_p = [](auto q, auto k) {
    auto const p = softmax(scores(q, k));
    return -sum(p % log(p), axis<-1>);
};
using entropy_of_weights = traced<decltype(p_log_of_p), M, M>;
static_assert(passes<entropy_of_weights> == 1 && kept_whole<entropy_of_weights> < 0);
constexpr auto gradient_of_q = [](auto q, auto k, auto v, auto g) {
    auto const p = softmax(scores(q, k));
    auto const dp = g * transpose(v);
    return (p % (dp - sum(p % dp, axis<1>, sinter::keep))) * k;
};
using gradient = traced<decltype(gradient_of_q), M, M, M, M>;
static_assert(passes<gradient> == 1 && kept_whole<gradient> < 0);
// A mean without weights creeps up to its value: repairing for it would cancel, so it is a barrier.
constexpr auto from_the_mean = [](auto q, auto k) {
    auto const s = abs(scores(q, k));
    return sum(softmax(s) % (s - mean(s, axis<1>, sinter::keep)), axis<1>);
};
static_assert(passes<traced<decltype(from_the_mean), M, M>> == 2);
static_assert(passes<sentence> == 1 && passes<with_mask> == 1 && passes<with_bias> == 1 && passes<capped> == 1);
static_assert(passes<by_sigmoid> == 1 && passes<kernel_sum> == 1 && passes<log_sum> == 1);
static_assert(passes<entropy> == 1);

// The sum of weights that repairs another sum runs beside it, though an earlier sweep would take it.
using fixed = matrix<float, 9, 5>;
constexpr auto weighted_behind_a_mean = [](auto w, auto x, auto y) {
    return sum(w % (x - amax(y - mean(y, axis<0>), axis<0>)), axis<0>);
};
static_assert(passes<traced<decltype(weighted_behind_a_mean), fixed, fixed, fixed>> == 2);
static_assert(kept_whole<sentence> < 0 && kept_whole<with_mask> < 0 && kept_whole<with_bias> < 0 && kept_whole<capped> < 0);
static_assert(kept_whole<by_sigmoid> < 0 && kept_whole<kernel_sum> < 0 && kept_whole<log_sum> < 0 && kept_whole<entropy> < 0);

// One more pass for each barrier, and no temporary.
using barred = decltype(tanh(softmax(a<M>() * transpose(a<M>()))) * a<M>());
static_assert(passes<barred> == 2 && kept_whole<barred> < 0);
using rows = decltype(softmax(a<M>()));
static_assert(passes<rows> == 2 && kept_whole<rows> < 0);
static_assert(passes<decltype(a<M>() + 1.f)> == 1 && passes<decltype(a<M>() * a<M>())> == 1);

// ---- several results -----------------------------------------------------------------------------------------------------
/// How many results one program stores.
template <class E>
constexpr int stores() {
    int n = 0;
    for (int s = 0; s < plan_of<E>.steps; ++s) n += plan_of<E>.step[s].what == step::action::store;
    return n;
}
constexpr auto weighted = [](auto q, auto k, auto v) {
    return sinter::together(logsumexp(scores(q, k), axis<-1>), softmax(scores(q, k)) * v, amax(scores(q, k), axis<-1>));
};
using output_and_statistics = traced<decltype(weighted), M, M, M>;
static_assert(passes<output_and_statistics> == 1 && stores<output_and_statistics>() == 3);
static_assert(kept_whole<output_and_statistics> < 0);
// The square result: rows belong to its first axis.
using eight = sinter::matrix<float, 8, 8>;
using square_and_rows = decltype(sinter::together(softmax(a<eight>()), logsumexp(a<eight>(), axis<1>)));
static_assert(plan_of<square_and_rows>.graph.result[1].out[0] == plan_of<square_and_rows>.graph.result[0].out[0]);
static_assert(passes<square_and_rows> == passes<decltype(softmax(a<eight>()))> && stores<square_and_rows>() == 2);
using square_and_columns = decltype(sinter::together(softmax(a<eight>(), axis<0>), logsumexp(a<eight>(), axis<0>)));
static_assert(plan_of<square_and_columns>.graph.result[1].out[0] == plan_of<square_and_columns>.graph.result[0].out[1]);
// Columns of a matrix of other extents have no place in its loops.
using apart = decltype(sinter::together(a<M>() * a<M>(), sum(a<sinter::vector<float>>())));
static_assert(stores<apart>() == 2);        // the number, before everything else
using strangers = decltype(sinter::together(a<M>() * a<M>(), a<sinter::vector<float>>() + 1.f));
static_assert(stores<strangers>() == 1);

// ---- the largest in order ------------------------------------------------------------------------------------------------
using largest = decltype(sinter::together(sinter::topk<4>(a<M>())));
static_assert(passes<largest> == 1 && stores<largest>() == 2 && kept_whole<largest> < 0);
constexpr auto closeness = [](auto x, auto y) { return -sum(square(expand<1>(x) - expand<0>(y)), axis<-1>); };
constexpr auto nearest_points = [](auto x, auto y) {
    auto const best = sinter::topk<4>(closeness(x, y));
    return sinter::together(best.values, best.indices);
};
using nearest = traced<decltype(nearest_points), M, M>;
static_assert(passes<nearest> == 1 && stores<nearest>() == 2 && kept_whole<nearest> < 0);
static_assert(lane_axis<nearest>() == out<nearest>(0));     // one query for each lane

// ---- lanes -------------------------------------------------------------------------------------------------------------
static_assert(lane_axis<decltype(a<M>() * a<M>())>() == out<decltype(a<M>() * a<M>())>(1));     // columns of the result
static_assert(lane_axis<decltype(a<M>() * transpose(a<M>()))>() == out<decltype(a<M>() * transpose(a<M>()))>(1));
static_assert(lane_axis<decltype(transpose(a<M>()) * a<M>())>() == out<decltype(transpose(a<M>()) * a<M>())>(1));
static_assert(lane_axis<decltype(transpose(a<M>()) * transpose(a<M>()))>() == out<decltype(transpose(a<M>()) * transpose(a<M>()))>(0));  // along Aᵀ
using biased = decltype(a<M>() * transpose(a<M>()) + expand<1>(a<sinter::vector<float>>()));
static_assert(lane_axis<biased>() == out<biased>(1));   // what is only added once has no say
static_assert(lane_axis<sentence>() == out<sentence>(0) && lane_axis<barred>() == out<barred>(0));  // rows that are reduced
static_assert(lane_axis<rows>() == out<rows>(1));                                       // contiguous, and reduced
using columns = decltype(sum(a<M>(), axis<0>));
static_assert(lane_axis<columns>() == out<columns>(0));                                 // contiguous, and not reduced
using row_sums = decltype(sum(a<M>(), axis<1>));
static_assert(lane_axis<row_sums>() != out<row_sums>(0) && lane_axis<row_sums>() >= 0);
using pointwise = decltype(a<M>() + a<M>());
static_assert(lane_axis<pointwise>() == out<pointwise>(1) && loops<pointwise>(loop::style::each, out<pointwise>(0)));

// ---- what is kept ----------------------------------------------------------------------------------------------------------
/// The axis over which the last of the sums of products runs: the keys.
template <class E>
constexpr int stream_axis() {
    auto const& g = plan_of<E>.graph;
    return g[find(g, reduces_by<monoid::maximum>)].axis;
}
/// Whether a buffer keeps all indices of an axis.
template <class E>
constexpr bool keeps_whole_axis(int axis) {
    auto const& p = plan_of<E>;
    for (int b = 0; b < p.buffers; ++b)
        for (int i = 0; i < p.buffer[b].rank; ++i)
            if (p.buffer[b].axis[i] == axis && p.buffer[b].within[i] < 0) return true;
    return false;
}
/// The same for the axis of the rows, which is in lanes.
template <class E>
constexpr bool keeps_keys_or_rows = keeps_whole_axis<E>(stream_axis<E>()) || keeps_whole_axis<E>(out<E>(0));
static_assert(!keeps_keys_or_rows<sentence> && !keeps_keys_or_rows<with_mask> && !keeps_keys_or_rows<with_bias>);
static_assert(!keeps_keys_or_rows<capped> && !keeps_keys_or_rows<barred>);
static_assert(loops<sentence>(loop::style::block, stream_axis<sentence>()));

// relu(V·W) is a factor of every row of the product: all of it is read again for each.
using two_products = decltype(softmax(a<M>() * transpose(a<M>())) * relu(a<M>() * a<M>()));
static_assert(kept_whole<two_products> >= 0 && plan_of<two_products>.graph[kept_whole<two_products>].is_reduce());
using stored = decltype(softmax(a<M>() * transpose(a<M>())) * materialize(relu(a<M>() * a<M>())));
static_assert(kept_whole<stored> < 0 && passes<stored> == 1);
// A row of a product is a panel, not an intermediate.
static_assert(kept_whole<decltype(a<M>() * a<M>() * a<M>())> < 0);
static_assert(kept_whole<decltype(relu(a<M>() * a<M>()) * a<M>())> < 0);

// ---- every step finds what it needs --------------------------------------------------------------------------------------------
template <class E>
constexpr bool is_sound() {
    auto const& p = plan_of<E>;
    int stores = 0;
    for (int s = 0; s < p.steps; ++s) {
        auto const& x = p.step[s];
        stores += x.what == step::action::store;
        if (x.what == step::action::run && p.loop[x.target].parent != x.home) return false;
        if (x.what == step::action::accumulate && (p.loop[x.home].running & p.graph.reduction[x.target]) == 0) return false;
        if (x.ratio >= 0 && p.find(x.ratio, x.home) < 0) return false;
        if (x.buffer >= 0 && !p.inside(x.home, p.buffer[x.buffer].home)) return false;
    }
    return stores == 1;
}
static_assert(is_sound<sentence>() && is_sound<with_mask>() && is_sound<capped>() && is_sound<entropy>() && is_sound<barred>());
static_assert(is_sound<rows>() && is_sound<columns>() && is_sound<row_sums>() && is_sound<pointwise>() && is_sound<stored>());

BOOST_AUTO_TEST_CASE(the_plans_are_checked_by_the_compiler) { BOOST_TEST(plan_of<sentence>.passes == 1); }

}  // namespace
