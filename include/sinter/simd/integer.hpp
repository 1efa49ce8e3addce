// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/simd/arch.hpp>

#include <cstddef>
#include <cstdint>
#include <type_traits>

/// \file
/// Registers of integers, by the compilers' own vectors: xsimd leaves out the multiplication of 64 bits without AVX-512DQ,
/// and its versions differ in what they compare. Arithmetic wraps around, as unsigned numbers do.
namespace sinter::simd {
inline namespace SINTER_SIMD_ARCH {

/// The integers in which formulas are computed.
template <class T>
concept integer = std::is_same_v<T, std::int32_t> || std::is_same_v<T, std::int64_t> || std::is_same_v<T, std::uint64_t>;

namespace detail {
template <class T, int N>
struct raw {
    using type [[gnu::vector_size(sizeof(T) * N)]] = T;
};

/// Bytes of a register.
inline constexpr std::size_t register_bytes = xsimd::batch<float>::size * sizeof(float);

template <class T>
inline constexpr int integer_width = static_cast<int>(register_bytes / sizeof(T));
}  // namespace detail

/// A namespace of their own, in which their friends are found and nothing else.
namespace registers_of_integers {

/// One truth value for each lane: all bits, or none.
template <integer T>
struct integer_mask {
    using vec = typename detail::raw<std::make_signed_t<T>, detail::integer_width<T>>::type;
    vec bits;

    SINTER_INLINE friend integer_mask operator&(integer_mask a, integer_mask b) { return {a.bits & b.bits}; }
    SINTER_INLINE friend integer_mask operator|(integer_mask a, integer_mask b) { return {a.bits | b.bits}; }
    SINTER_INLINE friend integer_mask operator&&(integer_mask a, integer_mask b) { return {a.bits & b.bits}; }
    SINTER_INLINE friend integer_mask operator||(integer_mask a, integer_mask b) { return {a.bits | b.bits}; }
    SINTER_INLINE integer_mask operator!() const { return {~bits}; }

    SINTER_INLINE bool any() const {
        std::make_signed_t<T> all = 0;
        for (int i = 0; i < detail::integer_width<T>; ++i) all |= bits[i];
        return all != 0;
    }
};

/// A register of T, with the interface of xsimd's batches as far as it is used.
template <integer T>
class integers {
    using unsigned_vec = typename detail::raw<std::make_unsigned_t<T>, detail::integer_width<T>>::type;

public:
    using value_type = T;
    using vec = typename detail::raw<T, detail::integer_width<T>>::type;
    using mask = integer_mask<T>;
    static constexpr std::size_t size = detail::integer_width<T>;
    vec v;

    integers() = default;
    SINTER_INLINE integers(T x) : v(vec{} + x) {}
    SINTER_INLINE explicit integers(mask const& m) : v(reinterpret_cast<vec>(m.bits & 1)) {}
    SINTER_INLINE static integers from(vec x) {
        integers r;
        r.v = x;
        return r;
    }

    SINTER_INLINE static integers load_unaligned(T const* p) {
        integers r;
        __builtin_memcpy(&r.v, p, sizeof r.v);
        return r;
    }
    SINTER_INLINE static integers load_aligned(T const* p) { return load_unaligned(p); }
    SINTER_INLINE void store_unaligned(T* p) const { __builtin_memcpy(p, &v, sizeof v); }
    SINTER_INLINE void store_aligned(T* p) const { store_unaligned(p); }

    SINTER_INLINE friend integers operator+(integers a, integers b) { return wrapped(bits(a) + bits(b)); }
    SINTER_INLINE friend integers operator-(integers a, integers b) { return wrapped(bits(a) - bits(b)); }
    SINTER_INLINE friend integers operator*(integers a, integers b) { return wrapped(bits(a) * bits(b)); }
    SINTER_INLINE friend integers operator&(integers a, integers b) { return from(a.v & b.v); }
    SINTER_INLINE friend integers operator|(integers a, integers b) { return from(a.v | b.v); }
    SINTER_INLINE friend integers operator^(integers a, integers b) { return from(a.v ^ b.v); }
    SINTER_INLINE integers operator~() const { return from(~v); }
    SINTER_INLINE integers operator-() const { return wrapped(-bits(*this)); }

    SINTER_INLINE friend mask operator<(integers a, integers b) { return truth(a.v < b.v); }
    SINTER_INLINE friend mask operator<=(integers a, integers b) { return truth(a.v <= b.v); }
    SINTER_INLINE friend mask operator>(integers a, integers b) { return truth(a.v > b.v); }
    SINTER_INLINE friend mask operator>=(integers a, integers b) { return truth(a.v >= b.v); }
    SINTER_INLINE friend mask operator==(integers a, integers b) { return truth(a.v == b.v); }
    SINTER_INLINE friend mask operator!=(integers a, integers b) { return truth(a.v != b.v); }

    // What a function of the user's may ask for, found by argument-dependent lookup as with xsimd's batches.
    SINTER_INLINE friend integers select(mask const& m, integers a, integers b) { return from(m.bits ? a.v : b.v); }
    SINTER_INLINE friend integers min(integers a, integers b) { return from(a.v < b.v ? a.v : b.v); }
    SINTER_INLINE friend integers max(integers a, integers b) { return from(a.v > b.v ? a.v : b.v); }
    SINTER_INLINE friend integers abs(integers a) {
        if constexpr (std::is_unsigned_v<T>) return a;
        else return max(a, -a);         // the least number stays: its opposite wraps around to itself
    }

private:
    SINTER_INLINE static unsigned_vec bits(integers a) { return reinterpret_cast<unsigned_vec>(a.v); }
    SINTER_INLINE static integers wrapped(unsigned_vec x) { return from(reinterpret_cast<vec>(x)); }
    template <class Bits>
    SINTER_INLINE static mask truth(Bits x) { return {reinterpret_cast<typename mask::vec>(x)}; }
};

}  // namespace registers_of_integers
using registers_of_integers::integer_mask;
using registers_of_integers::integers;

}  // namespace SINTER_SIMD_ARCH
}  // namespace sinter::simd
