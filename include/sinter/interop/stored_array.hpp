// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/core/dtype.hpp>
#include <sinter/core/error.hpp>
#include <sinter/core/message.hpp>
#include <sinter/tensor/tensor.hpp>
#include <sinter/tensor/view.hpp>

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

/// What the formats have in common: element types, shapes, and bytes that are read as tensors.
namespace sinter::detail {

static_assert(std::endian::native == std::endian::little, "sinter: files are read on little-endian machines only");

/// An element type, and how files call it.
struct stored_type {
    ir::dtype type;
    std::string_view name;
    std::string_view npy;           ///< after the byte order
    std::string_view safetensors;
};
inline constexpr std::array<stored_type, 13> stored_types{{
    {ir::dtype::boolean, "bool", "b1", "BOOL"}, {ir::dtype::i8, "int8", "i1", "I8"},
    {ir::dtype::u8, "uint8", "u1", "U8"},       {ir::dtype::i16, "int16", "i2", "I16"},
    {ir::dtype::u16, "uint16", "u2", "U16"},    {ir::dtype::i32, "int32", "i4", "I32"},
    {ir::dtype::u32, "uint32", "u4", "U32"},    {ir::dtype::i64, "int64", "i8", "I64"},
    {ir::dtype::u64, "uint64", "u8", "U64"},    {ir::dtype::f16, "float16", "f2", "F16"},
    {ir::dtype::bf16, "bfloat16", "V2", "BF16"},  // NumPy has no such type: two bytes without a meaning
    {ir::dtype::f32, "float32", "f4", "F32"},   {ir::dtype::f64, "float64", "f8", "F64"},
}};

/// T's row of the table.
template <class T>
constexpr stored_type const& stored_type_of() {
    constexpr ir::dtype type = ir::dtype_of<std::remove_const_t<T>>();
    static_assert(type < ir::dtype::own, "sinter: files hold bool, integers, half, bfloat16, float and double");
    return stored_types[static_cast<std::size_t>(type)];
}

inline std::string shape_text(std::vector<std::size_t> const& shape) {
    return std::string(message().list(shape.data(), shape.size()).text());
}

/// How many bytes the elements of a shape fill; nothing where they, or the strides between them, can't be counted.
inline std::optional<std::size_t> bytes_of_shape(std::vector<std::size_t> const& shape, std::size_t each) {
    std::size_t bytes = each;
    bool empty = false;
    for (std::size_t const extent : shape) {
        empty |= extent == 0;
        if (extent != 0 && __builtin_mul_overflow(bytes, extent, &bytes)) return std::nullopt;
    }
    if (bytes > static_cast<std::size_t>(PTRDIFF_MAX)) return std::nullopt;
    return empty ? 0 : bytes;
}

/// An array in a file: what the file says of it, and its bytes, of which there are as many as the shape needs.
struct stored_array {
    std::string where;              ///< how messages begin: the path, and the name where a file has several
    ir::dtype type = ir::dtype::none;  ///< none: a type that the library has not
    std::string type_text;          ///< as the file says it
    std::vector<std::size_t> shape;
    bool columns_first = false;     ///< the first axis is the contiguous one
    std::span<std::byte const> bytes;

    [[noreturn]] void refuse(std::string const& what) const { raise_file(where + ": " + what); }
};

/// Refuses what is not of type T.
template <class T>
void expect_type(stored_array const& a) {
    constexpr auto const& expected = stored_type_of<T>();
    if (a.type != expected.type)
        a.refuse("has elements of type " + a.type_text + ", expected " + std::string(expected.name));
    if constexpr (std::is_same_v<std::remove_const_t<T>, bool>) {
        for (std::size_t i = 0; i < a.bytes.size(); ++i)
            if (a.bytes[i] > std::byte{1})
                a.refuse("element " + std::to_string(i) + " is the byte " +
                         std::to_string(std::to_integer<int>(a.bytes[i])) + ", expected a bool, 0 or 1");
    }
}

/// The shape as one of rank sizeof...(E), which must fit E...
template <std::size_t... E>
std::array<std::size_t, sizeof...(E)> expect_shape(stored_array const& a) {
    constexpr std::array<std::size_t, sizeof...(E)> expected{E...};
    std::array<std::size_t, sizeof...(E)> shape{};
    bool fits = a.shape.size() == expected.size();
    for (std::size_t i = 0; fits && i < expected.size(); ++i) {
        shape[i] = a.shape[i];
        fits = expected[i] == dyn || expected[i] == shape[i];
    }
    if (!fits)
        a.refuse("has shape " + shape_text(a.shape) + ", expected " + std::string((message() << expected).text()));
    return shape;
}

inline bool is_aligned(void const* data, std::size_t alignment) {
    return reinterpret_cast<std::uintptr_t>(data) % alignment == 0;
}

/// A view of elements at `data`, whatever the order of their axes.
template <class T, std::size_t... E>
view<T, E...> view_of_elements(T* data, std::array<std::size_t, sizeof...(E)> const& shape, bool columns_first) {
    if (!columns_first) return view<T, E...>(data, shape);
    std::array<std::ptrdiff_t, sizeof...(E)> strides{};
    std::ptrdiff_t step = 1;
    for (std::size_t i = 0; i < shape.size(); ++i) {
        strides[i] = step;
        step *= static_cast<std::ptrdiff_t>(shape[i]);
    }
    return view<T, E...>(data, shape, strides);
}

/// The elements where they are. Refuses them where they aren't aligned as T is.
template <class T, std::size_t... E>
view<T const, E...> view_of_stored(stored_array const& a) {
    expect_type<T>(a);
    auto const shape = expect_shape<E...>(a);
    if (!is_aligned(a.bytes.data(), alignof(T)))
        a.refuse("begins at an address that is no multiple of " + std::to_string(alignof(T)) +
                 ", so that its elements cannot be used in place; read copies them");
    return view_of_elements<T const, E...>(reinterpret_cast<T const*>(a.bytes.data()), shape, a.columns_first);
}

/// A copy of the elements, row-major.
template <class T, std::size_t... E>
tensor<T, E...> tensor_of_stored(stored_array const& a) {
    expect_type<T>(a);
    auto const shape = expect_shape<E...>(a);
    if (is_aligned(a.bytes.data(), alignof(T))) return tensor<T, E...>(view_of_stored<T, E...>(a));
    tensor<T, dyn> aligned(a.bytes.size() / sizeof(T));
    std::memcpy(aligned.data(), a.bytes.data(), a.bytes.size());
    return tensor<T, E...>(view_of_elements<T, E...>(aligned.data(), shape, a.columns_first));
}

}  // namespace sinter::detail
