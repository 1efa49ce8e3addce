// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/core/config.hpp>
#include <sinter/core/half.hpp>
#include <sinter/core/own.hpp>

#include <cstddef>
#include <type_traits>

namespace sinter {

/// Base of everything that holds or borrows elements: tensor, view.
struct tensor_base {};

/// Owns its elements; row-major. `dyn` marks an extent that is known at run time only. Defined in tensor/tensor.hpp.
template <class T, std::size_t... E>
class tensor;

/// Borrows elements, row-major or at any strides; T may be const. Defined in tensor/view.hpp.
template <class T, std::size_t... E>
class view;

/// Another name of view, for where the strides are the point.
template <class T, std::size_t... E>
using strided_view = view<T, E...>;

template <class T, std::size_t Rows = dyn, std::size_t Columns = dyn>
using matrix = tensor<T, Rows, Columns>;

template <class T, std::size_t Size = dyn>
using vector = tensor<T, Size>;

/// Whether E is an unevaluated formula; specialised where formulas are defined.
template <class E>
inline constexpr bool is_expression_v = false;

template <class E>
concept is_expression = is_expression_v<std::remove_cvref_t<E>>;

/// Whether X is a tensor or a view.
template <class X>
concept is_tensor = std::is_base_of_v<tensor_base, std::remove_cvref_t<X>>;

/// How an object of another library becomes a view: `static auto of(X& x)`, and whether its elements outlive a temporary X:
/// `static constexpr bool borrows`. The headers of interop/ define it for theirs; so may you for yours.
template <class X>
struct view_maker;

/// Whether X, as a function's forwarding reference deduces it, may stand in a formula as the view of its elements.
template <class X>
concept viewable =
    requires(std::remove_reference_t<X>& x) { view_maker<std::remove_cvref_t<X>>::of(x); } &&
    (std::is_lvalue_reference_v<X> || view_maker<std::remove_cvref_t<X>>::borrows);

/// Whether X is a plain number, or one of a type of the user's.
template <class X>
concept is_number = std::is_arithmetic_v<std::remove_cvref_t<X>> || detail::is_small_float<std::remove_cvref_t<X>> ||
                    (!is_tensor<X> && !is_expression<X> && own_scalar<std::remove_cvref_t<X>>);

/// What may stand on the right of `o += x`.
template <class X>
concept is_operand = is_tensor<X> || is_expression<X> || is_number<X> || viewable<X const&>;

/// `::type` is the element type of the result of an expression; specialised where formulas are defined.
template <class E>
struct value_type_of;

/// `::value` is a std::array of the extents of the result (dyn where unknown); specialised where formulas are defined.
template <class E>
struct static_extents_of;

}  // namespace sinter
