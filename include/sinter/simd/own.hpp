// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/core/op.hpp>
#include <sinter/core/own.hpp>
#include <sinter/simd/integer.hpp>

#include <concepts>
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

/// a O b. `<` and `==` are enough; where a type has the other operators they are called.
template <ir::op O, own T>
constexpr bool compare_own(T const& a, T const& b) {
    using enum ir::op;
    if constexpr (O == equal || O == not_equal) {
        constexpr bool known = requires { static_cast<bool>(a == b); };
        static_assert(known, "sinter: the formula compares numbers of a scalar type of the user's, which has no operator==");
        if constexpr (known) return static_cast<bool>(a == b) == (O == equal);
        else return false;
    } else {
        constexpr bool known = requires { static_cast<bool>(a < b); };
        static_assert(known, "sinter: the formula orders numbers of a scalar type of the user's (<, min, max, amax, variance, "
                             "relu, topk, ...), which has no operator<");
        if constexpr (!known) return false;
        else if constexpr (O == less) return static_cast<bool>(a < b);
        else if constexpr (O == greater) return static_cast<bool>(b < a);
        else if constexpr (O == less_equal && requires { static_cast<bool>(a <= b); }) return static_cast<bool>(a <= b);
        else if constexpr (O == greater_equal && requires { static_cast<bool>(a >= b); }) return static_cast<bool>(a >= b);
        else return compare_own<(O == less_equal ? less : greater)>(a, b) || compare_own<equal>(a, b);
    }
}

/// x as a T; an integer that T has no constructor for, or several, by way of double.
template <own T, class U>
constexpr T own_number(U const& x) {
    if constexpr (std::constructible_from<T, U const&>) return static_cast<T>(x);
    else return static_cast<T>(static_cast<double>(x));
}

template <own T> constexpr T load(T const* p) { return *p; }
template <own T> constexpr T first(T const& x) { return x; }
template <own T> constexpr T load_first(T const* p, int n) { return n > 0 ? *p : T(0); }
template <class T, class U> requires own<T>
constexpr T load_as(U const* p) { return own_number<T>(*p); }
template <class T, class U> requires own<T>
constexpr T load_first_as(U const* p, int n) { return n > 0 ? own_number<T>(*p) : T(0); }
template <class T, class U> requires own<T>
constexpr T load_strided_as(U const* p, std::ptrdiff_t, int n = 1) { return simd::load_first_as<T>(p, n); }

/// x as an element of another type, where it can be one.
template <class U, class T>
constexpr U as_element(T const& x) {
    if constexpr (std::is_same_v<U, bool>) return compare_own<ir::op::not_equal>(x, T(0));
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
    for (std::ptrdiff_t i = 0; i < n; ++i) out[i] = own_number<T>(in[i]);
}

template <class T, class In, class Out> requires own<T>
constexpr void transpose(In const* in, std::ptrdiff_t in_stride, Out* out, std::ptrdiff_t out_stride, int rows, int cols) {
    for (int r = 0; r < rows; ++r)
        for (int c = 0; c < cols; ++c) store_as(out + c * out_stride + r, own_number<T>(in[r * in_stride + c]));
}

}  // namespace SINTER_SIMD_ARCH
}  // namespace sinter::simd
