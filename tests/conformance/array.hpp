// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/core/half.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

/// Arrays whose element type and rank are known at run time, as case files have them.
namespace conformance {

using shape_t = std::vector<std::size_t>;
using strides_t = std::vector<std::ptrdiff_t>;

enum class dtype { boolean, i8, u8, i16, u16, i32, u32, i64, u64, f16, bf16, f32, f64 };

struct dtype_info {
    std::string_view name;      ///< in case.json
    std::size_t bytes;
    int onnx;                   ///< ONNX's code
};

/// In the order of the enumeration. bfloat16 is stored in files as float32.
inline constexpr std::array<dtype_info, 13> dtype_table{{
    {"bool", 1, 9}, {"int8", 1, 3}, {"uint8", 1, 2}, {"int16", 2, 5}, {"uint16", 2, 4},
    {"int32", 4, 6}, {"uint32", 4, 12}, {"int64", 8, 7}, {"uint64", 8, 13},
    {"float16", 2, 10}, {"bfloat16", 2, 16}, {"float32", 4, 1}, {"float64", 8, 11},
}};
constexpr dtype_info const& info(dtype d) { return dtype_table[static_cast<std::size_t>(d)]; }

/// Floats of 16 bits.
constexpr bool is_narrow(dtype d) { return d == dtype::f16 || d == dtype::bf16; }

/// The operator, or this way of using it, cannot be expressed: the reason. Not a failure.
struct not_applicable : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// A case or a file that cannot be what it says.
struct bad_case : std::runtime_error {
    using std::runtime_error::runtime_error;
};

template <class T>
constexpr dtype dtype_of() {
    using U = std::remove_const_t<T>;
    if constexpr (std::is_same_v<U, bool>) return dtype::boolean;
    else if constexpr (std::is_same_v<U, float>) return dtype::f32;
    else if constexpr (std::is_same_v<U, double>) return dtype::f64;
    else if constexpr (std::is_same_v<U, sinter::half>) return dtype::f16;
    else if constexpr (std::is_same_v<U, sinter::bfloat16>) return dtype::bf16;
    else {
        static_assert(std::is_integral_v<U>);
        constexpr int size = sizeof(U) == 1 ? 0 : sizeof(U) == 2 ? 2 : sizeof(U) == 4 ? 4 : 6;
        return static_cast<dtype>(1 + size + (std::is_unsigned_v<U> ? 1 : 0));
    }
}

inline std::size_t size_of(std::span<std::size_t const> shape) {
    std::size_t n = 1;
    for (auto const extent : shape) n *= extent;
    return n;
}

/// Strides of a row-major array, in elements.
inline strides_t row_major(shape_t const& shape) {
    strides_t strides(shape.size());
    std::ptrdiff_t next = 1;
    for (std::size_t i = shape.size(); i-- > 0;) strides[i] = next, next *= static_cast<std::ptrdiff_t>(shape[i]);
    return strides;
}

/// A row-major array. Elements start at zero.
struct array {
    dtype type = dtype::f32;
    shape_t shape;
    std::vector<std::byte> bytes;

    array() = default;
    array(dtype t, shape_t s) : type(t), shape(std::move(s)), bytes(size_of(shape) * info(t).bytes) {}

    std::size_t size() const { return size_of(shape); }
    std::size_t rank() const { return shape.size(); }
    template <class T>
    T* data() {
        if (dtype_of<T>() != type) throw std::logic_error("an array is read as another type than it has");
        return reinterpret_cast<T*>(bytes.data());
    }
    template <class T>
    T const* data() const { return const_cast<array*>(this)->data<T>(); }
};

/// An array of T.
template <class T>
array array_of(shape_t shape) { return array(dtype_of<T>(), std::move(shape)); }

template <class T>
array array_of(shape_t shape, std::vector<T> const& values) {
    array result = array_of<T>(std::move(shape));
    for (std::size_t i = 0; i < values.size(); ++i) result.data<T>()[i] = values[i];
    return result;
}

inline std::string text(shape_t const& shape) {
    std::string s = "(";
    for (std::size_t i = 0; i < shape.size(); ++i) s += (i ? ", " : "") + std::to_string(shape[i]);
    return s + ")";
}

}  // namespace conformance
