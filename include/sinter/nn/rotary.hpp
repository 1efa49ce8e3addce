// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/nn/attention.hpp>
#include <sinter/nn/extent.hpp>

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <utility>

/// Positions as rotations (Su and others, RoFormer, 2021). The columns of a row form d/2 pairs, and pair i of the row at
/// position p is turned by the angle p·base^(−2i/d). The pairs are an axis of their own, which a view gives: nothing moves.
namespace sinter::nn {

namespace detail {
constexpr void require_pairs(std::size_t columns) {
    if (columns % 2 != 0) raise_shape((message() << "pairs of columns: " << columns << " columns are no pairs").text());
}

/// (…,n,d) → (…,n,2,d/2), with so many elements between the two of a pair and between pairs.
template <class X>
constexpr auto pairs(X& x, bool interleaved) {
    constexpr std::size_t rank = std::remove_cvref_t<X>::rank_v;
    static_assert(rank >= 2, "sinter: pairs of columns: x must have at least two axes");
    require_pairs(x.extent(rank - 1));
    std::array<std::size_t, rank + 1> extents{};
    std::array<std::ptrdiff_t, rank + 1> strides{};
    for (std::size_t i = 0; i + 1 < rank; ++i) extents[i] = x.extent(i), strides[i] = x.stride(i);
    std::ptrdiff_t const step = x.stride(rank - 1);
    extents[rank - 1] = 2, extents[rank] = x.extent(rank - 1) / 2;
    strides[rank - 1] = interleaved ? step : step * static_cast<std::ptrdiff_t>(extents[rank]);
    strides[rank] = interleaved ? 2 * step : step;
    return view_at(x.data(), extents, strides);
}

/// Each pair with its two elements exchanged.
template <tensor_like X>
constexpr auto exchanged(X const& pairs) {
    constexpr std::size_t rank = X::rank_v;
    std::array<std::ptrdiff_t, rank> strides{};
    for (std::size_t i = 0; i < rank; ++i) strides[i] = pairs.stride(i);
    auto* const second = pairs.size() == 0 ? pairs.data() : pairs.data() + strides[rank - 2];
    strides[rank - 2] = -strides[rank - 2];
    return view_at(second, pairs.shape(), strides);
}

/// The first or the second of each pair.  (…,n,2,h) → (…,n,1,h)
template <int I, array_like X>
constexpr auto of_each_pair(X const& pairs) {
    return [&]<std::size_t... D>(std::index_sequence<D...>) {
        return expand<-2>(slice(pairs, (static_cast<void>(D), whole)..., std::integral_constant<int, I>{}));
    }(std::make_index_sequence<static_cast<std::size_t>(rank_of<X> - 2)>{});
}
}  // namespace detail

/// Column i with column i + d/2: how most models lay them out. A view of x's elements.  (…,n,d) → (…,n,2,d/2)
/// Throws: shape_error where d is odd.
template <tensor_like X>
    requires(detail::lasting<X>)
constexpr auto halves(X&& x) { return detail::pairs(x, false); }

/// The same of a formula, as windows of two elements.
template <array_like X>
    requires(!detail::lasting<X>)
constexpr auto halves(X&& x) {
    static_assert(rank_of<X> >= 2, "sinter: pairs of columns: x must have at least two axes");
    std::size_t const columns = detail::extent_at<-1>(x);
    detail::require_pairs(columns);
    return transpose(windows<-1>(static_cast<X&&>(x), std::integral_constant<int, 2>{}, ir::one_t{}, columns / 2));
}

/// Column 2i with column 2i + 1.  (…,n,d) → (…,n,2,d/2)
template <tensor_like X>
    requires(detail::lasting<X>)
constexpr auto neighbours(X&& x) { return detail::pairs(x, true); }

/// The same of a formula.
template <array_like X>
    requires(!detail::lasting<X>)
constexpr auto neighbours(X&& x) {
    static_assert(rank_of<X> >= 2, "sinter: pairs of columns: x must have at least two axes");
    detail::require_pairs(detail::extent_at<-1>(x));
    constexpr std::integral_constant<int, 2> two{};
    return transpose(windows<-1>(static_cast<X&&>(x), two, two));
}

/// The angles p·base^(−2i/d) of n rows at positions first, first + 1, …, computed in double.  → (n,d/2)
/// Their cosines and sines are worth a table: `c = cos(nn::rotary_angles(n, d)); s = sin(nn::rotary_angles(n, d));`
inline auto rotary_angles(std::size_t n, std::size_t d, std::size_t first = 0, double base = 10000) {
    auto const shape = detail::view_at(&detail::zero<double>, std::array<std::size_t, 2>{n, d / 2}, {0, 0});    // coordinates have none
    return shape + (coord<-2> + static_cast<double>(first)) % exp(coord<-1> * (-2 * std::log(base) / static_cast<double>(d)));
}

/// Pairs turned by angles of which the cosines and sines are given: (a, b) → (a cos − b sin, b cos + a sin).
/// x is what `halves` or `neighbours` give, and so may be what takes the result: `halves(y) = rotary(halves(x), c, s)`.
/// (…,n,2,d/2), (n,d/2) → (…,n,2,d/2)
template <tensor_like X, array_like C, array_like S>
constexpr auto rotary(X const& x, C&& cosines, S&& sines) {
    auto const sign = coord<-2> * 2 - 1;
    return x % expand<-2>(static_cast<C&&>(cosines)) + detail::exchanged(x) % (expand<-2>(static_cast<S&&>(sines)) % sign);
}

/// The same where the pairs are a formula, of which each element is asked for by both of its pair: what is more than an
/// access (`permute`, joined parts) is better materialized.
template <array_like X, array_like C, array_like S>
    requires(!tensor_like<X>)
constexpr auto rotary(X&& x, C&& cosines, S&& sines) {
    return fn([](auto pairs, auto c, auto s) {
        auto const a = detail::of_each_pair<0>(pairs);
        auto const b = detail::of_each_pair<1>(pairs);
        return pairs % expand<-2>(c) + where(coord<-2> < 1, -b, a) % expand<-2>(s);
    })(static_cast<X&&>(x), static_cast<C&&>(cosines), static_cast<S&&>(sines));
}

/// Dot products of rows of pairs, qkᵀ.  (…,n,2,h), (…,m,2,h) → (…,n,m)
template <array_like Q, array_like K>
constexpr auto product_of_pairs(Q&& q, K&& k) {
    return einsum<"...nci,...mci->...nm">(static_cast<Q&&>(q), static_cast<K&&>(k));
}

}  // namespace sinter::nn
