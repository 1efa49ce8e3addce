// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/core/error.hpp>
#include <sinter/core/message.hpp>

#include <array>
#include <cstddef>
#include <initializer_list>

namespace sinter::detail {

template <class T, std::size_t R>
struct nested {
    using type = std::initializer_list<typename nested<T, R - 1>::type>;
};
template <class T>
struct nested<T, 0> {
    using type = T;
};

/// Braces as deep as the rank: nested_list<float, 2> is what {{1, 2}, {3, 4}} becomes.
template <class T, std::size_t R>
using nested_list = typename nested<T, R>::type;

/// The shape of a list, read off its first entries.
template <std::size_t R, std::size_t Axis = 0, class List>
constexpr void list_shape(List const& list, std::array<std::size_t, R>& shape) {
    shape[Axis] = list.size();
    if constexpr (Axis + 1 < R) {
        if (list.size() != 0) list_shape<R, Axis + 1>(*list.begin(), shape);
    }
}

/// Raises where a list is ragged.
template <std::size_t R, std::size_t Axis = 0, class List>
constexpr void check_list(List const& list, std::array<std::size_t, R> const& shape) {
    if (list.size() != shape[Axis])
        raise_shape(message() << "values in braces: ragged along axis " << Axis << ": " << list.size()
                              << " entries where the first list has " << shape[Axis]);
    if constexpr (Axis + 1 < R) {
        for (auto const& inner : list) check_list<R, Axis + 1>(inner, shape);
    }
}

/// Writes the values in row-major order and returns the place behind the last.
template <std::size_t R, class T, class List>
constexpr T* write_list(List const& list, T* to) {
    for (auto const& inner : list) {
        if constexpr (R == 1) *to++ = inner;
        else to = write_list<R - 1>(inner, to);
    }
    return to;
}

template <std::size_t R, class List>
constexpr std::array<std::size_t, R> checked_list_shape(List const& list) {
    std::array<std::size_t, R> shape{};
    list_shape<R>(list, shape);
    check_list<R>(list, shape);
    return shape;
}

}  // namespace sinter::detail
