// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/capture/call.hpp>
#include <sinter/capture/check.hpp>
#include <sinter/capture/prepare.hpp>

#include <boost/hana/basic_tuple.hpp>

namespace sinter {

/// Several results, at most five: `tie(a, b) = together(e1, e2)`. They are evaluated in one pass where they share work.
/// Inside `fn` the compiler knows what they share; else it's what is spelled alike over the same tensors.
template <array_like... X>
    requires(sizeof...(X) >= 1 && sizeof...(X) <= ir::max_results)
constexpr auto together(X&&... x) {
    ((void)ir::check<X>::value, ...);
    return expr<ir::together_t, child_t<X>...>{sinter::capture(static_cast<X&&>(x))...};
}

namespace captured {

/// Child number I of a node.
template <int I, class E>
constexpr auto const& nth(E const& e) {
    return with_children(e, []<class... C>(C const&... c) -> auto const& {
        return *boost::hana::at_c<I>(boost::hana::basic_tuple<C const*...>{&c...});
    });
}

inline constexpr preparer<nothing, decltype(outermost)> borrow_from{outermost};

/// Each result as a formula of its own. It borrows from the whole.
template <class R> struct results_of;
template <class... C>
struct results_of<expr<ir::together_t, C...>> {
    static constexpr int count = sizeof...(C);
    static constexpr bool has_arguments = false;
    template <int I>
    static constexpr auto get(expr<ir::together_t, C...> const& e) {
        return borrow_from(nth<I>(e));
    }
};
template <class... C, class... Args>
struct results_of<call<expr<ir::together_t, C...>, Args...>> {
    static constexpr int count = sizeof...(C);
    static constexpr bool has_arguments = true;     // the same for all results
    template <int I>
    static constexpr auto get(call<expr<ir::together_t, C...>, Args...> const& e) {
        return [&]<std::size_t... A>(std::index_sequence<A...>) {
            auto body = borrow_from(nth<I>(e.body));
            using E = call<decltype(body), decltype(borrow_from(boost::hana::at_c<A>(e.args)))...>;
            return E{std::move(body), decltype(E::args){borrow_from(boost::hana::at_c<A>(e.args))...}};
        }(std::index_sequence_for<Args...>{});
    }
};

/// Result I of R on its own.
template <class R, int I>
using result_t = decltype(results_of<R>::template get<I>(std::declval<R const&>()));

}  // namespace captured
}  // namespace sinter
