// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/capture/reductions.hpp>
#include <sinter/capture/together.hpp>

#include <type_traits>
#include <utility>

namespace sinter {

/// The K largest along an axis and where they stood, each a formula: `auto [values, indices] = topk<8>(x, axis<-1>);`
/// Together they are one pass: `tie(v, i) = topk<8>(x, axis<-1>);`
template <class Values, class Indices>
struct top_pair {
    Values values;
    Indices indices;
};

/// The K largest of each row of x along axis I, the largest first, which becomes an axis of extent K.  (…,n,…) → (…,K,…)
/// Of equal ones that with the lower index comes first; NaN counts as larger than every number. The smallest are
/// `topk<K>(-x)`. The axis must have K elements at least.
template <int K, int I, array_like X>
constexpr auto topk(X&& x, axis_t<I>) {
    static_assert(K > 0, "sinter: topk<K>: K must be positive");
    auto values = ir::checked<ir::axes_t<ir::form::top, K, I>>(static_cast<X&&>(x));
    auto indices = ir::node<ir::axes_t<ir::form::top_places, K, I>>(values.a);     // breaks a rule where the values do
    return top_pair<decltype(values), decltype(indices)>{static_cast<decltype(values)&&>(values),
                                                         static_cast<decltype(indices)&&>(indices)};
}
template <int K, array_like X>
constexpr auto topk(X&& x) {
    return topk<K>(static_cast<X&&>(x), axis<-1>);
}

namespace captured {
/// Values and places over one argument, so that the compiler knows that it is one.
template <class V, class P, class X>
constexpr auto both_over(X x) {
    using A = argument<0, X>;
    using body = expr<ir::together_t, expr<V, A>, expr<P, A>>;
    return call<body, X>{body{{A{}}, {A{}}}, boost::hana::basic_tuple<X>{std::move(x)}};
}

/// The same, for as long as the pair lives: no tensor in it is copied.
template <class V, class P, class X>
constexpr auto both_of(top_pair<expr<V, X>, expr<P, X>> const& pair) {
    return both_over<V, P>(borrow_from(pair.values.a));
}
}  // namespace captured

/// Values and places as one formula: `plan(together(topk<8>(x)))`.
template <class V, class P, class X>
constexpr auto together(top_pair<expr<V, X>, expr<P, X>> pair) {
    return captured::both_over<V, P>(std::move(pair.values.a));
}

}  // namespace sinter
