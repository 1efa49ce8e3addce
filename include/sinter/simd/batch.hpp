// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/core/op.hpp>
#include <sinter/simd/arch.hpp>
#include <sinter/simd/integer.hpp>
#include <sinter/simd/own.hpp>
#include <sinter/simd/strict.hpp>

#include <limits>
#include <type_traits>
#include <utility>

namespace sinter::simd {
inline namespace SINTER_SIMD_ARCH {

namespace detail {
template <class T>
struct registers {
    using batch = xsimd::batch<T, instruction_set>;
    using mask = xsimd::batch_bool<T, instruction_set>;
};
template <integer T>
struct registers<T> {
    using batch = integers<T>;
    using mask = integer_mask<T>;
};
template <own T>
struct registers<T> {
    using batch = T;
    using mask = bool;
};

template <class T>
inline constexpr int width_of = static_cast<int>(registers<T>::batch::size);
template <own T>
inline constexpr int width_of<T> = 1;
}  // namespace detail

/// The vector of T that fills a register of this translation unit's instruction set; T is float, double or an `integer`.
/// Of a scalar type of the user's: T itself.
template <class T>
using batch = typename detail::registers<T>::batch;

/// One truth value for each lane.
template <class T>
using mask = typename detail::registers<T>::mask;

/// Lanes of a batch.
template <class T>
inline constexpr int width = detail::width_of<T>;

/// Vector registers of this translation unit's instruction set.
#if defined(__AVX512F__) || defined(__aarch64__)
inline constexpr int register_count = 32;
#else
inline constexpr int register_count = 16;
#endif

template <class B> inline constexpr bool is_mask = false;
template <class T, class A> inline constexpr bool is_mask<xsimd::batch_bool<T, A>> = true;
template <class T> inline constexpr bool is_mask<integer_mask<T>> = true;

/// A number: what `apply` and `combine` take beside batches.
template <class T>
concept scalar = std::is_floating_point_v<T> || integer<T> || own<T>;

template <class V>
concept vector = is_batch<V>;

/// A number or a batch of numbers.
template <class V>
concept value = scalar<V> || vector<V>;

namespace detail {
template <class V> struct element { using type = V; };
template <class T, class A> struct element<xsimd::batch<T, A>> { using type = T; };
template <class T, class A> struct element<xsimd::batch_bool<T, A>> { using type = T; };
template <class T> struct element<integers<T>> { using type = T; };
template <class T> struct element<integer_mask<T>> { using type = T; };
}  // namespace detail

/// The type of a number, or of a lane.
template <class V>
using element_t = typename detail::element<V>::type;

namespace detail {
template <class V> struct mask_for { using type = bool; };
template <vector V> struct mask_for<V> { using type = mask<element_t<V>>; };
}  // namespace detail

/// One truth value for each number in V, a batch or a number.
template <class V>
using mask_of = typename detail::mask_for<V>::type;

/// Integers, or a batch of them.
template <class V>
concept whole = value<V> && integer<element_t<V>>;

/// x in every lane.
template <class T>
SINTER_INLINE batch<T> broadcast(T x) { return batch<T>(x); }

/// x as a V, a number or a batch.
template <value V>
SINTER_INLINE constexpr V constant(element_t<V> x) { return V(x); }

namespace detail {
template <class T>
struct alignas(64) lanes {
    T at[width<T>];
};

/// A batch as the compilers' vectors, whose lanes they shuffle.
template <class T>
using vec = typename raw<T, width<T>>::type;

template <class T>
SINTER_INLINE vec<T> to_vec(batch<T> const& x) {
    vec<T> v;
    __builtin_memcpy(&v, static_cast<void const*>(&x), sizeof v);
    return v;
}

template <class T>
SINTER_INLINE batch<T> from_vec(vec<T> v) {
    batch<T> x;
    __builtin_memcpy(static_cast<void*>(&x), &v, sizeof v);
    return x;
}

template <class T>
inline constexpr lanes<T> iota_lanes = [] {
    lanes<T> l{};
    for (int i = 0; i < width<T>; ++i) l.at[i] = static_cast<T>(i);
    return l;
}();
}  // namespace detail

/// 0, 1, 2, …
template <class T>
SINTER_INLINE batch<T> iota() {
    if constexpr (own<T>) return T(0);
    else return batch<T>::load_aligned(detail::iota_lanes<T>.at);
}

/// Sums, differences and products of integers, modulo 2 to the number of bits.
template <integer T>
SINTER_INLINE constexpr T wrapped_add(T a, T b) {
    using U = std::make_unsigned_t<T>;
    return static_cast<T>(static_cast<U>(a) + static_cast<U>(b));
}
template <integer T>
SINTER_INLINE constexpr T wrapped_sub(T a, T b) {
    using U = std::make_unsigned_t<T>;
    return static_cast<T>(static_cast<U>(a) - static_cast<U>(b));
}
template <integer T>
SINTER_INLINE constexpr T wrapped_mul(T a, T b) {
    using U = std::make_unsigned_t<T>;
    return static_cast<T>(static_cast<U>(a) * static_cast<U>(b));
}

/// A number of the graph as a T. What no integer can be becomes the largest or the least.
template <class T>
constexpr T number(double x) {
    if constexpr (integer<T>) {
        using limits = std::numeric_limits<T>;
        constexpr double end = static_cast<double>(limits::max() / 2 + 1) * 2;
        if (!(x < end)) return limits::max();
        if (x < (std::is_unsigned_v<T> ? -0x1p63 : -end)) return limits::min();
        if (x < 0 && std::is_unsigned_v<T>) return static_cast<T>(static_cast<std::int64_t>(x));
        return static_cast<T>(x);
    } else {
        return static_cast<T>(x);
    }
}

// What xsimd has under the same name is a function object here, so that an unqualified call does not find both.

/// a·b + c, rounded once where the hardware does so.
struct fma_t {
    template <vector V>
    SINTER_INLINE V operator()(V const& a, V const& b, V const& c) const {
        if constexpr (whole<V>) return a * b + c;
        else return xsimd::fma(a, b, c);
    }

    template <scalar T>
    SINTER_INLINE constexpr T operator()(T a, T b, T c) const {
        if constexpr (own<T>) return static_cast<T>(a * b + c);
        else if constexpr (integer<T>) return wrapped_add(wrapped_mul(a, b), c);
#ifdef __FMA__
        else if (!std::is_constant_evaluated()) {
            if constexpr (std::is_same_v<T, float>) return __builtin_fmaf(a, b, c);
            else return __builtin_fma(a, b, c);
        }
#endif
        if constexpr (!own<T>) return a * b + c;
    }
};
inline constexpr fma_t fma{};

// Masks. For numbers a mask is a bool, so that one kernel body serves both.

template <class M>
concept truth_value = is_mask<M> || std::is_same_v<M, bool>;

template <truth_value M>
SINTER_INLINE constexpr M mask_and(M const& a, M const& b) {
    if constexpr (is_mask<M>) return a & b;
    else return a && b;
}
template <truth_value M>
SINTER_INLINE constexpr M mask_or(M const& a, M const& b) {
    if constexpr (is_mask<M>) return a | b;
    else return a || b;
}
template <truth_value M>
SINTER_INLINE constexpr M mask_not(M const& a) { return !a; }

struct all_t {
    template <truth_value M>
    SINTER_INLINE constexpr bool operator()(M const& a) const {
        if constexpr (requires { a.any(); }) return !(!a).any();
        else if constexpr (is_mask<M>) return xsimd::all(a);
        else return a;
    }
};
inline constexpr all_t all{};

struct any_t {
    template <truth_value M>
    SINTER_INLINE constexpr bool operator()(M const& a) const {
        if constexpr (requires { a.any(); }) return a.any();
        else if constexpr (is_mask<M>) return xsimd::any(a);
        else return a;
    }
};
inline constexpr any_t any{};

/// a where m, b elsewhere.
struct select_t {
    template <vector V>
    SINTER_INLINE V operator()(mask<element_t<V>> const& m, V const& a, V const& b) const {
        if constexpr (whole<V>) return V::from(m.bits ? a.v : b.v);
        else return xsimd::select(m, a, b);
    }
    template <class T> requires (!vector<T>)
    SINTER_INLINE constexpr T operator()(bool m, T a, T b) const { return m ? a : b; }
};
inline constexpr select_t select{};

/// a ≠ b, true where either is NaN. (xsimd 8.1's own is false there with AVX and AVX-512.)
template <value V>
SINTER_INLINE constexpr auto differs(V const& a, V const& b) {
    using T [[maybe_unused]] = element_t<V>;
#if defined(__AVX512F__)
    if constexpr (std::is_same_v<V, batch<float>>) return mask<T>(_mm512_cmp_ps_mask(a, b, _CMP_NEQ_UQ));
    else if constexpr (std::is_same_v<V, batch<double>>) return mask<T>(_mm512_cmp_pd_mask(a, b, _CMP_NEQ_UQ));
    else
#elif defined(__AVX__)
    if constexpr (std::is_same_v<V, batch<float>>) return mask<T>(_mm256_cmp_ps(a, b, _CMP_NEQ_UQ));
    else if constexpr (std::is_same_v<V, batch<double>>) return mask<T>(_mm256_cmp_pd(a, b, _CMP_NEQ_UQ));
    else
#endif
    if constexpr (own<V>) return compare_own<ir::op::not_equal>(a, b);
    else return a != b;
}

/// Lanes that are not zero (NaN is not zero).
template <value V>
SINTER_INLINE constexpr auto is_true(V const& a) { return differs(a, V(element_t<V>(0))); }

/// The mask of a comparison or of a logical operation; nonzero (NaN too) is true.
template <ir::op O, value V>
SINTER_INLINE constexpr auto compare(V const& a, V const& b) {
    if constexpr (own<V> && O >= ir::op::less && O <= ir::op::not_equal) return compare_own<O>(a, b);
    else if constexpr (O == ir::op::less) return a < b;
    else if constexpr (O == ir::op::less_equal) return a <= b;
    else if constexpr (O == ir::op::greater) return a > b;
    else if constexpr (O == ir::op::greater_equal) return a >= b;
    else if constexpr (O == ir::op::equal) return a == b;
    else if constexpr (O == ir::op::not_equal) return differs(a, b);
    else if constexpr (O == ir::op::logical_and) return mask_and(is_true(a), is_true(b));
    else if constexpr (O == ir::op::logical_or) return mask_or(is_true(a), is_true(b));
    else static_assert(O == ir::op::less, "compare requires an operation with two arguments whose result is a mask");
}

/// Lanes below n.
template <class T>
SINTER_INLINE mask<T> first_lanes(int n) { return iota<T>() < broadcast(static_cast<T>(n)); }

}  // namespace SINTER_SIMD_ARCH
}  // namespace sinter::simd
