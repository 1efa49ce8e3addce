// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <limits>

/// \file
/// Elementary functions in constant expressions, where the C library cannot be called. They are evaluated in long double
/// and rounded once at the end, by textbook series after a reduction of the argument; at run time nothing here is used.
/// Cost: a few hundred steps of constant evaluation per call. sin, cos and tan lose digits beyond |x| = 10⁹.
namespace sinter::simd::constant {

using real = long double;

inline constexpr real inf = std::numeric_limits<real>::infinity();
inline constexpr real nan = std::numeric_limits<real>::quiet_NaN();
inline constexpr real pi = 3.141592653589793238462643383279502884L;
inline constexpr real half_pi = pi / 2;
inline constexpr real ln2 = 0.693147180559945309417232121458176568L;

constexpr bool is_nan(real x) { return x != x; }
constexpr bool is_negative(real x) {            // -0 too; clang has no signbit for constants
    return x < 0 || (x == 0 && __builtin_bit_cast(unsigned long long, static_cast<double>(x)) >> 63 != 0);
}
constexpr real abs(real x) { return is_negative(x) ? -x : x; }
constexpr real with_sign_of(real x, real s) { return is_negative(s) ? -abs(x) : abs(x); }

constexpr real floor(real x) {
    if (!(abs(x) < 0x1p62L) || x == 0) return x;
    real const t = static_cast<real>(static_cast<long long>(x));
    return with_sign_of(t > x ? t - 1 : t, x);
}

constexpr real ceil(real x) { return -floor(-x); }

/// Half to even.
constexpr real round(real x) {
    if (!(abs(x) < 0x1p62L)) return x;
    real const below = floor(x), rest = x - below;
    bool const up = rest > 0.5L || (rest == 0.5L && floor(below / 2) * 2 != below);
    return with_sign_of(up ? below + 1 : below, x);
}

/// x · 2^k
constexpr real scale(real x, int k) {
    real const factor = k < 0 ? 0.5L : 2.0L;
    for (int i = k < 0 ? -k : k; i > 0; --i) x *= factor;
    return x;
}

constexpr real sqrt(real x) {
    if (is_nan(x) || x == 0 || x == inf) return x;
    if (x < 0) return nan;
    int k = 0;
    while (x >= 4) { x /= 4; ++k; }
    while (x < 1) { x *= 4; --k; }
    real y = 1 + (x - 1) / 3;
    for (int i = 0; i < 6; ++i) y = (y + x / y) / 2;
    return scale(y, k);
}

/// e^x - 1 by its series, for small x.
constexpr real expm1_series(real x) {
    real sum = 0, term = x;
    for (int i = 2; i < 30; ++i) { sum += term; term *= x / i; }
    return sum;
}

constexpr real exp(real x) {
    if (is_nan(x) || x == inf) return x;
    if (x > 11000) return inf;
    if (x < -11000) return 0;
    real const k = round(x / ln2);
    real const r = (x - k * 0x1.62e42fefp-1L) - k * (ln2 - 0x1.62e42fefp-1L);
    return scale(1 + expm1_series(r), static_cast<int>(k));
}

constexpr real exp2(real x) {
    if (is_nan(x) || !(abs(x) < 11000)) return exp(x);
    real const k = round(x);
    return scale(1 + expm1_series((x - k) * ln2), static_cast<int>(k));
}

constexpr real expm1(real x) { return x == 0 ? x : abs(x) < 0.35L ? expm1_series(x) : exp(x) - 1; }

/// 2·artanh(z), for |z| < 0.2
constexpr real twice_artanh(real z) {
    real sum = 0, power = z;
    for (int i = 1; i < 60; i += 2) { sum += power / i; power *= z * z; }
    return 2 * sum;
}

constexpr real log2_parts(real x, real& mantissa) {     // x = mantissa · 2^result, mantissa near 1
    int k = 0;
    while (x > 1.42L) { x /= 2; ++k; }
    while (x < 0.71L) { x *= 2; --k; }
    mantissa = x;
    return k;
}

constexpr real log(real x) {
    if (is_nan(x) || x == inf) return x;
    if (x <= 0) return x == 0 ? -inf : nan;
    real m = 1;
    real const k = log2_parts(x, m);
    return k * ln2 + twice_artanh((m - 1) / (m + 1));
}

constexpr real log2(real x) {
    if (!(x > 0) || x == inf) return log(x);
    real m = 1;
    real const k = log2_parts(x, m);
    return k + twice_artanh((m - 1) / (m + 1)) / ln2;
}

constexpr real log1p(real x) { return x == 0 ? x : abs(x) < 0.3L ? twice_artanh(x / (2 + x)) : log(1 + x); }

/// sin(x + quarter · π/2)
constexpr real sine(real x, int quarter) {
    if (is_nan(x) || abs(x) == inf) return nan;
    real const k = round(x / half_pi);
    real const r = (x - k * 0x1.921fb544p0L) - k * (half_pi - 0x1.921fb544p0L);
    int const q = static_cast<int>((static_cast<long long>(abs(k) < 0x1p62L ? k : 0) + quarter) & 3);
    real sum = 0, term = q % 2 == 0 ? r : 1;
    for (int i = q % 2 == 0 ? 2 : 1; i < 30; i += 2) { sum += term; term *= -r * r / (i * (i + 1)); }
    return q >= 2 ? -sum : sum;
}

constexpr real sin(real x) { return x == 0 ? x : sine(x, 0); }
constexpr real cos(real x) { return sine(x, 1); }
constexpr real tan(real x) { return x == 0 ? x : sin(x) / cos(x); }

constexpr real atan(real x) {
    if (is_nan(x) || x == 0) return x;
    if (abs(x) == inf) return with_sign_of(half_pi, x);
    if (abs(x) > 1) return with_sign_of(half_pi, x) - atan(1 / x);
    for (int i = 0; i < 3; ++i) x = x / (1 + sqrt(1 + x * x));
    real sum = 0, power = x;
    for (int i = 1; i < 60; i += 2) { sum += power / i; power *= -x * x; }
    return 8 * sum;
}

constexpr real asin(real x) {
    if (!(abs(x) <= 1)) return nan;
    return abs(x) == 1 ? with_sign_of(half_pi, x) : atan(x / sqrt((1 - x) * (1 + x)));
}

constexpr real acos(real x) {
    if (!(abs(x) <= 1)) return nan;
    return x == -1 ? pi : 2 * atan(sqrt((1 - x) / (1 + x)));
}

constexpr real sinh(real x) {
    if (!(abs(x) < 11000)) return x;
    real const m = expm1(abs(x));
    return with_sign_of((m + m / (m + 1)) / 2, x);
}

constexpr real cosh(real x) {
    if (!(abs(x) < 11000)) return abs(x);
    return (exp(x) + exp(-x)) / 2;
}

constexpr real tanh(real x) {
    if (is_nan(x) || x == 0) return x;
    if (abs(x) > 30) return with_sign_of(1, x);
    real const m = expm1(2 * abs(x));
    return with_sign_of(m / (m + 2), x);
}

/// 2/√π · e^(-x²) · Σ 2ⁿ x^(2n+1) / (2n+1)!!
constexpr real erf(real x) {
    if (is_nan(x) || x == 0) return x;
    if (abs(x) > 7) return with_sign_of(1, x);
    real sum = 0, term = x;
    for (int i = 3; i < 600 && abs(term) > abs(sum) * 1e-21L; i += 2) { sum += term; term *= 2 * x * x / i; }
    return 2 / sqrt(pi) * exp(-x * x) * sum;
}

/// IEEE 754: pow(x, 0) and pow(1, y) are 1 for every x and y, NaN too.
constexpr real pow(real x, real y) {
    if (y == 0 || x == 1) return 1;
    if (is_nan(x) || is_nan(y)) return nan;
    bool const whole = floor(y) == y, odd = whole && abs(y) < 0x1p62L && floor(y / 2) * 2 != y;
    if (abs(y) == inf) return abs(x) == 1 ? 1 : (abs(x) > 1) == (y > 0) ? inf : 0;
    if (x == 0 || abs(x) == inf) {
        real const size = (x == 0) == (y > 0) ? 0 : inf;
        return odd && is_negative(x) ? -size : size;
    }
    if (x < 0 && !whole) return nan;
    if (whole && abs(y) < 64) {
        real product = 1;
        for (int i = 0; i < abs(y); ++i) product *= x;
        return y < 0 ? 1 / product : product;
    }
    real const size = exp(y * log(abs(x)));
    return odd && x < 0 ? -size : size;
}

constexpr real atan2(real y, real x) {
    if (is_nan(x) || is_nan(y)) return nan;
    if (y == 0) return is_negative(x) ? with_sign_of(pi, y) : y;
    if (x == 0) return with_sign_of(half_pi, y);
    if (abs(y) == inf && abs(x) == inf) return with_sign_of(x > 0 ? pi / 4 : 3 * pi / 4, y);
    if (abs(y) == inf) return with_sign_of(half_pi, y);
    if (abs(x) == inf) return with_sign_of(x > 0 ? 0 : pi, y);
    real const a = atan(abs(y) / abs(x));
    return with_sign_of(x > 0 ? a : pi - a, y);
}

/// x as a T; beyond its range, infinity.
template <class T>
constexpr T narrow(real x) {
    using limits = std::numeric_limits<T>;
    constexpr real beyond = static_cast<real>(limits::max()) * (1 + static_cast<real>(limits::epsilon()) / 4);
    if (abs(x) >= beyond) return is_negative(x) ? -limits::infinity() : limits::infinity();
    return static_cast<T>(x);
}

}  // namespace sinter::simd::constant
