// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/core/half.hpp>
#include <sinter/core/own.hpp>

#include <cstdint>
#include <type_traits>

namespace sinter::ir {

/// The element types that a graph can name; `own` is the user's, whose C++ type the operands know.
enum class dtype : std::uint8_t { boolean, i8, u8, i16, u16, i32, u32, i64, u64, f16, bf16, f32, f64, own, none };

namespace detail {
template <class T>
constexpr dtype integer_dtype() {
    constexpr bool is_signed = std::is_signed_v<T>;
    switch (sizeof(T)) {
        case 1: return is_signed ? dtype::i8 : dtype::u8;
        case 2: return is_signed ? dtype::i16 : dtype::u16;
        case 4: return is_signed ? dtype::i32 : dtype::u32;
        default: return is_signed ? dtype::i64 : dtype::u64;
    }
}
}  // namespace detail

/// The name of an element type; `none` for what is no number (a function, a list of extents).
template <class T>
constexpr dtype dtype_of() {
    if constexpr (std::is_same_v<T, bool>) return dtype::boolean;
    else if constexpr (std::is_integral_v<T>) return detail::integer_dtype<T>();
    else if constexpr (std::is_same_v<T, half>) return dtype::f16;
    else if constexpr (std::is_same_v<T, bfloat16>) return dtype::bf16;
    else if constexpr (std::is_same_v<T, float>) return dtype::f32;
    else if constexpr (std::is_same_v<T, double>) return dtype::f64;
    else if constexpr (own_scalar<T>) return dtype::own;
    else return dtype::none;
}

namespace detail {
template <dtype D> struct element;
template <> struct element<dtype::boolean> { using type = bool; };
template <> struct element<dtype::i8> { using type = std::int8_t; };
template <> struct element<dtype::u8> { using type = std::uint8_t; };
template <> struct element<dtype::i16> { using type = std::int16_t; };
template <> struct element<dtype::u16> { using type = std::uint16_t; };
template <> struct element<dtype::i32> { using type = std::int32_t; };
template <> struct element<dtype::u32> { using type = std::uint32_t; };
template <> struct element<dtype::i64> { using type = std::int64_t; };
template <> struct element<dtype::u64> { using type = std::uint64_t; };
template <> struct element<dtype::f16> { using type = half; };
template <> struct element<dtype::bf16> { using type = bfloat16; };
template <> struct element<dtype::f32> { using type = float; };
template <> struct element<dtype::f64> { using type = double; };
}  // namespace detail

/// The C++ type that a name stands for, other than `own`.
template <dtype D>
using element_t = typename detail::element<D>::type;

/// Bytes of an element.
constexpr int bytes_of(dtype d) {
    switch (d) {
        case dtype::boolean: case dtype::i8: case dtype::u8: return 1;
        case dtype::i16: case dtype::u16: case dtype::f16: case dtype::bf16: return 2;
        case dtype::i64: case dtype::u64: case dtype::f64: case dtype::own: return 8;
        default: return 4;
    }
}

/// Floats of 16 bits: they are computed in float.
constexpr bool is_small_float(dtype d) { return d == dtype::f16 || d == dtype::bf16; }
constexpr bool is_integer(dtype d) { return dtype::i8 <= d && d <= dtype::u64; }
constexpr bool is_floating(dtype d) { return is_small_float(d) || d == dtype::f32 || d == dtype::f64 || d == dtype::own; }

/// The type in which two meet: the wider of the same family; a float beside an integer wins; the two of 16 bits meet in f32.
constexpr dtype promote(dtype a, dtype b) {
    if (a == dtype::none) return b;
    if (b == dtype::none) return a;
    if (a != b && is_small_float(a) && is_small_float(b)) return dtype::f32;
    return a > b ? a : b;
}

}  // namespace sinter::ir
