// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/capture/expr.hpp>

#include <boost/hana/basic_tuple.hpp>

#include <type_traits>
#include <utility>

namespace sinter {

/// A formula over arguments 0, 1, …, and what they stand for, each held once.
template <class Body, class... Args>
struct call {
    Body body;
    boost::hana::basic_tuple<Args...> args;
    static constexpr ir::shape info = Body::info;
};

template <class Body, class... Args>
inline constexpr bool is_expression_v<call<Body, Args...>> = !is_together<Body>;
template <class Body, class... Args>
inline constexpr bool is_together_v<call<Body, Args...>> = is_together<Body>;

template <class Body, class... Args>
struct captured::own_type<call<Body, Args...>> : own_type<Body> {};

/// A named formula: the lambda is traced with arguments whose identity is known, so what it repeats of them is evaluated
/// once, and an rvalue argument is held once however often it is used. The lambda must not capture arguments of another
/// `fn`; pass them on as arguments.
///
/// Example: `constexpr auto cosine = fn([](auto a, auto b) { return dot(a, b) / (norm(a) * norm(b)); });`
template <class F>
struct formula_function {
    [[no_unique_address]] F trace;

    template <operand_like... X>
    constexpr auto operator()(X&&... x) const {
        return bind(std::index_sequence_for<X...>{}, static_cast<X&&>(x)...);
    }

private:
    template <std::size_t... I, class... X>
    constexpr auto bind(std::index_sequence<I...>, X&&... x) const {
        using R = decltype(trace(argument<static_cast<int>(I), child_t<X>>{}...));
        static_assert(operand_like<R> || is_together<R>, "sinter: fn(lambda): the lambda must return a formula");
        return call<child_t<R>, child_t<X>...>{sinter::capture(trace(argument<static_cast<int>(I), child_t<X>>{}...)),
                                               boost::hana::basic_tuple<child_t<X>...>{sinter::capture(static_cast<X&&>(x))...}};
    }
};

template <class F>
constexpr formula_function<F> fn(F lambda) { return {static_cast<F&&>(lambda)}; }

}  // namespace sinter
