// SPDX-License-Identifier: BSL-1.0
// The largest error of each elementwise function on floats, in ULP of the exact result, as a table for docs/accuracy.md.
//
//     accuracy            every function over every 61st float: minutes
//     accuracy all        exp, log, tanh, erf, sigmoid, silu and gelu over all 2^32 floats: hours on a busy machine
//     accuracy all exp    only exp
//
// The reference is the C library in double, whose own errors are some 10^-8 ULP of a float.
#include <sinter/sinter.hpp>

#include <bit>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstring>

namespace {

using sinter::vector;

struct worst_case {
    double ulps = 0, of_argument = 0;
    float at = 0, special_at = 0;
    bool special_wrong = false;
};

/// The distance of neighbouring floats at x ≥ 0.
double last_place(double x) {
    return std::bit_cast<double>(std::bit_cast<std::uint64_t>(x) & 0x7ff0000000000000u) * 0x1p-23;
}

/// Results that are normal floats count; of the others it is asked that they are NaN, infinite, or 0 or subnormal, too.
void judge(float x, float got, double want, worst_case& worst) {
    double const size = std::fabs(want);
    bool special_right = true;
    if (std::isnan(want)) special_right = std::isnan(got);
    else if (size > 0x1.fffffep127) special_right = std::fabs(got) >= 0x1.fffffep127f;
    else if (!std::isfinite(got)) special_right = false;
    else if (size < 0x1p-126) special_right = std::fabs(got) < 0x1.8p-126f;
    else {
        double const off = std::fabs(got - want), ulps = off / last_place(size), argument = std::fabs(static_cast<double>(x));
        double const place = last_place(argument > size ? argument : size);
        if (off > worst.of_argument * place) worst.of_argument = off / place;
        if (!(ulps <= worst.ulps)) worst.ulps = ulps, worst.at = x;
    }
    if (!special_right && !worst.special_wrong) worst.special_wrong = true, worst.special_at = x;
}

char const* only = nullptr;     ///< the function that was asked for; all where none was

template <class Formula, class Reference>
void measure(char const* name, Formula formula, Reference reference, std::uint64_t step) {
    if (only != nullptr && std::strcmp(only, name) != 0) return;
    constexpr int n = 4096;
    vector<float> x(n), y(n);
    worst_case worst;
    for (std::uint64_t bits = 0; bits < (std::uint64_t{1} << 32); bits += n * step) {
        for (int i = 0; i < n; ++i)
            x.data()[i] = std::bit_cast<float>(static_cast<std::uint32_t>(bits + static_cast<std::uint64_t>(i) * step));
        y = formula(x);
        for (int i = 0; i < n; ++i) judge(x.data()[i], y.data()[i], reference(static_cast<double>(x.data()[i])), worst);
    }
    std::printf("| `%s` | %s | %.*f | %.9g | %.2f |", name, step == 1 ? "all" : "every 61st", worst.ulps < 1000 ? 2 : 0,
                worst.ulps, worst.at, worst.of_argument);
    if (worst.special_wrong) std::printf(" infinite, NaN or not 0, other than it should, first at %.9g |\n", worst.special_at);
    else std::printf(" |\n");
    std::fflush(stdout);
}

double normal(double x) { return 0.5 * std::erfc(-x * 0.70710678118654752440); }
double sigmoid_of(double x) { return x < 0 ? std::exp(x) / (1 + std::exp(x)) : 1 / (1 + std::exp(-x)); }
double times(double x, double weight) { return weight == 0 ? 0 * weight : x * weight; }   // −∞ · 0 is the limit, 0

#define SINTER_MEASURE(name, reference, step) \
    measure(#name, [](auto const& x) { return name(x); }, [](double x) -> double { return reference; }, step)

}  // namespace

int main(int argc, char** argv) {
    if (argc > 2) only = argv[2];
    std::uint64_t const every = argc > 1 && std::strcmp(argv[1], "all") == 0 ? 1 : 61, some = 61;
    std::printf("| function | floats visited | largest error in ULP | at | in ULP of the argument, where that is larger | besides |\n"
                "|---|---|---|---|---|---|\n");
    SINTER_MEASURE(exp, std::exp(x), every);
    SINTER_MEASURE(log, std::log(x), every);
    SINTER_MEASURE(tanh, std::tanh(x), every);
    SINTER_MEASURE(erf, std::erf(x), every);
    SINTER_MEASURE(sigmoid, sigmoid_of(x), every);
    SINTER_MEASURE(silu, times(x, sigmoid_of(x)), every);
    SINTER_MEASURE(gelu, times(x, normal(x)), every);
    SINTER_MEASURE(exp2, std::exp2(x), some);
    SINTER_MEASURE(expm1, std::expm1(x), some);
    SINTER_MEASURE(log2, std::log2(x), some);
    SINTER_MEASURE(log1p, std::log1p(x), some);
    SINTER_MEASURE(sqrt, std::sqrt(x), some);
    SINTER_MEASURE(rsqrt, 1 / std::sqrt(x), some);
    SINTER_MEASURE(sin, std::sin(x), some);
    SINTER_MEASURE(cos, std::cos(x), some);
    SINTER_MEASURE(tan, std::tan(x), some);
    SINTER_MEASURE(asin, std::asin(x), some);
    SINTER_MEASURE(acos, std::acos(x), some);
    SINTER_MEASURE(atan, std::atan(x), some);
    SINTER_MEASURE(sinh, std::sinh(x), some);
    SINTER_MEASURE(cosh, std::cosh(x), some);
    SINTER_MEASURE(selu, 1.0507009873554804934 * (x > 0 ? x : 1.6732632423543772848 * std::expm1(x)), some);
    SINTER_MEASURE(softplus, (x > 0 ? x : 0) + std::log1p(std::exp(-std::fabs(x))), some);
    SINTER_MEASURE(softsign, std::isinf(x) ? std::nan("") : x / (1 + std::fabs(x)), some);
    SINTER_MEASURE(mish, times(x, std::tanh((x > 0 ? x : 0) + std::log1p(std::exp(-std::fabs(x))))), some);
    SINTER_MEASURE(gelu_tanh, times(x, 1 / (1 + std::exp(-2 * 0.79788456080286535588 * (x + 0.044715 * x * x * x)))), some);
    SINTER_MEASURE(hard_swish, x <= -3 ? 0 : x >= 3 ? x : x * (x / 6 + 0.5), some);
}
