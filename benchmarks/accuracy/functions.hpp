// SPDX-License-Identifier: BSL-1.0
// The functions whose errors are measured. functions.cpp is compiled for each instruction set; main.cpp asks them all.
#pragma once

#include <span>
#include <string_view>

/// X(name, the result for x in double, true where all floats are asked by --all)
#define SINTER_ACCURACY_FUNCTIONS(X)                                                                            \
    X(exp, std::exp(x), true)                                                                                   \
    X(log, std::log(x), true)                                                                                   \
    X(tanh, std::tanh(x), true)                                                                                 \
    X(erf, std::erf(x), true)                                                                                   \
    X(sigmoid, sigmoid_of(x), true)                                                                             \
    X(silu, times(x, sigmoid_of(x)), true)                                                                      \
    X(gelu, times(x, normal(x)), true)                                                                          \
    X(exp2, std::exp2(x), false)                                                                                \
    X(expm1, std::expm1(x), false)                                                                              \
    X(log2, std::log2(x), false)                                                                                \
    X(log1p, std::log1p(x), false)                                                                              \
    X(sqrt, std::sqrt(x), false)                                                                                \
    X(rsqrt, 1 / std::sqrt(x), false)                                                                           \
    X(sin, std::sin(x), false)                                                                                  \
    X(cos, std::cos(x), false)                                                                                  \
    X(tan, std::tan(x), false)                                                                                  \
    X(asin, std::asin(x), false)                                                                                \
    X(acos, std::acos(x), false)                                                                                \
    X(atan, std::atan(x), false)                                                                                \
    X(sinh, std::sinh(x), false)                                                                                \
    X(cosh, std::cosh(x), false)                                                                                \
    X(selu, 1.0507009873554804934 * (x > 0 ? x : 1.6732632423543772848 * std::expm1(x)), false)                 \
    X(softplus, soft_part(x), false)                                                                            \
    X(softsign, std::isinf(x) ? std::nan("") : x / (1 + std::fabs(x)), false)                                   \
    X(mish, times(x, std::tanh(soft_part(x))), false)                                                           \
    X(gelu_tanh, times(x, 1 / (1 + std::exp(-2 * 0.79788456080286535588 * (x + 0.044715 * x * x * x)))), false) \
    X(hard_swish, x <= -3 ? 0 : x >= 3 ? x : x * (x / 6 + 0.5), false)

namespace accuracy {

/// y[i] = f(x[i])
using function = void (*)(std::span<float const> x, std::span<float> y);

/// The library's functions for one instruction set, compiled in an object of their own. Only a processor that has the set may ask
/// for them.
struct build {
    std::string_view name;
    bool (*runs_here)();
    function const* (*functions)();     ///< in the order of the list above
};

function const* functions_avx2();
function const* functions_avx512();

}  // namespace accuracy
