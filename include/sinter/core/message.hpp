// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/core/config.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <string_view>

namespace sinter {

/// Text built without allocation, also in constant expressions: `message() << "matmul: " << a.shape()`.
/// What doesn't fit is cut off; the last three characters are then "...".
class message {
public:
    static constexpr std::size_t capacity = 511;

    constexpr message() = default;
    constexpr explicit message(std::string_view s) { *this << s; }

    constexpr message& operator<<(std::string_view s) {
        for (char c : s) push(c);
        return *this;
    }
    constexpr message& operator<<(char const* s) { return *this << std::string_view(s); }
    constexpr message& operator<<(char c) {
        push(c);
        return *this;
    }
    template <std::integral I>
    constexpr message& operator<<(I value) {
        if constexpr (std::is_signed_v<I>) {
            if (value < 0) {
                push('-');
                return number(~static_cast<unsigned long long>(value) + 1);
            }
        }
        return number(static_cast<unsigned long long>(value));
    }
    /// A shape, as Python writes tuples: () (3,) (3,4). An unknown extent is `?`.
    template <std::size_t R>
    constexpr message& operator<<(std::array<std::size_t, R> const& shape) {
        return list(shape.data(), R);
    }
    template <std::size_t R>
    constexpr message& operator<<(std::array<std::ptrdiff_t, R> const& strides) {
        push('(');
        for (std::size_t i = 0; i < R; ++i) {
            if (i != 0) push(',');
            *this << strides[i];
        }
        if (R == 1) push(',');
        push(')');
        return *this;
    }
    /// The same for a shape whose rank is known at run time only.
    constexpr message& list(std::size_t const* extents, std::size_t rank) {
        push('(');
        for (std::size_t i = 0; i < rank; ++i) {
            if (i != 0) push(',');
            if (extents[i] == dyn) push('?');
            else number(extents[i]);
        }
        if (rank == 1) push(',');
        push(')');
        return *this;
    }

    constexpr std::string_view text() const { return {text_, size_}; }
    constexpr operator std::string_view() const { return text(); }
    constexpr char const* c_str() const { return text_; }
    constexpr std::size_t size() const { return size_; }
    constexpr bool operator==(std::string_view s) const { return text() == s; }

private:
    constexpr void push(char c) {
        if (size_ < capacity) {
            text_[size_++] = c;
            return;
        }
        for (std::size_t i = capacity - 3; i < capacity; ++i) text_[i] = '.';
    }
    constexpr message& number(unsigned long long value) {
        char digits[20] = {};
        int n = 0;
        do digits[n++] = static_cast<char>('0' + value % 10);
        while ((value /= 10) != 0);
        while (n > 0) push(digits[--n]);
        return *this;
    }

    char text_[capacity + 1] = {};
    std::size_t size_ = 0;
};

}  // namespace sinter
