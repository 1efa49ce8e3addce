// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/capture/call.hpp>
#include <sinter/capture/check.hpp>

#include <boost/hana/basic_tuple.hpp>

#include <cstddef>
#include <type_traits>
#include <utility>

namespace sinter {

namespace captured {
template <class E> inline constexpr int materialized = 0;
template <class Tag, class... C> inline constexpr int materialized<expr<Tag, C...>> = (0 + ... + materialized<C>);
template <class C> inline constexpr int materialized<expr<ir::materialize_t, C>> = 1 + materialized<C>;
template <class Body, class... Args>
inline constexpr int materialized<call<Body, Args...>> = (materialized<Body> + ... + materialized<Args>);
}  // namespace captured

/// How many intermediates a formula stores.
template <class E>
inline constexpr int count_materialize = captured::materialized<child_t<E>>;

namespace captured {

inline constexpr auto outermost = [](auto e) { return e; };

/// A copy of a formula that borrows what the formula owns, and in which, unless `Evaluate` is `nothing`, stored
/// intermediates are tensors. `bind` puts the values of the arguments of the function around a node to it, so that the node
/// can be evaluated on its own, which `Evaluate` does.
struct nothing {};
template <class Evaluate, class Bind>
struct preparer {
    Bind const& bind;

    template <class X> constexpr auto operator()(borrowed<X> const& e) const { return e; }
    template <class X>
    constexpr auto operator()(owned<X> const& e) const {
        if constexpr (is_owner<X>) return borrowed<X>{&e.tensor};
        else return e;
    }
    template <class X> constexpr auto operator()(scalar<X> const& e) const { return e; }
    template <class F> constexpr auto operator()(function<F> const& e) const { return e; }
    template <std::size_t N> constexpr auto operator()(index_list<N> const& e) const { return e; }
    template <int I, class X> constexpr auto operator()(argument<I, X> const& e) const { return e; }
    template <class Tag, class... C>
    constexpr auto operator()(expr<Tag, C...> const& e) const {
        return with_children(e, [this](auto const&... c) {
            return expr<Tag, decltype((*this)(c))...>{(*this)(c)...};
        });
    }
    template <class X>
    constexpr auto operator()(expr<ir::materialize_t, X> const& e) const {
        if constexpr (std::is_same_v<Evaluate, nothing>) {
            return expr<ir::materialize_t, decltype((*this)(e.a))>{(*this)(e.a)};
        } else {
            auto stored = Evaluate{}(bind((*this)(e.a)));
            return owned<decltype(stored)>{std::move(stored)};
        }
    }
    template <class Body, class... Args>
    constexpr auto operator()(call<Body, Args...> const& e) const {
        return in_call(e, std::index_sequence_for<Args...>{});
    }

private:
    template <class Body, class... Args, std::size_t... I>
    constexpr auto in_call(call<Body, Args...> const& e, std::index_sequence<I...>) const {
        boost::hana::basic_tuple<decltype((*this)(std::declval<Args const&>()))...> args{
            (*this)(boost::hana::at_c<I>(e.args))...};
        preparer<Evaluate, decltype(outermost)> const borrower{outermost};
        auto const inner = [&](auto body) {
            using C = call<decltype(body), decltype(borrower(boost::hana::at_c<I>(args)))...>;
            return bind(C{std::move(body), decltype(C::args){borrower(boost::hana::at_c<I>(args))...}});
        };
        auto body = preparer<Evaluate, decltype(inner)>{inner}(e.body);
        return call<decltype(body), decltype((*this)(std::declval<Args const&>()))...>{std::move(body), std::move(args)};
    }
};

}  // namespace captured

/// The expression as it is evaluated: what `materialize` marks has been evaluated into tensors that the result owns.
/// Without `materialize` it's the expression itself. The formula is the same, so is the order of slots. The result
/// borrows from e.
template <class Evaluate, evaluable E>
constexpr decltype(auto) prepare(E const& e) {
    if constexpr (count_materialize<E> == 0) return (e);
    else return captured::preparer<Evaluate, decltype(captured::outermost)>{captured::outermost}(e);
}

}  // namespace sinter
