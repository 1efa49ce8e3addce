// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/simd/memory.hpp>
#include <sinter/simd/small_float.hpp>

/// \file
/// Loads and stores of another element type, as a cast of C++ converts each: bool and the integers, floats of 16, 32 and 64
/// bits; stores of types of the user's.
/// The compilers' own vector conversion is used, since xsimd converts few pairs of types, and others in each version.
namespace sinter::simd {
inline namespace SINTER_SIMD_ARCH {

namespace detail {
/// bool is stored as a byte that is 0 or 1.
template <class U>
using stored = std::conditional_t<std::is_same_v<U, bool>, std::uint8_t, U>;

template <class T, class U>
SINTER_INLINE batch<T> from_raw(U const* p) {       // width elements
    typename raw<U, width<T>>::type u;
    __builtin_memcpy(&u, p, sizeof u);
    auto const t = __builtin_convertvector(u, typename raw<T, width<T>>::type);
    batch<T> result;
    __builtin_memcpy(static_cast<void*>(&result), &t, sizeof t);
    return result;
}

template <class U, vector V>
SINTER_INLINE void to_raw(U* p, V const& x) {
    using T = element_t<V>;
    typename raw<T, width<T>>::type t;
    __builtin_memcpy(&t, static_cast<void const*>(&x), sizeof t);
    auto const u = __builtin_convertvector(t, typename raw<U, width<T>>::type);
    __builtin_memcpy(p, &u, sizeof u);
}

/// Nonzero becomes 1.
template <class U, vector V>
SINTER_INLINE V storable(V const& x) {
    using T = element_t<V>;
    if constexpr (std::is_same_v<U, bool>) return simd::select(is_true(x), broadcast(T(1)), broadcast(T(0)));
    else return x;
}
}  // namespace detail

/// Lanes T(p[0 … width)).
template <class T, class U>
SINTER_INLINE batch<T> load_as(U const* p) {
    if constexpr (std::is_same_v<T, U>) return load(p);
    else if constexpr (sinter::detail::is_small_float<U>) return detail::load_small<T>(p);
    else return detail::from_raw<T>(reinterpret_cast<detail::stored<U> const*>(p));
}

/// Lanes T(p[i]) for i < n, the others 0.
template <class T, class U>
SINTER_INLINE batch<T> load_first_as(U const* p, int n) {
    if constexpr (std::is_same_v<T, U>) return load_first(p, n);
    else {
        if (n == width<T>) return load_as<T>(p);
        U u[width<T>] = {};
        for (int i = 0; i < n; ++i) u[i] = p[i];
        return load_as<T>(u);
    }
}

/// Lanes T(p[i·stride]) for i < n, the others 0.
template <class T, class U>
SINTER_INLINE batch<T> load_strided_as(U const* p, std::ptrdiff_t stride, int n = width<T>) {
    if constexpr (std::is_same_v<T, U>) return load_strided(p, stride, n);
    else {
        detail::lanes<T> l{};
        for (int i = 0; i < n; ++i) l.at[i] = static_cast<T>(p[i * stride]);
        return batch<T>::load_aligned(l.at);
    }
}

/// p[0 … width) = U(x); for bool, x ≠ 0.
template <class U, vector V>
SINTER_INLINE void store_as(U* p, V const& x) {
    if constexpr (std::is_same_v<element_t<V>, U>) store(p, x);
    else if constexpr (sinter::detail::is_small_float<U>) detail::store_small(p, x);
    else if constexpr (own<U>) detail::store_each(p, x);
    else detail::to_raw(reinterpret_cast<detail::stored<U>*>(p), detail::storable<U>(x));
}

/// p[i] = U(lane i) for i < n.
template <class U, vector V>
SINTER_INLINE void store_first_as(U* p, V const& x, int n) {
    using T = element_t<V>;
    if constexpr (std::is_same_v<T, U>) store_first(p, x, n);
    else {
        if (n == width<T>) return store_as(p, x);
        U u[width<T>];
        store_as(u, x);
        for (int i = 0; i < n; ++i) p[i] = u[i];
    }
}

/// p[i·stride] = U(lane i) for i < n.
template <class U, vector V>
SINTER_INLINE void store_strided_as(U* p, std::ptrdiff_t stride, V const& x, int n = width<element_t<V>>) {
    using T = element_t<V>;
    if constexpr (std::is_same_v<T, U>) store_strided(p, stride, x, n);
    else {
        U u[width<T>];
        store_as(u, x);
        for (int i = 0; i < n; ++i) p[i * stride] = u[i];
    }
}

/// out[i] = in[i] for i < n, all of it in registers.
template <class T, class U>
inline void convert(U const* in, T* out, std::ptrdiff_t n) {
    std::ptrdiff_t i = 0;
#pragma GCC unroll 4
    for (; i + width<T> <= n; i += width<T>) store(out + i, load_as<T>(in + i));
    if (i < n) store_first(out + i, load_first_as<T>(in + i, static_cast<int>(n - i)), static_cast<int>(n - i));
}

}  // namespace SINTER_SIMD_ARCH
}  // namespace sinter::simd
