// SPDX-License-Identifier: Apache-2.0
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

/// What view and strided_view share: their writing goes through a const or temporary view, since it is not the view
/// that changes.
template <class Self, class T, std::size_t... E>
class view_interface : public tensor_interface<Self, T, E...> {
    constexpr Self const& me() const { return static_cast<Self const&>(*this); }

public:
    template <is_operand X>
        requires(!std::is_const_v<T>)
    constexpr Self const& operator+=(X const& x) const {
        assign(me(), me() + x);
        return me();
    }
    template <is_operand X>
        requires(!std::is_const_v<T>)
    constexpr Self const& operator-=(X const& x) const {
        assign(me(), me() - x);
        return me();
    }
    template <is_operand X>
        requires(!std::is_const_v<T>)
    constexpr Self const& operator%=(X const& x) const {
        assign(me(), me() % x);
        return me();
    }
    constexpr void fill(std::remove_const_t<T> value) const
        requires(!std::is_const_v<T>)
    {
        for (T& x : me()) x = value;
    }

protected:
    template <class X>
    constexpr Self const& write(X const& x) const {
        static_assert(!std::is_const_v<T>, "sinter: the elements of this view are const");
        if constexpr (!std::is_const_v<T>) {
            if constexpr (is_expression<X>) assign(me(), x);
            else detail::copy(me(), x);
        }
        return me();
    }
};

/// Borrows row-major elements without gaps. T may be const. The elements must outlive the view.
///
///     view<float, dyn, 64> k(pointer, n);         // the dynamic extents, or all of them
///     view_of(values) = softmax(a);               // assignment writes the elements, as with NumPy's a[...] = e
///
/// A view is made from a tensor or view implicitly where the types promise that the extents fit. Copying a view copies
/// the reference; assigning copies elements. For other strides there is strided_view.
template <class T, std::size_t... E>
class view : public view_interface<view<T, E...>, T, E...> {
    using base = tensor_interface<view, T, E...>;
    using extents_type = detail::extents<E...>;
    static constexpr std::size_t axes = sizeof...(E);
    static_assert(axes <= max_rank, "sinter: a view has at most sinter::max_rank axes");

public:
    static constexpr bool contiguous = true;

    template <std::integral... I>
    constexpr explicit view(T* data, I... given)
        : data_(data),
          extents_(detail::make_extents<extents_type>(
              "view", std::array<std::ptrdiff_t, sizeof...(I)>{static_cast<std::ptrdiff_t>(given)...})) {}

    constexpr view(T* data, detail::index_list<axes> shape)
        : data_(data), extents_(detail::make_extents<extents_type>("view", shape.value)) {}

    /// For code that carries strides along: they must be those of row-major elements without gaps.
    constexpr view(T* data, detail::index_list<axes> shape, detail::index_list<axes> strides) : view(data, shape) {
        for (std::size_t i = 0; i < axes; ++i)
            if (this->extent(i) > 1 && strides.value[i] != stride(i))
                raise_shape(message() << "view: the strides " << strides.value << " are not those of a row-major "
                                      << this->shape() << "; use strided_view");
    }

    template <class X>
        requires(is_tensor<X> && std::remove_cvref_t<X>::contiguous && !std::is_same_v<std::remove_cvref_t<X>, view> &&
                 std::remove_cvref_t<X>::rank_v == base::rank_v &&
                 std::is_convertible_v<decltype(std::declval<X&>().data()), T*>)
    constexpr explicit(!detail::extents_convert(std::remove_cvref_t<X>::static_extents, base::static_extents))
        view(X&& x SINTER_LIFETIMEBOUND)
        : data_(x.data()), extents_(detail::make_extents<extents_type>("view", x.shape())) {}

    constexpr view(view const&) = default;
    constexpr view const& operator=(view const& x) const { return this->write(x); }

    template <class X>
        requires(is_expression<X> || is_tensor<X>)
    constexpr view const& operator=(X const& x) const {
        return this->write(x);
    }

    constexpr T* data() const { return data_; }
    constexpr T* begin() const { return data_; }
    constexpr T* end() const { return data_ + this->size(); }
    constexpr std::ptrdiff_t stride(std::size_t axis) const { return extents_.row_major()[axis]; }

private:
    friend base;
    constexpr extents_type const& extents_of() const { return extents_; }

    T* data_;
    [[no_unique_address]] extents_type extents_;
};

/// Borrows elements at any strides, counted in elements; they may be negative or 0 (but not 0 where it is written to).
///
///     strided_view<float, dyn, dyn> column_major(pointer, {rows, columns}, {1, rows});
///
/// Assignment writes the elements, as with view.
template <class T, std::size_t... E>
class strided_view : public view_interface<strided_view<T, E...>, T, E...> {
    using base = tensor_interface<strided_view, T, E...>;
    using extents_type = detail::extents<E...>;
    static constexpr std::size_t axes = sizeof...(E);
    static_assert(axes <= max_rank, "sinter: a view has at most sinter::max_rank axes");

public:
    using iterator = detail::strided_iterator<T, axes>;
    static constexpr bool contiguous = false;

    constexpr strided_view(T* data, detail::index_list<axes> shape, detail::index_list<axes> strides)
        : data_(data), extents_(detail::make_extents<extents_type>("strided_view", shape.value)),
          strides_(strides.value) {}

    template <class X>
        requires(is_tensor<X> && !std::is_same_v<std::remove_cvref_t<X>, strided_view> &&
                 std::remove_cvref_t<X>::rank_v == base::rank_v &&
                 std::is_convertible_v<decltype(std::declval<X&>().data()), T*>)
    constexpr explicit(!detail::extents_convert(std::remove_cvref_t<X>::static_extents, base::static_extents))
        strided_view(X&& x SINTER_LIFETIMEBOUND)
        : data_(x.data()), extents_(detail::make_extents<extents_type>("strided_view", x.shape())) {
        for (std::size_t i = 0; i < axes; ++i) strides_[i] = x.stride(i);
    }

    constexpr strided_view(strided_view const&) = default;
    constexpr strided_view const& operator=(strided_view const& x) const { return this->write(x); }

    template <class X>
        requires(is_expression<X> || is_tensor<X>)
    constexpr strided_view const& operator=(X const& x) const {
        return this->write(x);
    }

    constexpr T* data() const { return data_; }
    constexpr auto begin() const { return iterator(data_, this->shape(), strides_, 0); }
    constexpr auto end() const { return iterator(data_, this->shape(), strides_, this->size()); }
    constexpr std::ptrdiff_t stride(std::size_t axis) const { return strides_[axis]; }

private:
    friend base;
    constexpr extents_type const& extents_of() const { return extents_; }

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
