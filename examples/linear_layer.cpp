// SPDX-License-Identifier: BSL-1.0
//
// A layer of three neurons, z = w·x + b, (3,4) × (4) → (3), and three functions that people put behind it. Each line
// with `=` is one pass: product, bias and function together.

#include <sinter/sinter.hpp>

#include <cmath>
#include <cstdio>

int main() {
    sinter::matrix<float> const w{{0.5f, -1, 0.25f, 2}, {1, 1, -1, 0}, {-0.5f, 0.5f, 0.5f, -2}};
    sinter::vector<float> const x{1, 2, -1, 0.5f}, b{0.1f, -0.2f, 0.3f};
    sinter::vector<float> z(3), r(3), s(3), t(3);

    z = w * x + b;
    r = relu(w * x + b);
    s = sigmoid(w * x + b);
    t = tanh(w * x + b);

    bool right = true;
    auto const near = [&](float got, double expected) { right = right && std::abs(double(got) - expected) < 1e-6; };
    double const expected[] = {-0.65, 3.8, -0.7};
    std::puts("neuron       z      relu   sigmoid      tanh");
    for (std::size_t i = 0; i < 3; ++i) {
        std::printf("%6zu %9.4f %9.4f %9.4f %9.4f\n", i, double(z(i)), double(r(i)), double(s(i)), double(t(i)));
        near(z(i), expected[i]);
        near(r(i), expected[i] > 0 ? expected[i] : 0);
        near(s(i), 1 / (1 + std::exp(-expected[i])));
        near(t(i), std::tanh(expected[i]));
    }
    return right ? 0 : 1;
}
