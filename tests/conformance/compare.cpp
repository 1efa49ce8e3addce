// SPDX-License-Identifier: BSL-1.0
#include "compare.hpp"

#include <bit>
#include <cmath>
#include <cstring>
#include <limits>
#include <sstream>

namespace conformance {
namespace {

double from_half(std::uint16_t h) {
    int const exponent = h >> 10 & 31, fraction = h & 1023;
    double const sign = h >> 15 ? -1 : 1;
    if (exponent == 31) return fraction ? std::numeric_limits<double>::quiet_NaN() : sign * std::numeric_limits<double>::infinity();
    if (exponent == 0) return sign * std::ldexp(fraction, -24);
    return sign * std::ldexp(1024 + fraction, exponent - 25);
}

double from_bfloat(std::uint16_t h) { return std::bit_cast<float>(static_cast<std::uint32_t>(h) << 16); }

template <class T>
T element(array const& a, std::size_t i) {
    T x;
    std::memcpy(&x, a.bytes.data() + i * sizeof(T), sizeof(T));
    return x;
}

bool is_integer(dtype d) { return d < dtype::f16; }

/// An element as a double; exact for everything but large 64-bit integers, which are compared as they are.
double real(array const& a, std::size_t i) {
    switch (a.type) {
        case dtype::boolean: case dtype::u8: return element<std::uint8_t>(a, i);
        case dtype::i8: return element<std::int8_t>(a, i);
        case dtype::i16: return element<std::int16_t>(a, i);
        case dtype::u16: return element<std::uint16_t>(a, i);
        case dtype::i32: return element<std::int32_t>(a, i);
        case dtype::u32: return element<std::uint32_t>(a, i);
        case dtype::i64: return static_cast<double>(element<std::int64_t>(a, i));
        case dtype::u64: return static_cast<double>(element<std::uint64_t>(a, i));
        case dtype::f16: return from_half(element<std::uint16_t>(a, i));
        case dtype::bf16: return from_bfloat(element<std::uint16_t>(a, i));
        case dtype::f32: return element<float>(a, i);
        case dtype::f64: return element<double>(a, i);
    }
    return 0;
}

bool same_bits(array const& a, array const& b, std::size_t i) {
    std::size_t const n = info(a.type).bytes;
    return std::memcmp(a.bytes.data() + i * n, b.bytes.data() + i * n, n) == 0;
}

/// The error of element i in units of the bound; above 1 it is too large.
double error(array const& got, array const& want, std::size_t i, bound allowed) {
    double const inf = std::numeric_limits<double>::infinity();
    if (is_integer(got.type)) return same_bits(got, want, i) ? 0 : inf;
    double const g = real(got, i), w = real(want, i);
    if (g == w || (std::isnan(g) && std::isnan(w))) return 0;
    if (!std::isfinite(g) || !std::isfinite(w)) return inf;
    return std::abs(g - w) / (allowed.atol + allowed.rtol * std::abs(w));
}

}  // namespace

bound bound_of(dtype type, bound of_case) {
    switch (type) {
        case dtype::f32: return {1e-5, 1e-7};
        case dtype::f64: return {1e-12, 1e-12};
        case dtype::f16: case dtype::bf16: return of_case;
        default: return {0, 0};
    }
}

comparison compare(array const& got, array const& want, bound allowed) {
    std::ostringstream said;
    comparison result;
    if (got.type != want.type) said << "element type " << info(got.type).name << ", expected " << info(want.type).name;
    else if (got.shape != want.shape) said << "shape " << text(got.shape) << ", expected " << text(want.shape);
    else {
        std::size_t worst = 0, wrong = 0;
        for (std::size_t i = 0; i < want.size(); ++i) {
            double const e = error(got, want, i, allowed);
            wrong += e > 1;
            if (e > result.largest) result.largest = e, worst = i;
        }
        said.precision(std::numeric_limits<double>::max_digits10);
        if (wrong != 0)
            said << wrong << " of " << want.size() << " elements differ; element " << worst << " is " << real(got, worst)
                 << ", expected " << real(want, worst) << ", " << result.largest << " times the bound";
    }
    result.difference = said.str();
    return result;
}

}  // namespace conformance
