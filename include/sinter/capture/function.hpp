// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>
#include <string_view>

namespace sinter::ir {

/// Elementwise functions that are compositions of operations, with PyTorch's definitions. They are terms of their own so
/// that the argument appears once; the graph expands them.
enum class function : std::uint8_t {
    relu, square, clamp,                        // keep integers
    sigmoid, leaky_relu, elu, celu, selu, gelu, gelu_tanh, silu, mish, softplus, softsign, hard_sigmoid, hard_swish,
};

struct function_info {
    std::string_view name;
    int arity;
    bool keeps_integers;
};

/// The table of these functions, in the order of the enumeration.
inline constexpr function_info function_table[] = {
    {"relu", 1, true},          // max(x, 0)
    {"square", 1, true},        // x²
    {"clamp", 3, true},         // min(max(x, lo), hi)
    {"sigmoid", 1, false},      // 1 / (1 + e⁻ˣ)
    {"leaky_relu", 2, false},   // x > 0 ? x : slope·x
    {"elu", 2, false},          // x > 0 ? x : α(eˣ − 1)
    {"celu", 2, false},         // max(x, 0) + min(α(e^(x/α) − 1), 0)
    {"selu", 1, false},         // 1.0507009873554805 · (x > 0 ? x : 1.6732632423543772 (eˣ − 1))
    {"gelu", 1, false},         // x/2 (1 + erf(x/√2))
    {"gelu_tanh", 1, false},    // x/2 (1 + tanh(√(2/π) (x + 0.044715 x³)))
    {"silu", 1, false},         // x sigmoid(x)
    {"mish", 1, false},         // x tanh(softplus(x))
    {"softplus", 1, false},     // log(1 + eˣ)
    {"softsign", 1, false},     // x / (1 + |x|)
    {"hard_sigmoid", 1, false}, // min(max(x/6 + 1/2, 0), 1)
    {"hard_swish", 1, false},   // x hard_sigmoid(x)
};

constexpr function_info const& info(function f) { return function_table[static_cast<int>(f)]; }
constexpr std::string_view name(function f) { return info(f).name; }

}  // namespace sinter::ir
