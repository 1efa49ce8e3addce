// SPDX-License-Identifier: BSL-1.0
// What a contraction broadcasts and computes from operands: rows of it are computed together, a block at a time.
#include "support/plan_of.hpp"
#include "support/types.hpp"

#include <sinter/nn.hpp>

namespace sinter::test {
namespace {

/// Loops of lanes inside of a block that keep rows of a map for all of it.
template <class E>
constexpr int panels = kept_in_lanes<E>([](auto const& p, auto const& s) {
    return p.loop[p.buffer[s.buffer].home].how == ir::loop::style::block && p.graph.nodes[s.target].is_map();
});

using M = matrix<float>;
static_assert(panels<decltype(a<M>() * a<M>())> == 0);
static_assert(panels<decltype(relu(a<M>()) * a<M>())> == 1);
static_assert(panels<decltype(softmax(a<M>() * transpose(a<M>() + a<M>())) * a<M>())> == 1);
static_assert(panels<decltype(softmax(a<M>() * transpose(concatenate<-2>(a<M>(), a<M>()))) * concatenate<-2>(a<M>(), a<M>()))> == 2);
static_assert(panels<decltype(relu(windows<0>(a<vector<float>>(), 5)) * a<M>())> == 1);
// What is one operand is read from where it lies, and what has lanes is kept in lanes.
static_assert(panels<decltype(softmax(a<M>() * transpose(a<M>())) * a<M>())> == 0);
static_assert(panels<decltype(a<M>() * relu(a<M>()))> == 0);

/// Whether blocks of rows stand around the tiles of lanes.
template <class E>
constexpr bool blocks_outside = [] {
    auto const& p = plan_of<E>;
    for (int l = 0; l < p.loops; ++l)
        if (p.loop[l].how == ir::loop::style::block && p.loop[l].lane < 0) return true;
    return false;
}();
static_assert(blocks_outside<decltype(relu(a<M>()) * a<M>())> && blocks_outside<decltype(transpose(a<M>()) * a<M>())>);
static_assert(blocks_outside<decltype(a<matrix<half>>() * a<M>())>);
static_assert(blocks_outside<decltype(relu(transpose(a<M>()) * a<M>() + a<vector<float>>()))>);
static_assert(blocks_outside<decltype(tanh(a<M>()) * relu(a<M>()))>);
// Nothing is prepared; what is kept of the lanes costs more; there are rows that are reduced.
static_assert(!blocks_outside<decltype(a<M>() * a<M>())> && !blocks_outside<decltype(a<M>() * transpose(a<M>()))>);
static_assert(!blocks_outside<decltype(transpose(a<M>()) * transpose(a<M>()))>);
static_assert(!blocks_outside<decltype(transpose(a<M>()) * tanh(a<M>()))>);
static_assert(!blocks_outside<decltype(softmax(relu(a<M>()) * transpose(a<M>())) * a<M>())>);
static_assert(!blocks_outside<decltype(transpose(a<M>()) * (a<M>() / norm(a<M>(), axis<0>)))>);

/// More rows than a block has, as many, and fewer.
template <class T>
void check_blocks(generator& g, double tolerance) {
    using M = matrix<T>;
    for (size n : {1, 5, 95, 96, 97, 200})
        for (size k : {1, 8, 9, 70, 300})
            for (size m : {1, 16, 33}) {
                auto const x = make<M>(g, -1, 1, n, k), w = make<M>(g, -1, 1, k, m), y = make<M>(g, -1, 1, k, n), v = make<M>(g, -1, 1, m, k);
                auto const b = make<vector<T>>(g, -1, 1, m);
                auto const c = make<M>(g, -1, 1, n, 1);
                auto const near_it = near<T>(tolerance * (k + 2));
                verify("X'*W", transpose(y) * w, M(n, m), near_it);
                verify("X'*W'", transpose(y) * transpose(v), M(n, m), near_it);
                verify("(X % X)*W", square(x) * w, M(n, m), near_it);
                verify("gelu(X)*relu(W)", gelu(x) * relu(w), M(n, m), near_it);
                verify("with what follows", relu(transpose(y) * w + b) % exp(c) - exp(b), M(n, m), near_it);
                verify("X'*W in columns", transpose(transpose(y) * w), M(m, n), near_it);
            }
}
BOOST_AUTO_TEST_CASE(blocks_around_tiles) {
    generator g(seed());
    check_blocks<float>(g, 4);
    check_blocks<double>(g, 4);
}

BOOST_AUTO_TEST_CASE(blocks_of_a_batch) {
    generator g(seed());
    using B = tensor<float, dyn, dyn, dyn>;
    for (size n : {2, 96, 99})
        for (size k : {1, 17, 140}) {
            auto const x = make<B>(g, -1, 1, 3, k, n);
            auto const w = make<B>(g, -1, 1, 3, k, 20);
            auto const one = make<M>(g, -1, 1, k, 20);
            verify("X'*W", transpose(x) * w, B(3, n, 20), near<float>(2 * k));
            verify("X'*W, one W", transpose(x) * one, B(3, n, 20), near<float>(2 * k));
            verify("einsum", einsum<"bki,bkj->bij">(exp(x), w), B(3, n, 20), near<float>(8 * k));
        }
}

BOOST_AUTO_TEST_CASE(products_of_maps) {
    generator g(seed());
    for (size n : {1, 6, 23, 25, 50})
        for (size k : {1, 7, 16, 17, 64, 70})
            for (size m : {1, 15, 65, 130}) {
                auto const x = make<M>(g, -1, 1, n, k), w = make<M>(g, -1, 1, k, m);
                auto const y = make<M>(g, -1, 1, k, n);
                verify("relu(X)*W", relu(x) * w, M(n, m), near<float>(2 * k));
                verify("tanh(X')*W", tanh(transpose(y)) * w, M(n, m), near<float>(2 * k));
                verify("(X + Y')*W", (x + transpose(y)) * w, M(n, m), near<float>(4 * k));
            }
}

BOOST_AUTO_TEST_CASE(keys_and_values) {
    generator g(seed());
    for (size n : {1, 17, 70})
        for (size m : {1, 95, 96, 97, 200})
            for (size d : {1, 16, 20, 65}) {
                auto const q = make<M>(g, -1, 1, n, d), k = make<M>(g, -1, 1, m, d), p = make<M>(g, -1, 1, m, d);
                auto const v = make<M>(g, -1, 1, m, d + 3), u = make<M>(g, -1, 1, m, d + 3);
                verify("maps of both", softmax(q * transpose(k + p) / 4.f) * (v % u), M(n, d + 3), near<float>(8 * d + 8));
                verify("masked", softmax(where(coord<-1> <= coord<-2>, q * transpose(k + p) / 4.f, -infinity<float>)) * exp(v), M(n, d + 3), near<float>(8 * d + 8));
            }
}

BOOST_AUTO_TEST_CASE(joined_keys) {
    generator g(seed());
    for (size n : {1, 17, 70})
        for (size past : {0, 1, 50, 96, 130})
            for (size now : {1, 46, 96})
                for (size d : {1, 16, 20, 65}) {
                    auto const q = make<M>(g, -1, 1, n, d), k = make<M>(g, -1, 1, past, d), l = make<M>(g, -1, 1, now, d);
                    auto const v = make<M>(g, -1, 1, past, d), u = make<M>(g, -1, 1, now, d);
                    verify("joined", softmax(q * transpose(concatenate<-2>(k, l)) / 4.f) * concatenate<-2>(v, u), M(n, d), near<float>(8 * d + 8));
                }
}

BOOST_AUTO_TEST_CASE(windows_of_a_vector) {
    generator g(seed());
    for (size n : {4, 30, 100})
        for (size k : {1, 3, 4, 20})
            for (size m : {1, 70}) {
                auto const v = make<vector<float>>(g, -1, 1, n + k);
                auto const w = make<M>(g, -1, 1, k, m);
                verify("relu(windows(v))*W", relu(windows<0>(v, k)) * w, M(n + 1, m), near<float>(2 * k));
                verify("zeros around, in steps", exp(windows<0>(v, k, 2, 1, 1, 2)) * w, M((n + 3) / 2 + 1, m), near<float>(4 * k));
            }
}

/// Two axes are summed over, and of what is broadcast each pair of columns is turned by its angle.
BOOST_AUTO_TEST_CASE(turned_pairs) {
    generator g(seed());
    for (size n : {1, 20, 70})
        for (size m : {1, 97, 130})
            for (size d : {2, 24, 70}) {
                auto const q = make<M>(g, -1, 1, n, d), k = make<M>(g, -1, 1, m, d), v = make<M>(g, -1, 1, m, 5);
                auto const c = make<M>(g, -1, 1, m, d / 2), s = make<M>(g, -1, 1, m, d / 2);
                auto const pairs = nn::halves(q), keys = nn::neighbours(k);
                verify("turned", softmax(nn::product_of_pairs(pairs, nn::rotary(keys, c, s)) / 4.f) * v, M(n, 5), near<float>(8 * d + 8));
            }
}

// Blocks of one axis around tiles of lanes and inside of them are the same blocks, also where a value kept for all of them makes them short.
using B = tensor<float, dyn, dyn, dyn>;
template <class E>
constexpr bool blocks_agree = [] {
    auto const& p = plan_of<E>;
    bool nested = false;
    for (int i = 0; i < p.loops; ++i)
        for (int o = 0; o < p.loops; ++o) {
            if (i == o || !p.inside(i, o) || p.loop[i].axis != p.loop[o].axis) continue;
            if (p.loop[i].how != ir::loop::style::block || p.loop[o].how != ir::loop::style::block) continue;
            nested = true;
            if (p.loop[i].length != p.loop[o].length) return false;
        }
    return nested;
}();
static_assert(blocks_agree<decltype(sum(relu(a<B>() * a<B>()) % expand<-1>(a<M>()), axis<0>))>);

BOOST_AUTO_TEST_CASE(gated_experts) {
    generator g(seed());
    for (size experts : {1, 4})
        for (size n : {1, 10, 11, 33, 200})
            for (size m : {1, 16, 70}) {
                auto const x = make<B>(g, -1, 1, experts, n, 8), w = make<B>(g, -1, 1, experts, 8, m);
                auto const gate = make<M>(g, -1, 1, experts, n);
                verify("gated", sum(relu(x * w) % expand<-1>(gate), axis<0>), M(n, m), near<float>(16 * experts));
            }
}

}  // namespace
}  // namespace sinter::test
