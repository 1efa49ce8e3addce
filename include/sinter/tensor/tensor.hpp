// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/tensor/copy.hpp>
#include <sinter/tensor/interface.hpp>
#include <sinter/tensor/nested_list.hpp>
#include <sinter/tensor/storage.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <type_traits>
#include <utility>

namespace sinter {

/// An owning, row-major array of rank sizeof...(E), 64-byte aligned.
///
/// An extent is a number in the type, or `dyn` and then a number at run time. Where none is `dyn`, the elements live in
/// the object, which has no heap memory and can be used in constant expressions.
///
///     tensor<float, dyn, 64> k(n);            // parentheses: the dynamic extents, or all of them; elements are zero
///     matrix<float> a{{1, 2}, {3, 4}};        // braces: values; ragged rows are an error
///     vector<float> v(3), w{3};               // three zeros; one three
///     tensor o = softmax(a);                  // element type and extents from the formula
///
/// Copies are deep; copying into a tensor of another shape gives it that shape (any other assignment needs shapes that
/// agree). A move is O(1) where there is heap memory, and leaves an empty tensor (dynamic extents are 0).
/// Throws: shape_error where extents are negative, too large or other than the type's, and where braces are ragged.
template <class T, std::size_t... E>
class tensor : public tensor_interface<tensor<T, E...>, T, E...> {
    using base = tensor_interface<tensor, T, E...>;
    using storage_type = detail::storage<T, E...>;
    using extents_type = detail::extents<E...>;
    static constexpr std::size_t axes = sizeof...(E);

    static_assert(!std::is_const_v<T>, "sinter: a tensor owns its elements, so their type is not const");
    static_assert(std::is_trivially_copyable_v<T> || own_scalar<T>,
                  "sinter: the elements of a tensor are numbers or of a scalar type of yours (docs/own_types.md)");
    static_assert(axes <= max_rank, "sinter: a tensor has at most sinter::max_rank axes");

public:
    static constexpr bool contiguous = true;

    /// Dynamic extents are 0, elements are zero.
    constexpr tensor() : elements_(extents_type{}) {}

    /// The dynamic extents, or all of them.
    template <std::integral... I>
        requires(sizeof...(I) > 0 && axes > 0)
    constexpr explicit tensor(I... given)
        : elements_(detail::make_extents<extents_type>(
              "tensor", std::array<std::ptrdiff_t, sizeof...(I)>{static_cast<std::ptrdiff_t>(given)...})) {}

    /// All extents at once.
    constexpr explicit tensor(std::array<std::size_t, axes> const& shape)
        requires(axes > 0)
        : elements_(detail::make_extents<extents_type>("tensor", shape)) {}

    /// Values in braces.
    constexpr tensor(detail::nested_list<T, axes> values)
        requires(axes > 0)
        : elements_(detail::make_extents<extents_type>("tensor", detail::checked_list_shape<axes>(values)),
                    detail::uninitialised{}) {
        detail::write_list<axes>(values, data());
    }

    /// The one value of a tensor of rank 0.
    constexpr tensor(std::type_identity_t<T> value)
        requires(axes == 0)
    {
        *data() = value;
    }

    /// The value of a formula.
    template <class X>
        requires is_expression<X>
    SINTER_ENTRY constexpr tensor(X const& x)
        : elements_(detail::make_extents<extents_type>("tensor", shape_of_result(x)), detail::uninitialised{}) {
        assign(*this, x);
    }

    /// A deep copy; explicit where the element type changes.
    template <class X>
        requires(is_tensor<X> && !std::is_same_v<X, tensor>)
    constexpr explicit(!std::is_same_v<typename X::value_type, T>) tensor(X const& x)
        : elements_(extents_from(x), detail::uninitialised{}) {
        detail::copy(*this, x);
    }

    constexpr tensor(tensor const&) = default;
    constexpr tensor(tensor&&) = default;
    constexpr tensor& operator=(tensor const&) = default;
    constexpr tensor& operator=(tensor&&) = default;
    ~tensor() = default;

    /// Evaluates a formula into this tensor; shapes must agree.
    template <class X>
        requires is_expression<X>
    SINTER_ENTRY constexpr tensor& operator=(X const& x) {
        assign(*this, x);
        return *this;
    }
    /// Copies elements; shapes must agree.
    template <class X>
        requires(is_tensor<X> && !std::is_same_v<X, tensor>)
    constexpr tensor& operator=(X const& x) {
        detail::copy(*this, x);
        return *this;
    }
    template <is_operand X>
    SINTER_ENTRY constexpr tensor& operator+=(X const& x) {
        assign(*this, *this + x);
        return *this;
    }
    template <is_operand X>
    SINTER_ENTRY constexpr tensor& operator-=(X const& x) {
        assign(*this, *this - x);
        return *this;
    }
    template <is_operand X>
    SINTER_ENTRY constexpr tensor& operator%=(X const& x) {
        assign(*this, *this % x);
        return *this;
    }

