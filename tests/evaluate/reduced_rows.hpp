// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "support/types.hpp"
#include "support/verify.hpp"

/// Reductions over the rows of contractions, for each type in a file of its own.
namespace sinter::test {

// Columns of a product that are normalised before the next one.
inline constexpr auto normalised = [](auto q, auto w, auto u) {
    auto const s = q * w;
    return relu((s - mean(s, axis<0>)) / sqrt(variance(s, axis<0>) + 1)) * u;
};

struct sizes {
    size n, k, m, c;
    size terms() const { return 2 * (n + k + m); }
};

template <class T>
void check_some(generator& g, sizes const& z) {
    using M = matrix<T>;
    auto const q = make<M>(g, -1, 1, z.n, z.k), w = make<M>(g, -1, 1, z.k, z.m), u = make<M>(g, -1, 1, z.m, z.c), p = make<M>(g, -1, 1, z.m, z.k);
    auto const near_it = near<T>(z.terms());
    verify("mean of rows", mean(softmax(q * transpose(p)) * u, axis<0>), vector<T>(z.c), near_it);
    verify("largest of rows", amax(softmax(q * transpose(p)) * u, axis<0>), vector<T>(z.c), near_it);
    verify("hidden, logsumexp", logsumexp(tanh(q * w) * u, axis<0>), vector<T>(z.c), near_it);
    verify("columns, normalised", fn(normalised)(q, w, u), M(z.n, z.c), near<T>(8 * z.terms()));
}

template <class T>
void check_more(generator& g, sizes const& z) {
    using M = matrix<T>;
    using V = vector<T>;
    auto const q = make<M>(g, -1, 1, z.n, z.k), w = make<M>(g, -1, 1, z.k, z.m), u = make<M>(g, -1, 1, z.m, z.c);
    auto const v = make<V>(g, -1, 1, z.m);
    auto const near_it = near<T>(z.terms());
    verify("hidden, summed", sum(relu(q * w) * u, axis<0>), V(z.c), near_it);
    verify("hidden, smallest", amin(relu(q * w) * u, axis<0>), V(z.c), near_it);
    verify("hidden, both", sum(relu(q * w) * u, axis<0>) % amax(relu(q * w) * u, axis<0>), V(z.c), near<T>(8 * z.terms()));
    verify("shares of columns", exp(tanh(q * w) * u) / sum(exp(tanh(q * w) * u), axis<0>), M(z.n, z.c), near<T>(8 * z.terms()));
    verify("weighted rows", softmax(tanh(q * w) * v) * q, V(z.k), near_it);
    verify("rows of rows", logsumexp(logsumexp(q * w, axis<-1>) * q), tensor<T>(), near_it);
    verify("a hidden row", relu(make<V>(g, -1, 1, z.k) * w) * u, V(z.c), near_it);
    verify("sum of a product", sum(q * w, axis<0>), V(z.m), near_it);
    verify("sum of its columns", sum(q * w, axis<1>), V(z.n), near_it);
    verify("sum of a chain", sum(q * w * u, axis<0>), V(z.c), near<T>(2 * z.n * (z.k + z.m)));
    verify("mean, weighted", mean(v % (q * w)), tensor<T>(), near_it);
}

template <class T>
void check_all(generator& g, sizes const& z) {
    check_some<T>(g, z);
    check_more<T>(g, z);
}

}  // namespace sinter::test
