// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/tensor/copy.hpp>
#include <sinter/tensor/interface.hpp>
#include <sinter/tensor/strided_iterator.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <type_traits>
#include <utility>

namespace sinter {

/// Borrows elements, row-major or at any strides. T may be const. The elements must outlive the view.
///
///     view<float, dyn, 3> x(pointer, n);                  // row-major: the dynamic extents, or all
///     view<float, dyn, dyn> y(pointer, {n, m}, {1, n});   // extents, strides: column-major
///
/// Strides count elements; they may be negative or 0 (but not 0 where the view is written to).
/// Tensors and views convert to views where the extents fit. Copying a view copies the reference; assigning writes the
/// elements, also through a const or temporary view, since it is not the view that changes.
/// Throws: shape_error where extents are negative or other than the type's.
template <class T, std::size_t... E>
class view : public tensor_interface<view<T, E...>, T, E...> {
    using base = tensor_interface<view, T, E...>;
    using extents_type = detail::extents<E...>;
    static constexpr std::size_t axes = sizeof...(E);
    static_assert(axes <= max_rank, "sinter: a view has at most sinter::max_rank axes");

public:
    using iterator = detail::strided_iterator<T, axes>;
    static constexpr bool contiguous = false;  ///< not known before run time

    /// Row-major: the dynamic extents, or all of them.
    template <std::integral... I>
    constexpr explicit view(T* data, I... given)
        : data_(data),
          extents_(detail::make_extents<extents_type>(
              "view", std::array<std::ptrdiff_t, sizeof...(I)>{static_cast<std::ptrdiff_t>(given)...})),
          strides_(extents_.row_major()) {}

    /// Row-major: all extents, in braces or a std::array.
    constexpr view(T* data, detail::index_list<axes> shape)
        : data_(data), extents_(detail::make_extents<extents_type>("view", shape.value)),
          strides_(extents_.row_major()) {}

    /// All extents and strides, in braces or a std::array.
    constexpr view(T* data, detail::index_list<axes> shape, detail::index_list<axes> strides)
        : data_(data), extents_(detail::make_extents<extents_type>("view", shape.value)), strides_(strides.value) {}

    template <class X>
        requires(is_tensor<X> && !std::is_same_v<std::remove_cvref_t<X>, view> &&
                 std::remove_cvref_t<X>::rank_v == base::rank_v &&
                 std::is_convertible_v<decltype(std::declval<X&>().data()), T*>)
    constexpr explicit(!detail::extents_convert(std::remove_cvref_t<X>::static_extents, base::static_extents))
        view(X&& x SINTER_LIFETIMEBOUND)
        : data_(x.data()), extents_(detail::make_extents<extents_type>("view", x.shape())) {
        for (std::size_t i = 0; i < axes; ++i) strides_[i] = x.stride(i);
    }

    constexpr view(view const&) = default;
    SINTER_ENTRY constexpr view const& operator=(view const& x) const { return write(x); }

    template <class X>
        requires(is_expression<X> || is_tensor<X>)
    SINTER_ENTRY constexpr view const& operator=(X const& x) const {
        return write(x);
    }
    template <is_operand X>
        requires(!std::is_const_v<T>)
    SINTER_ENTRY constexpr view const& operator+=(X const& x) const {
        assign(*this, *this + x);
        return *this;
    }
    template <is_operand X>
        requires(!std::is_const_v<T>)
    SINTER_ENTRY constexpr view const& operator-=(X const& x) const {
        assign(*this, *this - x);
        return *this;
    }
    template <is_operand X>
        requires(!std::is_const_v<T>)
    SINTER_ENTRY constexpr view const& operator%=(X const& x) const {
        assign(*this, *this % x);
        return *this;
    }
    constexpr void fill(std::remove_const_t<T> value) const
        requires(!std::is_const_v<T>)
    {
        for (T& x : *this) x = value;
    }

    /// The element with indices 0; where strides are negative, others lie before it.
    constexpr T* data() const { return data_; }
    constexpr iterator begin() const { return {data_, this->shape(), strides_, 0}; }  ///< in row-major order of indices
    constexpr iterator end() const { return {data_, this->shape(), strides_, this->size()}; }

    /// The distance between neighbours along an axis, in elements.
    constexpr std::ptrdiff_t stride(std::size_t axis) const { return strides_[axis]; }

private:
    friend base;
    constexpr extents_type const& extents_of() const { return extents_; }

    template <class X>
    SINTER_ENTRY constexpr view const& write(X const& x) const {
        static_assert(!std::is_const_v<T>, "sinter: the elements of this view are const");
        if constexpr (!std::is_const_v<T>) {
            if constexpr (is_expression<X>) assign(*this, x);
            else detail::copy(*this, x);
        }
        return *this;
    }

    T* data_;
    [[no_unique_address]] extents_type extents_;
    std::array<std::ptrdiff_t, axes> strides_{};
};

namespace detail {
template <class>
inline constexpr std::size_t dyn_for = dyn;
}  // namespace detail

template <class T, std::integral... I>
view(T*, I...) -> view<T, detail::dyn_for<I>...>;
template <class T, std::size_t... E>
view(tensor<T, E...>&) -> view<T, E...>;
template <class T, std::size_t... E>
view(tensor<T, E...> const&) -> view<T const, E...>;

}  // namespace sinter
