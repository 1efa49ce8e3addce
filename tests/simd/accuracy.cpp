// SPDX-License-Identifier: BSL-1.0
// The error of exp over every float, in ULP of the double result: a program of its own (half a minute), which fails where exp is
// worse than stated. benchmarks/accuracy has the table of all functions.
#include <sinter/simd/simd.hpp>

#include <bit>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <limits>

namespace {
namespace s = sinter::simd;
using sinter::ir::op;

struct worst_case { double ulps = 0; float at = 0; bool special_ok = true; };

/// Only results that are normal floats count; the others are checked to be 0 (or subnormal), infinite or NaN.
void judge(float x, float got, double want, worst_case& worst) {
    double const size = std::abs(want);
    if (std::isnan(want)) worst.special_ok &= std::isnan(got);
    else if (size >= 0x1p128) worst.special_ok &= std::isinf(got);
    else if (size < 0x1p-126) worst.special_ok &= std::abs(got) < 0x1.8p-126f;
    else {
        std::uint64_t const exponent = std::bit_cast<std::uint64_t>(size) >> 52;
        double const units_in_one = std::bit_cast<double>((2 * 1023 + 23 - exponent) << 52);     // 2^(23 − exponent of the result)
        double const ulps = std::abs(got - want) * units_in_one;
        if (!(ulps <= worst.ulps)) worst = {ulps, x, worst.special_ok};
    }
}

/// eˣ in double. Most floats lie where it needs no function.
double exact(double x) {
    if (std::abs(x) < 0x1p-30) return 1 + x;
    if (x < -128) return 0;
    if (x > 128) return std::numeric_limits<double>::infinity();
    return std::exp(x);
}

worst_case error_of_exp(double last) {
    constexpr int w = s::width<float>;
    worst_case worst;
    float in[w], out[w];
    for (std::uint64_t bits = 0; bits < (1ull << 32); bits += w) {
        for (int i = 0; i < w; ++i) in[i] = std::bit_cast<float>(static_cast<std::uint32_t>(bits + i));
        s::store(out, s::apply<op::exp>(s::load(in)));
        for (int i = 0; i < w; ++i)
            if (!(static_cast<double>(in[i]) > last)) judge(in[i], out[i], exact(in[i]), worst);
    }
    std::printf("%-6s %8.3f ULP at %.9g%s\n", "exp", worst.ulps, worst.at,
                worst.special_ok ? "" : "  (and a special value is wrong)");
    return worst;
}
}  // namespace

// With AVX-512 our own, elsewhere xsimd's, which version 8.1 ends at 88.376: beyond it gives infinity.
#if defined(__AVX512F__)
constexpr double bound = 0.9, last = std::numeric_limits<double>::infinity();
#else
constexpr double bound = 1.6, last = 88.37;
#endif

int main() {
    auto const e = error_of_exp(last);
    return e.ulps > 0 && e.ulps <= bound && e.special_ok ? 0 : 1;
}
