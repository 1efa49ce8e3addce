// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>
#include <limits>
#include <type_traits>

/// Floats of 16 bits. They are what is stored: arithmetic on them is that of float.
namespace sinter {

namespace detail {

/// The exponent has E bits, the fraction F; subnormal numbers, infinities and NaN as in IEEE 754.
template <int E, int F>
class small_float {
public:
    constexpr small_float() = default;

    /// The nearest; of two as near, the even one. What is too large becomes infinite.
    template <class T>
        requires std::is_arithmetic_v<T>
    constexpr small_float(T x) : bits_(rounded(static_cast<double>(x))) {}

    static constexpr small_float from_bits(std::uint16_t bits) {
        small_float x;
        x.bits_ = bits;
        return x;
    }
    constexpr std::uint16_t bits() const { return bits_; }

    constexpr operator float() const {
        std::uint32_t const sign = (bits_ & 0x8000u) << 16, exponent = bits_ >> F & ((1u << E) - 1);
        std::uint32_t const fraction = bits_ & ((1u << F) - 1);
        if (exponent == (1u << E) - 1) return __builtin_bit_cast(float, sign | 0x7f800000u | fraction << (23 - F));
        if (E < 8 && exponent == 0) {
            float const size = static_cast<float>(fraction) * smallest;
            return sign ? -size : size;
        }
        return __builtin_bit_cast(float, sign | (exponent + 127 - bias) << 23 | fraction << (23 - F));
    }

    constexpr small_float& operator+=(float x) { return *this = static_cast<float>(*this) + x; }
    constexpr small_float& operator-=(float x) { return *this = static_cast<float>(*this) - x; }
    constexpr small_float& operator*=(float x) { return *this = static_cast<float>(*this) * x; }
    constexpr small_float& operator/=(float x) { return *this = static_cast<float>(*this) / x; }

private:
    static constexpr int bias = (1 << (E - 1)) - 1;
    static constexpr float smallest = E == 5 ? 0x1p-24f : 0x1p-133f;    // the least subnormal
    std::uint16_t bits_;

    static constexpr std::uint16_t rounded(double x) {
        constexpr std::uint64_t infinity = std::uint64_t{(1u << E) - 1} << F;
        auto const all = __builtin_bit_cast(std::uint64_t, x);
        auto const sign = static_cast<std::uint16_t>(all >> 48 & 0x8000u);
        std::uint64_t const fraction = all & 0xfffffffffffffu;
        int const power = static_cast<int>(all >> 52 & 0x7ff) - 1023;
        if (power == 1024 && fraction != 0)
            return static_cast<std::uint16_t>(sign | infinity | std::uint64_t{1} << (F - 1) | fraction >> (52 - F));
        if (power > bias) return static_cast<std::uint16_t>(sign | infinity);
        int const shift = 52 - F + (power < 1 - bias ? 1 - bias - power : 0);
        if (shift > 54) return sign;
        std::uint64_t const digits = fraction | std::uint64_t{1} << 52, half = std::uint64_t{1} << (shift - 1);
        std::uint64_t const rest = digits & (2 * half - 1), kept = digits >> shift;
        std::uint64_t const exponent = power < 1 - bias ? 0 : static_cast<std::uint64_t>(power + bias - 1);
        return static_cast<std::uint16_t>(sign | ((exponent << F) + kept + (rest > half || (rest == half && (kept & 1)))));
    }
};

template <class T> inline constexpr bool is_small_float = false;
template <int E, int F> inline constexpr bool is_small_float<small_float<E, F>> = true;

}  // namespace detail

/// IEEE 754's binary16: 11 binary digits, at most 65504.
using half = detail::small_float<5, 10>;
/// The upper half of a float: its range with 8 binary digits.
using bfloat16 = detail::small_float<8, 7>;

}  // namespace sinter

template <int E, int F>
class std::numeric_limits<sinter::detail::small_float<E, F>> {
    using T = sinter::detail::small_float<E, F>;
    static constexpr T of(int bits) { return T::from_bits(static_cast<std::uint16_t>(bits)); }

public:
    static constexpr bool is_specialized = true, is_signed = true, is_integer = false, is_exact = false, is_iec559 = true;
    static constexpr bool has_infinity = true, has_quiet_NaN = true, has_signaling_NaN = false, is_bounded = true;
    static constexpr bool is_modulo = false, traps = false, tinyness_before = false;
    static constexpr std::float_round_style round_style = std::round_to_nearest;
    static constexpr int radix = 2, digits = F + 1, digits10 = F * 3 / 10, max_digits10 = 2 + (F + 1) * 3 / 10;
    static constexpr int max_exponent = 1 << (E - 1), min_exponent = 3 - max_exponent;
    static constexpr int max_exponent10 = max_exponent * 30103 / 100000, min_exponent10 = -((1 - min_exponent) * 30103 / 100000);
    static constexpr T min() { return of(1 << F); }
    static constexpr T max() { return of((((1 << E) - 1) << F) - 1); }
    static constexpr T lowest() { return of(0x8000 | ((((1 << E) - 1) << F) - 1)); }
    static constexpr T epsilon() { return of((max_exponent - 1 - F) << F); }
    static constexpr T round_error() { return of((max_exponent - 2) << F); }
    static constexpr T infinity() { return of(((1 << E) - 1) << F); }
    static constexpr T quiet_NaN() { return of((((1 << E) - 1) << F) | 1 << (F - 1)); }
    static constexpr T denorm_min() { return of(1); }
};
