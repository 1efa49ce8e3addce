// SPDX-License-Identifier: BSL-1.0
#include "elementwise.hpp"

namespace conformance {
namespace {

using namespace sinter;

constexpr auto signed_numbers = floats + usual_integers + types<std::int8_t, std::int16_t>{};

void add_inverse_hyperbolic(operators& all) {
    add_one(all, "Asinh", floats, [](auto x, auto&) {       // sign(x) log(|x| + √(x²+1)), exact near 0 as well
        auto const y = abs(x);
        return sign(x) % log1p(y + square(y) / (1 + sqrt(square(y) + 1)));
    });
    add_one(all, "Acosh", floats, [](auto x, auto&) {       // log(x + √(x²−1))
        auto const t = x - 1;
        return log1p(t + sqrt(t % (t + 2)));
    });
    add_one(all, "Atanh", floats, [](auto x, auto&) { return (log1p(x) - log1p(-x)) / 2; });
}

}  // namespace

void add_elementwise(operators& all) {
    add_one(all, "Abs", numbers, [](auto x, auto&) { return abs(x); });
    add_one(all, "Neg", signed_numbers, [](auto x, auto&) { return -x; });
    add_one(all, "Sign", numbers, [](auto x, auto&) { return sign(x); });
    add_one(all, "Ceil", floats, [](auto x, auto&) { return ceil(x); });
    add_one(all, "Floor", floats, [](auto x, auto&) { return floor(x); });
    add_one(all, "Round", floats, [](auto x, auto&) { return round(x); });
    add_one(all, "Sin", floats, [](auto x, auto&) { return sin(x); });
    add_one(all, "Cos", floats, [](auto x, auto&) { return cos(x); });
    add_one(all, "Tan", floats, [](auto x, auto&) { return tan(x); });
    add_one(all, "Asin", floats, [](auto x, auto&) { return asin(x); });
    add_one(all, "Acos", floats, [](auto x, auto&) { return acos(x); });
    add_one(all, "Atan", floats, [](auto x, auto&) { return atan(x); });
    add_one(all, "Sinh", floats, [](auto x, auto&) { return sinh(x); });
    add_one(all, "Cosh", floats, [](auto x, auto&) { return cosh(x); });
    add_one(all, "Tanh", floats, [](auto x, auto&) { return tanh(x); });
    add_inverse_hyperbolic(all);
    add_one(all, "Erf", floats, [](auto x, auto&) { return erf(x); });
    add_one(all, "Exp", floats, [](auto x, auto&) { return exp(x); });
    add_one(all, "Log", floats, [](auto x, auto&) { return log(x); });
    add_one(all, "Sqrt", floats, [](auto x, auto&) { return sqrt(x); });
    add_one(all, "Reciprocal", floats, [](auto x, auto&) { return 1 / x; });
}

}  // namespace conformance
