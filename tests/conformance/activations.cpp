// SPDX-License-Identifier: BSL-1.0
#include "elementwise.hpp"

namespace conformance {
namespace {

using namespace sinter;

results gelu_of(call const& c) {
    if (c.has("approximate") && c.string("approximate") == "tanh")
        return map_one(c, floats, [](auto x, auto&) { return gelu_tanh(x); });
    return map_one(c, floats, [](auto x, auto&) { return gelu(x); });
}

results swiglu(call const& c) {
    double const alpha = c.real("alpha", 1);
    return {map_two(c.in(0), c.in(1), floats, [=](auto x, auto gate) { return x % sigmoid(alpha * x) % gate; })};
}

}  // namespace

void add_activations(operators& all) {
    all.add("Gelu", gelu_of);
    all.add("SwiGLU", swiglu);
    add_two(all, "PRelu", floats, [](auto x, auto slope) { return where(x < 0, slope % x, x); });
    add_one(all, "Celu", floats, [](auto x, call const& c) { return celu(x, c.real("alpha", 1)); });
    add_one(all, "Elu", floats, [](auto x, call const& c) { return elu(x, c.real("alpha", 1)); });
    add_one(all, "HardSigmoid", floats, [](auto x, call const& c) {
        return clamp(c.real("alpha", 0.2) * x + c.real("beta", 0.5), 0, 1);
    });
    add_one(all, "HardSwish", floats, [](auto x, auto&) { return hard_swish(x); });
    add_one(all, "LeakyRelu", floats, [](auto x, call const& c) { return leaky_relu(x, c.real("alpha", 0.01)); });
    add_one(all, "Mish", floats, [](auto x, auto&) { return mish(x); });
    add_one(all, "Relu", floats, [](auto x, auto&) { return relu(x); });
    add_one(all, "Selu", floats, [](auto x, call const& c) {
        return c.real("gamma", 1.05070102214813232421875) * elu(x, c.real("alpha", 1.67326319217681884765625));
    });
    add_one(all, "Sigmoid", floats, [](auto x, auto&) { return sigmoid(x); });
    add_one(all, "Softplus", floats, [](auto x, auto&) { return softplus(x); });
    add_one(all, "Softsign", floats, [](auto x, auto&) { return softsign(x); });
    add_one(all, "Swish", floats, [](auto x, call const& c) { return x % sigmoid(c.real("alpha", 1) * x); });
    add_one(all, "ThresholdedRelu", floats, [](auto x, call const& c) { return where(x > c.real("alpha", 1), x, 0); });
}

}  // namespace conformance
