// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <cstddef>
#include <string_view>  // the iterator tags, at less cost than <iterator>
#include <type_traits>

namespace sinter::detail {

/// Visits strided elements in row-major order of their indices. Holds what it needs of the view, so it may outlive it.
/// `position` is where to start: 0, or the number of elements for the end.
template <class T, std::size_t R>
class strided_iterator {
public:
    using iterator_category = std::forward_iterator_tag;
    using value_type = std::remove_const_t<T>;
    using difference_type = std::ptrdiff_t;
    using pointer = T*;
    using reference = T&;

    constexpr strided_iterator() = default;
    constexpr strided_iterator(T* data, std::array<std::size_t, R> const& shape,
                               std::array<std::ptrdiff_t, R> const& strides, std::size_t position)
        : data_(data), shape_(shape), strides_(strides), position_(position) {}

    constexpr T& operator*() const { return data_[offset_]; }
    constexpr T* operator->() const { return &**this; }
    constexpr strided_iterator& operator++() {
        ++position_;
        for (std::size_t axis = R; axis-- > 0;) {
            offset_ += strides_[axis];
            if (++index_[axis] < shape_[axis]) break;
            offset_ -= strides_[axis] * static_cast<std::ptrdiff_t>(shape_[axis]);
            index_[axis] = 0;
        }
        return *this;
    }
    constexpr strided_iterator operator++(int) {
        auto old = *this;
        ++*this;
        return old;
    }
    constexpr bool operator==(strided_iterator const& other) const { return position_ == other.position_; }

private:
    T* data_ = nullptr;
    std::array<std::size_t, R> shape_{}, index_{};
    std::array<std::ptrdiff_t, R> strides_{};
    std::ptrdiff_t offset_ = 0;
    std::size_t position_ = 0;
};

}  // namespace sinter::detail
