// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/tensor/view.hpp>
#include <sinter/tensor/view_of.hpp>

#include <xtensor/xexpression.hpp>
#include <xtensor/xshape.hpp>
#include <xtensor/xstrided_view.hpp>
#include <xtensor/xview.hpp>

#include <array>
#include <cstddef>
#include <type_traits>
#include <utility>

/// xtensor's objects in formulas. What lies in memory with strides (xtensor, xtensor_fixed, adaptors, views of ranges) and
/// has a rank by its type may stand in a formula, and view_of(x) shows and takes its elements, whatever their layout.
/// Of a rank known at run time only (xarray, strided_view), view_of<R>(x) says it.
///
///     view_of(o) = sinter::softmax(view_of(q) * sinter::transpose(k)) * v;
///     view_of<2>(array) = 2.0f * view_of(o);
namespace sinter {

namespace detail {
template <class X>
concept xtensor_in_memory = xt::is_xexpression<std::remove_cv_t<X>>::value && requires(X& x) {
    x.data();
    x.data_offset();
    x.strides();
    x.shape();
};

/// The view's type, where the shape's type tells the rank.
template <class T, class Shape>
struct xtensor_view {};
template <class T, class S, std::size_t R>
struct xtensor_view<T, std::array<S, R>> : dynamic_view<T, std::make_index_sequence<R>> {};
template <class T, std::size_t... E>
struct xtensor_view<T, xt::fixed_shape<E...>> { using type = view<T, E...>; };

template <class X>
using xtensor_element = std::remove_pointer_t<decltype(std::declval<X&>().data())>;

/// Views that refer to what they show; all others are taken for owners.
template <class X>
inline constexpr bool xtensor_borrows = false;
template <class X, class... S>
inline constexpr bool xtensor_borrows<xt::xview<X&, S...>> = true;
template <class X, class S, xt::layout_type L, class F>
inline constexpr bool xtensor_borrows<xt::xstrided_view<X&, S, L, F>> = true;

template <class View, class X>
View view_of_xtensor(X& x) {
    std::array<std::ptrdiff_t, View::rank()> shape{}, strides{};
    for (std::size_t i = 0; i < shape.size(); ++i) {
        shape[i] = static_cast<std::ptrdiff_t>(x.shape()[i]);
        strides[i] = shape[i] == 1 ? 1 : static_cast<std::ptrdiff_t>(x.strides()[i]);     // xtensor says 0 for extents of 1
    }
    return View(x.data() + static_cast<std::ptrdiff_t>(x.data_offset()), shape, strides);
}
}  // namespace detail

template <detail::xtensor_in_memory X>
    requires requires { typename detail::xtensor_view<float, typename X::shape_type>::type; }
struct view_maker<X> {
    static constexpr bool borrows = detail::xtensor_borrows<X>;

    template <class Y>
        requires std::is_same_v<std::remove_const_t<Y>, X>
    static auto of(Y& x) {
        return detail::view_of_xtensor<typename detail::xtensor_view<detail::xtensor_element<Y>, typename X::shape_type>::type>(x);
    }
};

/// An object whose rank is known at run time only, as a view of rank R. Throws: shape_error where it has another.
template <std::size_t R, class X>
    requires(detail::xtensor_in_memory<std::remove_reference_t<X>> &&
             (std::is_lvalue_reference_v<X> || detail::xtensor_borrows<std::remove_cvref_t<X>>))
auto view_of(X&& x) {
    if (x.dimension() != R)
        raise_shape(message() << "view_of<" << R << ">: the object has " << x.dimension() << " axes");
    using T = detail::xtensor_element<std::remove_reference_t<X>>;
    return detail::view_of_xtensor<typename detail::dynamic_view<T, std::make_index_sequence<R>>::type>(x);
}

}  // namespace sinter
