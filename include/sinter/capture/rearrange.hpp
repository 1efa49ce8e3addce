// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/capture/check.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <type_traits>

namespace sinter {

/// The last two axes change places; a vector stays as it is.  (…,i,j) → (…,j,i)
template <array_like X>
constexpr auto transpose(X&& x) { return ir::checked<ir::transpose_t>(static_cast<X&&>(x)); }
template <named X>
constexpr auto transpose(X& x SINTER_LIFETIMEBOUND) { return ir::checked<ir::transpose_t>(x); }

/// Axis i of the result is axis I[i] of x.
template <int... I, array_like X>
constexpr auto permute(X&& x) { return ir::checked<ir::axes_t<ir::form::permute, I...>>(static_cast<X&&>(x)); }

/// A new axis of extent 1 at place I; negative ones count from the end of the result.
template <int I, array_like X>
constexpr auto expand(X&& x) { return ir::checked<ir::axes_t<ir::form::expand, I>>(static_cast<X&&>(x)); }

/// Σ ab of two vectors.  (k) · (k) → ()
template <array_like A, array_like B>
constexpr auto dot(A&& a, B&& b) {
    static_assert(rank_of<A> == 1 && rank_of<B> == 1, "sinter: dot(a, b): both must be vectors");
    return ir::checked<ir::matmul_t>(static_cast<A&&>(a), static_cast<B&&>(b));
}

/// All products of two vectors.  (i), (j) → (i,j)
template <array_like A, array_like B>
constexpr auto outer(A&& a, B&& b) {
    static_assert(rank_of<A> == 1 && rank_of<B> == 1, "sinter: outer(a, b): both must be vectors");
    return ir::checked<ir::form_t<ir::form::outer>>(static_cast<A&&>(a), static_cast<B&&>(b));
}

namespace ir {
/// A number that is known at compile time, as std::integral_constant is.
template <class I>
concept constant_number = requires { { std::remove_cvref_t<I>::value } -> std::convertible_to<std::int64_t>; };

template <class I>
concept index_like = std::integral<std::remove_cvref_t<I>> || constant_number<I>;

template <class I>
constexpr std::int64_t static_number() {
    if constexpr (constant_number<I>) return static_cast<std::int64_t>(std::remove_cvref_t<I>::value);
    else return at_run_time;
}

/// The numbers among the arguments that are known at run time only, in order.
template <class... I>
constexpr auto list_of(I const&... i) {
    constexpr std::size_t n = (0 + ... + (constant_number<I> ? 0 : 1));
    index_list<n> list{};
    std::size_t k = 0;
    auto put = [&]<class V>(V const& v) {
        if constexpr (!constant_number<V>) list.entry[k++] = static_cast<std::size_t>(static_cast<std::int64_t>(v));
        else (void)v;
    };
    (put(i), ...);
    return list;
}

/// A node over x and the list of those numbers, where there are any.
template <class Tag, class X, class... I>
constexpr auto with_list(X&& x, I const&... i) {
    if constexpr ((constant_number<I> && ...)) return checked<Tag>(static_cast<X&&>(x));
    else return checked<Tag>(list_of(i...), static_cast<X&&>(x));
}
}  // namespace ir

/// Each element along axis I `count` times, as NumPy's repeat: y(…, i, …) = x(…, i / count, …). Nothing is copied.
/// Shapes: (…,n,…) → (…,n·count,…). Example: `repeat<0>(keys, 4)` where four heads share the keys of one.
template <int I, array_like X, ir::index_like N>
constexpr auto repeat(X&& x, N count) {
    return ir::with_list<ir::repeat_t<I, ir::static_number<N>()>>(static_cast<X&&>(x), count);
}

/// The same elements in row-major order in another shape. Extents are integers (one may be −1: what is left) or
/// std::integral_constants. x must be a tensor or a view without gaps, since nothing is moved.
template <array_like X, ir::index_like... I>
    requires (sizeof...(I) > 0)
constexpr auto reshape(X&& x, I... extents) {
    return ir::with_list<ir::reshape_t<ir::static_number<I>()...>>(static_cast<X&&>(x), extents...);
}

/// The same with extents known at compile time: `reshape<3, 4>(x)`.
template <std::size_t... E, array_like X>
    requires (sizeof...(E) > 0)
constexpr auto reshape(X&& x) {
    return ir::checked<ir::reshape_t<static_cast<std::int64_t>(E)...>>(static_cast<X&&>(x));
}

}  // namespace sinter
