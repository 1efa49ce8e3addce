// SPDX-License-Identifier: BSL-1.0
// (a + b % c) / (d + 1) and other formulas without a reduction.
#include "support/types.hpp"

namespace sinter::test {
namespace {

BOOST_AUTO_TEST_CASE_TEMPLATE(vectors, T, real_types) {
    generator g(seed());
    for (size n : lengths) {
        auto a = make<vector<T>>(g, -1, 1, n), b = make<vector<T>>(g, -1, 1, n), c = make<vector<T>>(g, -1, 1, n);
        auto d = make<vector<T>>(g, 0, 2, n);
        verify("(a + b % c) / (d + 1)", (a + b % c) / (d + 1), vector<T>(n), near<T>());
    }
}

BOOST_AUTO_TEST_CASE_TEMPLATE(broadcast_planes, T, real_types) {
    generator g(seed());
    for (auto [n, m] : planes) {
        auto a = make<matrix<T>>(g, -1, 1, n, m), b = make<matrix<T>>(g, -1, 1, n, 1);
        auto c = make<vector<T>>(g, -1, 1, m);
        auto d = make<matrix<T>>(g, 0, 2, 1, m);
        verify("broadcast", (a + b % c) / (d + 1), matrix<T>(n, m), near<T>());
    }
}

BOOST_AUTO_TEST_CASE_TEMPLATE(static_extents, T, real_types) {
    generator g(seed());
    auto a = make<matrix<T, 7, 9>>(g, -1, 1), b = make<matrix<T, 7, 9>>(g, -1, 1);
    auto c = make<matrix<T, 1, 9>>(g, -1, 1);
    auto d = make<matrix<T, 7, 1>>(g, 0, 2);
    verify("static extents", (a + b % c) / (d + 1), matrix<T, 7, 9>(), near<T>());
}

BOOST_AUTO_TEST_CASE_TEMPLATE(transposed_operand, T, real_types) {
    generator g(seed());
    for (auto [n, m] : planes) {
        auto a = make<matrix<T>>(g, -1, 1, n, m), b = make<matrix<T>>(g, -1, 1, m, n);
        verify("a + bT", a + transpose(b) * 2, matrix<T>(n, m), near<T>());
    }
}

BOOST_AUTO_TEST_CASE_TEMPLATE(functions_and_masks, T, real_types) {
    generator g(seed());
    for (size n : lengths) {
        auto a = make<vector<T>>(g, -3, 3, n), b = make<vector<T>>(g, -3, 3, n);
        verify("activations", silu(a) + gelu(b) % tanh(a) - softplus(-a), vector<T>(n), near<T>(64));
        verify("masks", where(a < b && !(a < 0), exp(a), max(a, b) - 1), vector<T>(n), near<T>());
        verify("coordinates", where(coord<0> < 5, a, b % coord<-1>), vector<T>(n), near<T>());
    }
}

/// All activations with a bend or a parameter, at lengths around those of registers and tiles.
BOOST_AUTO_TEST_CASE_TEMPLATE(activations, T, real_types) {
    generator g(seed());
    for (size n : lengths) {
        auto a = make<vector<T>>(g, -8, 8, n), b = make<vector<T>>(g, -5, 5, n), s = make<vector<T>>(g, 0.5, 2, n);
        verify("selu", selu(a), vector<T>(n), near<T>(4));
        verify("hard", hard_sigmoid(a) + hard_swish(b), vector<T>(n), near<T>(16));
        verify("elu, celu", elu(a) - celu(b, s), vector<T>(n), near<T>(16));
        verify("leaky_relu", leaky_relu(a) + leaky_relu(b, s), vector<T>(n), near<T>(4));
        verify("mish, gelu_tanh", mish(a) - gelu_tanh(b), vector<T>(n), near<T>(64));
        verify("softsign, sigmoid", softsign(a) + sigmoid(b) + relu(-a), vector<T>(n), near<T>(16));
        verify("rounded", round(a) + floor(b) % sign(a) - ceil(b), vector<T>(n), near<T>());
    }
}

}  // namespace
}  // namespace sinter::test
