// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/capture/functions.hpp>
#include <sinter/core/error.hpp>
#include <sinter/core/message.hpp>
#include <sinter/nn/extent.hpp>
#include <sinter/tensor/view.hpp>

#include <array>
#include <cstddef>
#include <type_traits>
#include <utility>

namespace sinter::nn {

namespace detail {
constexpr void require_parts(std::size_t extent, std::size_t parts) {
    if (parts == 0 || extent % parts != 0)
        raise_shape((message() << "split_heads(x, heads): " << extent << " columns are no multiple of " << parts << " heads").text());
}

constexpr void require_groups(std::size_t heads, std::size_t groups) {
    if (groups == 0 || heads % groups != 0)
        raise_shape((message() << "group_heads(x, groups): " << heads << " heads are no multiple of " << groups << " groups").text());
}

/// Axis `From` of x at place `To`, the others in their order; both are counted from the last as −1.
template <int From, int To, array_like X>
constexpr auto with_axis_at(X&& x) {
    constexpr int rank = rank_of<X>, from = rank + From, to = rank + To;
    return [&]<int... I>(std::integer_sequence<int, I...>) {
        return permute<(I == to ? from : from < to ? I + (I >= from && I < to) : I - (I > to && I <= from))...>(static_cast<X&&>(x));
    }(std::make_integer_sequence<int, rank>{});
}
}  // namespace detail

/// The heads that stand side by side in rows, one after the other: a view of x's elements, which may be written to.
/// (…,n,h·d) → (…,h,n,d)
/// Throws: shape_error where h·d is no multiple of `heads`.
template <array_like X>
    requires(detail::lasting<X>)
constexpr auto split_heads(X&& x, std::size_t heads) {
    constexpr std::size_t rank = std::remove_cvref_t<X>::rank_v;
    static_assert(rank >= 2, "sinter: split_heads(x, heads): x must have at least two axes");
    detail::require_parts(x.extent(rank - 1), heads);
    std::array<std::size_t, rank + 1> extents{};
    std::array<std::ptrdiff_t, rank + 1> strides{};
    for (std::size_t i = 0; i + 2 < rank; ++i) extents[i] = x.extent(i), strides[i] = x.stride(i);
    extents[rank] = x.extent(rank - 1) / heads, strides[rank] = x.stride(rank - 1);
    extents[rank - 1] = x.extent(rank - 2), strides[rank - 1] = x.stride(rank - 2);
    extents[rank - 2] = heads, strides[rank - 2] = static_cast<std::ptrdiff_t>(extents[rank]) * strides[rank];
    return detail::view_at(x.data(), extents, strides);
}

/// The same of a formula, as windows that lie side by side.
template <array_like X>
    requires(!detail::lasting<X>)
constexpr auto split_heads(X&& x, std::size_t heads) {
    constexpr int rank = rank_of<X>;
    static_assert(rank >= 2, "sinter: split_heads(x, heads): x must have at least two axes");
    auto const columns = detail::extent_at<-1>(x);
    detail::require_parts(columns, heads);
    std::size_t const width = columns / heads;
    return detail::with_axis_at<-2, -3>(windows<-1>(static_cast<X&&>(x), width, width));
}

/// The inverse: heads that lie side by side in memory, as `split_heads` gives them, as rows. A view of x's elements.
/// (…,h,n,d) → (…,n,h·d)
/// Throws: shape_error where they do not lie so. (A product with what follows, Σₕ xₕWₕ, needs no rows: `linear_of_heads`.)
template <array_like X>
    requires(detail::lasting<X>)
constexpr auto merge_heads(X&& x) {
    constexpr std::size_t rank = std::remove_cvref_t<X>::rank_v;
    static_assert(rank >= 3, "sinter: merge_heads(x): x must have at least three axes");
    std::size_t const heads = x.extent(rank - 3), width = x.extent(rank - 1);
    if (heads > 1 && width > 0 && x.stride(rank - 3) != static_cast<std::ptrdiff_t>(width) * x.stride(rank - 1))
        raise_shape("merge_heads(x): the heads of x do not lie side by side in memory, so their rows are no view");
    std::array<std::size_t, rank - 1> extents{};
    std::array<std::ptrdiff_t, rank - 1> strides{};
    for (std::size_t i = 0; i + 3 < rank; ++i) extents[i] = x.extent(i), strides[i] = x.stride(i);
    extents[rank - 3] = x.extent(rank - 2), strides[rank - 3] = x.stride(rank - 2);
    extents[rank - 2] = heads * width, strides[rank - 2] = x.stride(rank - 1);
    return detail::view_at(x.data(), extents, strides);
}

/// The same of a formula, such as `permute<0, 2, 1, 3>` of (b,n,h,d): its rows, as a formula.  (…,h,n,d) → (…,n,h·d)
template <array_like X>
    requires(!detail::lasting<X>)
constexpr auto merge_heads(X&& x) {
    constexpr int rank = rank_of<X>;
    static_assert(rank >= 3, "sinter: merge_heads(x): x must have at least three axes");
    return ir::merged<rank - 2>(detail::with_axis_at<-3, -2>(static_cast<X&&>(x)));
}

/// The inverse's product with weights, Σₕ xₕWₕ, where x lies anyhow or is a formula.  (…,h,n,e) × (h·e,out) → (…,n,out)
template <array_like X, tensor_like W>
constexpr auto linear_of_heads(X&& x, W const& w, std::size_t heads) {
    static_assert(W::rank_v == 2, "sinter: linear_of_heads(x, w, heads): w must be a matrix");
    detail::require_parts(w.extent(0), heads);
    std::size_t const width = w.extent(0) / heads;
    std::array<std::size_t, 3> const extents{heads, width, w.extent(1)};
    std::array<std::ptrdiff_t, 3> const strides{static_cast<std::ptrdiff_t>(width) * w.stride(0), w.stride(0), w.stride(1)};
    return einsum<"...hne,heo->...no">(static_cast<X&&>(x), detail::view_at(w.data(), extents, strides));
}

/// Heads in groups that follow each other: a view of x's elements.  (…,h,n,d) → (…,g,h/g,n,d)
/// Throws: shape_error where h is no multiple of g.
template <array_like X>
    requires(detail::lasting<X>)
constexpr auto group_heads(X&& x, std::size_t groups) {
    constexpr std::size_t rank = std::remove_cvref_t<X>::rank_v;
    static_assert(rank >= 3, "sinter: group_heads(x, groups): x must have at least three axes");
    std::size_t const heads = x.extent(rank - 3);
    detail::require_groups(heads, groups);
    std::array<std::size_t, rank + 1> extents{};
    std::array<std::ptrdiff_t, rank + 1> strides{};
    for (std::size_t i = 0; i < rank; ++i) {
        std::size_t const to = i + 3 < rank ? i : i + 1;
        extents[to] = x.extent(i), strides[to] = x.stride(i);
    }
    extents[rank - 3] = groups, extents[rank - 2] = heads / groups;
    strides[rank - 3] = static_cast<std::ptrdiff_t>(heads / groups) * x.stride(rank - 3);
    return detail::view_at(x.data(), extents, strides);
}

/// The same of a formula, as windows over the heads that lie side by side.
template <array_like X>
    requires(!detail::lasting<X>)
constexpr auto group_heads(X&& x, std::size_t groups) {
    static_assert(rank_of<X> >= 3, "sinter: group_heads(x, groups): x must have at least three axes");
    std::size_t const heads = detail::extent_at<-3>(x);
    detail::require_groups(heads, groups);
    std::size_t const members = heads / groups;
    return detail::with_axis_at<-1, -3>(windows<rank_of<X> - 3>(static_cast<X&&>(x), members, members));
}

}  // namespace sinter::nn
