// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/capture/call.hpp>
#include <sinter/core/config.hpp>

#include <boost/hana/basic_tuple.hpp>

#include <array>
#include <cstddef>
#include <type_traits>

namespace sinter {

/// A tensor or a number as kernels see it. Strides count elements.
template <class T, int R>
struct handle {
    using value_type = T;
    static constexpr int rank = R;
    T const* data = nullptr;
    std::array<std::size_t, R> extent{};
    std::array<std::ptrdiff_t, R> stride{};
};

/// A number that the formula has of its own: nothing else lies where it does.
template <class T>
struct number_handle : handle<T, 0> {};

/// The user's function or monoid.
template <class F>
struct function_handle {
    F const* call = nullptr;
};

/// Numbers that were given at run time: starts and ends of slices, extents of a reshape.
template <std::size_t N>
struct extents_handle {
    std::array<std::size_t, N> extent{};
};

namespace captured {

template <class...> struct type_list {};

template <class... L> struct joined;
template <> struct joined<> { using type = type_list<>; };
template <class... A> struct joined<type_list<A...>> { using type = type_list<A...>; };
template <class... A, class... B> struct joined<type_list<A...>, type_list<B...>> { using type = type_list<A..., B...>; };
template <class... A, class... B, class... C, class... L>
struct joined<type_list<A...>, type_list<B...>, type_list<C...>, L...> : joined<type_list<A..., B..., C...>, L...> {};

/// The handles of a node, in the order of the slots.
template <class E> struct handle_list;
template <class X>
struct tensor_handle {
    using type = type_list<handle<std::remove_cv_t<typename X::value_type>, X::rank_v>>;
    static constexpr int count = 1;
};
template <class X> struct handle_list<borrowed<X>> : tensor_handle<X> {};
template <class X> struct handle_list<owned<X>> : tensor_handle<X> {};
template <class X> struct handle_list<scalar<X>> { using type = type_list<number_handle<X>>; static constexpr int count = 1; };
template <class F> struct handle_list<function<F>> { using type = type_list<function_handle<F>>; static constexpr int count = 1; };
template <std::size_t N> struct handle_list<index_list<N>> { using type = type_list<extents_handle<N>>; static constexpr int count = 1; };
template <int I, class X> struct handle_list<argument<I, X>> { using type = type_list<>; static constexpr int count = 0; };
template <class Tag, class... C>
struct handle_list<expr<Tag, C...>> {
    using type = typename joined<typename handle_list<C>::type...>::type;
    static constexpr int count = (0 + ... + handle_list<C>::count);
};
template <class Body, class... Args>
struct handle_list<call<Body, Args...>> {
    using type = typename joined<typename handle_list<Args>::type..., typename handle_list<Body>::type>::type;
    static constexpr int count = (handle_list<Body>::count + ... + handle_list<Args>::count);
};

template <class L> struct as_tuple;
template <class... H> struct as_tuple<type_list<H...>> { using type = boost::hana::basic_tuple<H...>; };

// Handles point into the expression, which outlives them; g++ cannot tell once everything around is inlined.
#if defined(__GNUC__) && !defined(__clang__) && __GNUC__ >= 12
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wdangling-pointer"
#endif

/// Writes the handles of a node from slot S on.
template <class Out>
struct handle_writer {
    Out& out;

    template <int S, class X>
    constexpr void tensor(X const& x) {
        auto& h = boost::hana::at_c<static_cast<std::size_t>(S)>(out);
        h.data = x.data();
        for (std::size_t i = 0; i < h.extent.size(); ++i) {
            h.extent[i] = x.extent(i);
            h.stride[i] = static_cast<std::ptrdiff_t>(x.stride(i));
        }
    }
    template <int S, class X> constexpr void at(borrowed<X> const& e) { tensor<S>(*e.tensor); }
    template <int S, class X> constexpr void at(owned<X> const& e) { tensor<S>(e.tensor); }
    template <int S, class X> constexpr void at(scalar<X> const& e) { boost::hana::at_c<S>(out).data = &e.value; }
    template <int S, class F> constexpr void at(function<F> const& e) { boost::hana::at_c<S>(out).call = &e.call; }
    template <int S, std::size_t N>
    constexpr void at(index_list<N> const& e) {
        for (std::size_t i = 0; i < N; ++i) boost::hana::at_c<S>(out).extent[i] = e.entry[i];
    }
    template <int S, int I, class X> constexpr void at(argument<I, X> const&) {}
    template <int S, class Tag> constexpr void at(expr<Tag> const&) {}
    template <int S, class Tag, class A> constexpr void at(expr<Tag, A> const& e) { at<S>(e.a); }
    template <int S, class Tag, class A, class B>
    constexpr void at(expr<Tag, A, B> const& e) {
        at<S>(e.a);
        at<S + handle_list<A>::count>(e.b);
    }
    template <int S, class Tag, class A, class B, class C>
    constexpr void at(expr<Tag, A, B, C> const& e) {
        at<S>(e.a);
        at<S + handle_list<A>::count>(e.b);
        at<S + handle_list<expr<Tag, A, B>>::count>(e.c);
    }
    template <int S, class Tag, class A, class B, class C, class D>
    constexpr void at(expr<Tag, A, B, C, D> const& e) {
        at<S>(e.a);
        at<S + handle_list<A>::count>(e.b);
        at<S + handle_list<expr<Tag, A, B>>::count>(e.c);
        at<S + handle_list<expr<Tag, A, B, C>>::count>(e.d);
    }
    template <int S, class Tag, class A, class B, class C, class D, class E>
    constexpr void at(expr<Tag, A, B, C, D, E> const& e) {
        at<S>(e.a);
        at<S + handle_list<A>::count>(e.b);
        at<S + handle_list<expr<Tag, A, B>>::count>(e.c);
        at<S + handle_list<expr<Tag, A, B, C>>::count>(e.d);
        at<S + handle_list<expr<Tag, A, B, C, D>>::count>(e.e);
    }
    template <int S, class Tag, class... C>
        requires(sizeof...(C) > 5)
    constexpr void at(expr<Tag, C...> const& e) { all<S>(e.children, std::index_sequence_for<C...>{}); }
    template <int S, class Body, class... Args>
    constexpr void at(call<Body, Args...> const& e) {
        all<S>(e.args, std::index_sequence_for<Args...>{});
        at<S + (0 + ... + handle_list<Args>::count)>(e.body);
    }
    template <int S, class... X, std::size_t... I>
    constexpr void all(boost::hana::basic_tuple<X...> const& x, std::index_sequence<I...>) {
        constexpr auto before = [] {
            std::array<int, sizeof...(X) + 1> a{0, handle_list<X>::count...};
            for (std::size_t i = 1; i < a.size(); ++i) a[i] += a[i - 1];
            return a;
        }();
        (void)before;
        (at<S + before[I]>(boost::hana::at_c<I>(x)), ...);
    }
};

#if defined(__GNUC__) && !defined(__clang__) && __GNUC__ >= 12
#pragma GCC diagnostic pop
#endif

}  // namespace captured

/// The handles of an expression in the order of the slots of its formula. Numbers and functions are pointed to where they
/// lie in e, which must live on.
template <evaluable E>
constexpr auto handles(E const& e) {
    typename captured::as_tuple<typename captured::handle_list<E>::type>::type out{};
    captured::handle_writer<decltype(out)>{out}.template at<0>(e);
    return out;
}

}  // namespace sinter
