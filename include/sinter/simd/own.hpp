// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/core/own.hpp>
#include <sinter/simd/integer.hpp>

#include <cstddef>
#include <type_traits>

/// \file
/// Scalar types of the user's in place of registers: a batch of such a type is one number.
namespace sinter::simd {
inline namespace SINTER_SIMD_ARCH {

template <class B> inline constexpr bool is_batch = false;
template <class T, class A> inline constexpr bool is_batch<xsimd::batch<T, A>> = true;
template <class T> inline constexpr bool is_batch<integers<T>> = true;

template <class T>
concept own = own_scalar<T> && !is_batch<T>;

template <own T> constexpr T load(T const* p) { return *p; }
template <own T> constexpr T load_first(T const* p, int n) { return n > 0 ? *p : T(0); }
template <class T, class U> requires own<T>
constexpr T load_as(U const* p) { return static_cast<T>(*p); }
template <class T, class U> requires own<T>
constexpr T load_first_as(U const* p, int n) { return n > 0 ? static_cast<T>(*p) : T(0); }
template <class T, class U> requires own<T>
constexpr T load_strided_as(U const* p, std::ptrdiff_t, int n = 1) { return simd::load_first_as<T>(p, n); }

/// x as an element of another type, where it can be one.
template <class U, class T>
constexpr U as_element(T const& x) {
    if constexpr (std::is_same_v<U, bool>) return x != T(0);
    else {
        static_assert(requires { static_cast<U>(x); }, "sinter: o = e: an element of the formula's own type does not convert to that of o");
        return static_cast<U>(x);
    }
}
template <class U, own T> constexpr void store_as(U* p, T const& x) { *p = as_element<U>(x); }
template <class U, own T> constexpr void store_first_as(U* p, T const& x, int n) { if (n > 0) *p = as_element<U>(x); }
template <class U, own T> constexpr void store_strided_as(U* p, std::ptrdiff_t, T const& x, int n = 1) { store_first_as(p, x, n); }

template <class T, class U> requires own<T>
constexpr void convert(U const* in, T* out, std::ptrdiff_t n) {
    for (std::ptrdiff_t i = 0; i < n; ++i) out[i] = static_cast<T>(in[i]);
}

template <class T, class In, class Out> requires own<T>
constexpr void transpose(In const* in, std::ptrdiff_t in_stride, Out* out, std::ptrdiff_t out_stride, int rows, int cols) {
    for (int r = 0; r < rows; ++r)
        for (int c = 0; c < cols; ++c) store_as(out + c * out_stride + r, static_cast<T>(in[r * in_stride + c]));
}

}  // namespace SINTER_SIMD_ARCH
}  // namespace sinter::simd
