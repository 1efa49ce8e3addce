// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/capture/elementwise.hpp>
#include <sinter/capture/rearrange.hpp>

#include <limits>
#include <type_traits>

/// Products that add and multiply with something else.
namespace sinter {

/// Monoids that the graph knows by name: what a semiring adds with (`adds`) or multiplies with (`multiplies`). They can be
/// called with numbers.
namespace monoids {

namespace detail {
/// One of two numbers, or in each lane of two batches.
template <class T, class M>
constexpr T choose(M const& take_first, T const& a, T const& b) {
    if constexpr (requires { select(take_first, a, b); }) return select(take_first, a, b);      // of the library that has the batches
    else return take_first ? a : b;
}
}  // namespace detail

struct sum {
    static constexpr ir::reduction adds = ir::reduction::sum;
    static constexpr ir::op multiplies = ir::op::add;
    template <class T> static constexpr T identity() { return T(0); }
    template <class T> constexpr T operator()(T const& a, T const& b) const { return static_cast<T>(a + b); }
};

struct product {
    static constexpr ir::reduction adds = ir::reduction::prod;
    static constexpr ir::op multiplies = ir::op::mul;
    template <class T> static constexpr T identity() { return T(1); }
    template <class T> constexpr T operator()(T const& a, T const& b) const { return static_cast<T>(a * b); }
};

/// NaN where either is.
struct minimum {
    static constexpr ir::reduction adds = ir::reduction::amin;
    static constexpr ir::op multiplies = ir::op::min;
    template <class T> static constexpr T identity() {
        using limits = std::numeric_limits<T>;
        return limits::has_infinity ? limits::infinity() : limits::max();
    }
    template <class T> constexpr T operator()(T const& a, T const& b) const { return detail::choose(!(a == a) || (a < b), a, b); }
};

/// NaN where either is.
struct maximum {
    static constexpr ir::reduction adds = ir::reduction::amax;
    static constexpr ir::op multiplies = ir::op::max;
    template <class T> static constexpr T identity() {
        using limits = std::numeric_limits<T>;
        return limits::has_infinity ? static_cast<T>(-limits::infinity()) : limits::lowest();
    }
    template <class T> constexpr T operator()(T const& a, T const& b) const { return detail::choose(!(a == a) || (a > b), a, b); }
};

/// Whether one is true.
struct either {
    static constexpr ir::reduction adds = ir::reduction::any;
    static constexpr ir::op multiplies = ir::op::logical_or;
    template <class T> static constexpr T identity() { return T(false); }
    template <class T> constexpr T operator()(T const& a, T const& b) const { return T(a != T(0) || b != T(0)); }
};

/// Whether both are true.
struct both {
    static constexpr ir::reduction adds = ir::reduction::all;
    static constexpr ir::op multiplies = ir::op::logical_and;
    template <class T> static constexpr T identity() { return T(true); }
    template <class T> constexpr T operator()(T const& a, T const& b) const { return T(a != T(0) && b != T(0)); }
};

}  // namespace monoids

// Semirings: name, what adds, what multiplies.
#define SINTER_SEMIRINGS(row)                                                                     \
    row(plus_times, sum, product)     /* counts of paths */                                       \
    row(min_plus, minimum, sum)       /* shortest paths: numbers, and +∞ for no way */            \
    row(max_plus, maximum, sum)       /* longest paths, schedules: numbers, and −∞ for no way */  \
    row(max_times, maximum, product)  /* most probable paths: numbers from 0 on */                \
    row(or_and, either, both)         /* whether there is a path: masks */

#define SINTER_SEMIRING(name, adds, multiplies)        \
    struct name {                                      \
        static constexpr monoids::adds plus{};         \
        static constexpr monoids::multiplies times{};  \
    };
SINTER_SEMIRINGS(SINTER_SEMIRING)
#undef SINTER_SEMIRING
#undef SINTER_SEMIRINGS

/// A type with two members, static or not: `plus`, a monoid as reduce() takes it or one of sinter::monoids, and `times`, a
/// function of two as map() takes it or one of sinter::monoids. An object of the type is made for each product.
template <class S>
concept semiring = requires { S{}.plus; S{}.times; };

namespace ir {
template <class S> using plus_of = std::remove_cvref_t<decltype(S{}.plus)>;
template <class S> using times_of = std::remove_cvref_t<decltype(S{}.times)>;
template <class M> concept named_plus = requires { M::adds; };
template <class M> concept named_times = requires { M::multiplies; };

template <class M>
constexpr reduction reduction_of() {
    if constexpr (named_plus<M>) return M::adds;
    else return reduction::user;
}

/// A product's node: the operations that the graph doesn't know stand in slots before the factors.
template <class S, class A, class B>
constexpr auto product_over(A&& a, B&& b) {
    using P = plus_of<S>;
    using M = times_of<S>;
    constexpr reduction add = reduction_of<P>();
    if constexpr (named_times<M>) {
        using tag = product_t<M::multiplies, add>;
        if constexpr (named_plus<P>) return checked<tag>(static_cast<A&&>(a), static_cast<B&&>(b));
        else return checked<tag>(sinter::function<P>{S{}.plus}, static_cast<A&&>(a), static_cast<B&&>(b));
    } else {
        using tag = product_t<op::user, add, result_of_map<M, A, B>()>;
        if constexpr (named_plus<P>) return checked<tag>(sinter::function<M>{S{}.times}, static_cast<A&&>(a), static_cast<B&&>(b));
        else return checked<tag>(sinter::function<P>{S{}.plus}, sinter::function<M>{S{}.times}, static_cast<A&&>(a), static_cast<B&&>(b));
    }
}
}  // namespace ir

/// ⊕_k a(…,i,k) ⊗ b(…,k,j) over the semiring S, with NumPy's matmul rules: vectors, batch axes that broadcast.
/// `product<plus_times>(a, b)` is `a*b`. Without terms (k of extent 0) the result is the identity of S::plus.
/// (…,i,k) × (…,k,j) → (…,i,j)
///
/// Example: `d = product<min_plus>(d, d)` for the shortest ways with up to twice as many steps
template <semiring S, array_like A, array_like B>
constexpr auto product(A&& a, B&& b) {
    return ir::product_over<S>(static_cast<A&&>(a), static_cast<B&&>(b));
}

}  // namespace sinter
