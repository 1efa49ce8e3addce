// SPDX-License-Identifier: BSL-1.0
// Derivatives by dual numbers: a scalar type of 20 lines, and the formulas stay what they are.
#include <sinter/sinter.hpp>

#include <cmath>
#include <cstdio>

/// a + b ε with ε² = 0: a value and its derivative.
class dual {
public:
    double value = 0, slope = 0;

    constexpr dual() = default;
    constexpr dual(double v, double s = 0) : value(v), slope(s) {}

    friend constexpr dual operator+(dual a, dual b) { return {a.value + b.value, a.slope + b.slope}; }
    friend constexpr dual operator-(dual a, dual b) { return {a.value - b.value, a.slope - b.slope}; }
    friend constexpr dual operator*(dual a, dual b) { return {a.value * b.value, a.slope * b.value + a.value * b.slope}; }
    friend constexpr dual operator/(dual a, dual b) {
        return {a.value / b.value, (a.slope * b.value - a.value * b.slope) / (b.value * b.value)};
    }
    friend constexpr bool operator==(dual a, dual b) { return a.value == b.value; }
    friend constexpr bool operator<(dual a, dual b) { return a.value < b.value; }
    friend dual exp(dual a) { return {std::exp(a.value), std::exp(a.value) * a.slope}; }
};

/// How much attention yields in all, with scores at temperature t.
template <class T>
T yield(sinter::matrix<double> const& q, sinter::matrix<double> const& k, sinter::matrix<double> const& v, T t) {
    return sinter::eval(sum(softmax(q * transpose(k) * t) * v));
}

int main() {
    int const n = 20, d = 5;
    sinter::matrix<double> q(n, d), k(n, d), v(n, d);
    for (int i = 0; i < n * d; ++i) {
        q.data()[i] = std::sin(i);
        k.data()[i] = std::cos(3 * i);
        v.data()[i] = std::sin(2 * i + 1);
    }
    dual const y = yield(q, k, v, dual(0.5, 1));            // d/dt at t = 0.5
    double const h = 1e-5, quotient = (yield(q, k, v, 0.5 + h) - yield(q, k, v, 0.5 - h)) / (2 * h);
    std::printf("value %.9f, derivative %.9f; by differences %.9f\n", y.value, y.slope, quotient);
    bool const good = std::abs(y.value - yield(q, k, v, 0.5)) < 1e-12 && std::abs(y.slope - quotient) < 1e-7;
    return good ? 0 : 1;
}
