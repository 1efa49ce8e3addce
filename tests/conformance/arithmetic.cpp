// SPDX-License-Identifier: BSL-1.0
#include "elementwise.hpp"

namespace conformance {
namespace {

using namespace sinter;

results mean_of(call const& c) {
    array total = fold(c, floats, [](auto a, auto b) { return a + b; });
    double const n = static_cast<double>(c.inputs.size());
    dispatch(floats, total.type, [&]<class T>(std::type_identity<T>) { assign(flat<T>(total), flat<T>(total) / n); });
    return {total};
}

}  // namespace

void add_arithmetic(operators& all) {
    add_two(all, "Add", numbers, [](auto a, auto b) { return a + b; });
    add_two(all, "Sub", numbers, [](auto a, auto b) { return a - b; });
    add_two(all, "Mul", numbers, [](auto a, auto b) { return a % b; });
    // Of integers a/b is a double; ONNX wants it rounded toward zero, which is what a cast does.
    add_two(all, "Div", numbers, []<class A>(A a, A b) { return cast<std::remove_cvref_t<decltype(*a.data())>>(a / b); });
    all.add("Min", [](call const& c) -> results { return {fold(c, numbers, [](auto a, auto b) { return min(a, b); })}; });
    all.add("Max", [](call const& c) -> results { return {fold(c, numbers, [](auto a, auto b) { return max(a, b); })}; });
    all.add("Sum", [](call const& c) -> results { return {fold(c, floats, [](auto a, auto b) { return a + b; })}; });
    all.add("Mean", mean_of);
}

}  // namespace conformance