    constexpr void fill(T value) {
        for (T& x : *this) x = value;
    }

    constexpr T* data() { return elements_.data(); }
    constexpr T const* data() const { return elements_.data(); }
    constexpr T* begin() { return data(); }
    constexpr T const* begin() const { return data(); }
    constexpr T* end() { return data() + this->size(); }
    constexpr T const* end() const { return data() + this->size(); }

    /// The distance between neighbours along an axis, in elements.
    constexpr std::ptrdiff_t stride(std::size_t axis) const { return elements_.shape().row_major()[axis]; }

private:
    friend base;
    constexpr decltype(auto) extents_of() const { return elements_.shape(); }

    template <class X>
    static constexpr std::array<std::size_t, axes> shape_of_result(X const& x) {
        static_assert(static_extents_of<X>::value.size() == axes,
                      "sinter: the tensor and the formula it is made from differ in rank");
        static_assert(detail::extents_agree(base::static_extents, static_extents_of<X>::value),
                      "sinter: the tensor and the formula it is made from differ in extents known at compile time");
        if constexpr (std::is_same_v<decltype(result_shape(x)), std::array<std::size_t, axes>>) return result_shape(x);
        else return {};     // the formula has an error of its own
    }
    template <class X>
    static constexpr extents_type extents_from(X const& x) {
        static_assert(X::rank_v == base::rank_v, "sinter: the tensor and what it is copied from differ in rank");
        return detail::make_extents<extents_type>("tensor", x.shape());
    }

    storage_type elements_;
};

template <class T, std::size_t... E>
tensor(view<T, E...> const&) -> tensor<std::remove_const_t<T>, E...>;

namespace detail {
template <class X, std::size_t R>
concept expression_of_rank = is_expression<X> && static_extents_of<X>::value.size() == R;

template <class X>
using value_of = typename value_type_of<X>::type;

/// Some compilers ask for all extents in a guide before they look at its rank, so there is always an answer.
template <class X, std::size_t I>
constexpr std::size_t find_extent() {
    if constexpr (is_expression<X>) {
        if constexpr (I < static_extents_of<X>::value.size()) return static_extents_of<X>::value[I];
    }
    return 0;
}
template <class X, std::size_t I>
inline constexpr std::size_t extent_of = find_extent<X, I>();
}  // namespace detail

// The language wants the extents of `tensor o = formula;` spelled out: one guide for each rank.
template <detail::expression_of_rank<0> X>
tensor(X const&) -> tensor<detail::value_of<X>>;
template <detail::expression_of_rank<1> X>
tensor(X const&) -> tensor<detail::value_of<X>, detail::extent_of<X, 0>>;
template <detail::expression_of_rank<2> X>
tensor(X const&) -> tensor<detail::value_of<X>, detail::extent_of<X, 0>, detail::extent_of<X, 1>>;
template <detail::expression_of_rank<3> X>
tensor(X const&)
    -> tensor<detail::value_of<X>, detail::extent_of<X, 0>, detail::extent_of<X, 1>, detail::extent_of<X, 2>>;
template <detail::expression_of_rank<4> X>
tensor(X const&) -> tensor<detail::value_of<X>, detail::extent_of<X, 0>, detail::extent_of<X, 1>,
                           detail::extent_of<X, 2>, detail::extent_of<X, 3>>;
template <detail::expression_of_rank<5> X>
tensor(X const&) -> tensor<detail::value_of<X>, detail::extent_of<X, 0>, detail::extent_of<X, 1>,
                           detail::extent_of<X, 2>, detail::extent_of<X, 3>, detail::extent_of<X, 4>>;
template <detail::expression_of_rank<6> X>
tensor(X const&) -> tensor<detail::value_of<X>, detail::extent_of<X, 0>, detail::extent_of<X, 1>,
                           detail::extent_of<X, 2>, detail::extent_of<X, 3>, detail::extent_of<X, 4>,
                           detail::extent_of<X, 5>>;
template <detail::expression_of_rank<7> X>
tensor(X const&) -> tensor<detail::value_of<X>, detail::extent_of<X, 0>, detail::extent_of<X, 1>,
                           detail::extent_of<X, 2>, detail::extent_of<X, 3>, detail::extent_of<X, 4>,
                           detail::extent_of<X, 5>, detail::extent_of<X, 6>>;
template <detail::expression_of_rank<8> X>
tensor(X const&) -> tensor<detail::value_of<X>, detail::extent_of<X, 0>, detail::extent_of<X, 1>,
                           detail::extent_of<X, 2>, detail::extent_of<X, 3>, detail::extent_of<X, 4>,
                           detail::extent_of<X, 5>, detail::extent_of<X, 6>, detail::extent_of<X, 7>>;

}  // namespace sinter
