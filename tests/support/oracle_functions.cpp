// SPDX-License-Identifier: BSL-1.0
#include "oracle_steps.hpp"

#include <cmath>
#include <numbers>
#include <stdexcept>

namespace sinter::oracle {

namespace {

double clamp(double x, double low, double high) {
    if (std::isnan(x)) return x;
    return std::fmin(std::fmax(x, low), high);
}

double relu(double x) { return x < 0 ? 0 : x; }
double sigmoid(double x) { return 1 / (1 + std::exp(-x)); }
double softplus(double x) { return x > 0 ? x + std::log1p(std::exp(-x)) : std::log1p(std::exp(x)); }
double elu(double x, double alpha) { return x > 0 ? x : alpha * std::expm1(x); }
double celu(double x, double alpha) { return x > 0 ? x : alpha * std::expm1(x / alpha); }
double gelu(double x) { return x / 2 * std::erfc(-x / std::numbers::sqrt2); }
double gelu_tanh(double x) {
    return x / 2 * (1 + std::tanh(std::sqrt(2 / std::numbers::pi) * (x + 0.044715 * x * x * x)));
}

double value(ir::function f, double const* x) {
    using ir::function;
    switch (f) {
        case function::relu: return relu(x[0]);
        case function::square: return x[0] * x[0];
        case function::clamp: return clamp(x[0], x[1], x[2]);
        case function::sigmoid: return sigmoid(x[0]);
        case function::leaky_relu: return x[0] > 0 ? x[0] : x[1] * x[0];
        case function::elu: return elu(x[0], x[1]);
        case function::celu: return celu(x[0], x[1]);
        case function::selu: return 1.0507009873554804934193349852946 * elu(x[0], 1.6732632423543772848170429916717);
        case function::gelu: return gelu(x[0]);
        case function::gelu_tanh: return gelu_tanh(x[0]);
        case function::silu: return x[0] * sigmoid(x[0]);
        case function::mish: return x[0] * std::tanh(softplus(x[0]));
        case function::softplus: return softplus(x[0]);
        case function::softsign: return x[0] / (1 + std::fabs(x[0]));
        case function::hard_sigmoid: return clamp(x[0] / 6 + 0.5, 0, 1);
        case function::hard_swish: return x[0] * clamp(x[0] / 6 + 0.5, 0, 1);
    }
    throw std::logic_error("the oracle does not know this function");
}

/// Roundings relative to 1, not to the result: what 1 + erf(x) or e^x − 1 lose where they cancel.
double lost(ir::function f, double x, double eps) {
    using ir::function;
    switch (f) {
        case function::gelu: case function::gelu_tanh: case function::mish: case function::silu:
            return 4 * eps * std::fabs(x);
        case function::elu: case function::celu: case function::selu: return 4 * eps;
        case function::softplus: case function::hard_sigmoid: return 2 * eps;
        case function::hard_swish: return 2 * eps * std::fabs(x);
        default: return 0;
    }
}

}  // namespace

array functional(ir::function f, std::vector<array const*> const& args, double eps) {
    array out = map([f](double const* x) { return value(f, x); }, args, eps, 8);
    std::size_t flat = 0;
    for_each_index(out.shape, [&](auto const& index) {
        double const x = args[0]->data[broadcast_position(args[0]->shape, index)];
        if (std::isfinite(x)) out.error[flat] += lost(f, x, eps);
        ++flat;
    });
    return out;
}

}  // namespace sinter::oracle
