// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/capture/functions.hpp>
#include <sinter/evaluate.hpp>
#include <sinter/tensor/view.hpp>

#include <array>
#include <cstddef>
#include <type_traits>
#include <utility>

namespace sinter::nn::detail {

/// An extent of an operand, counted from the last as axis −1; a constant where the compiler knows it.
template <int I, class X>
constexpr std::size_t extent_at(X const& x) {
    constexpr auto axis = static_cast<std::size_t>(rank_of<X const&> + I);
    if constexpr (shape_of<X const&>.extent[axis] != dyn) return shape_of<X const&>.extent[axis];
    else if constexpr (tensor_like<X>) return x.extent(axis);
    else return result_shape(x)[axis];
}

/// A tensor that outlives the expression, or a view: what a view can be made of.
template <class X>
concept lasting = tensor_like<X> && (std::is_lvalue_reference_v<X> || !captured::is_owner<std::remove_cvref_t<X>>);

/// What a view of nothing but zeros shows, at strides of 0.
template <class T>
inline constexpr T zero{};

/// A view, of which nothing is known at compile time but its rank.
template <class T, std::size_t R>
constexpr auto view_at(T* data, std::array<std::size_t, R> const& extents, std::array<std::ptrdiff_t, R> const& strides) {
    return [&]<std::size_t... D>(std::index_sequence<D...>) {
        return view<T, (static_cast<void>(D), dyn)...>(data, extents, strides);
    }(std::make_index_sequence<R>{});
}

/// A tensor or view, read as a view of which nothing is known but its rank: layers of one rank share their code.
template <tensor_like X>
constexpr auto seen(X const& x) {
    std::array<std::ptrdiff_t, X::rank_v> strides{};
    for (std::size_t i = 0; i < strides.size(); ++i) strides[i] = x.stride(i);
    return view_at<typename X::value_type const>(x.data(), x.shape(), strides);
}

}  // namespace sinter::nn::detail
