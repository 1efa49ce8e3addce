// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "answer.hpp"

#include <sinter/sinter.hpp>

namespace arch_mix {

/// Bytes of what a kernel handed to `probe` last.
inline std::size_t seen = 0;

struct probe {
    template <class V>
    V operator()(V const& x) const {
        seen = sizeof(V);
        return x + x;
    }
};

// The program's own functions must not be shared either: the linker would keep one, with the kernels of its object.
namespace {

template <class T, class F>
void expect(answer& a, char const* what, sinter::vector<T> const& x, F evaluate) {
    seen = 0;
    sinter::vector<T> const y = evaluate();
    bool right = seen == a.register_bytes;
    for (std::size_t i = 0; i < x.size(); ++i) right = right && y(i) == 2 * x(i);
    if (!right) a.failure += std::string(what) + "; ";
}

/// Evaluates in every way there is. Called with the width that the calling object was compiled for.
inline answer ask(std::size_t register_bytes) {
    using namespace sinter;
    answer a;
    a.register_bytes = register_bytes;
    vector<float> x(37);
    for (std::size_t i = 0; i < x.size(); ++i) x(i) = static_cast<float>(i);
    auto const e = map(probe{}, x);
    expect(a, "assign", x, [&] { vector<float> y(37); assign(y, e); return y; });
    expect(a, "tensor = e", x, [&] { vector<float> y(37); y = e; return y; });
    expect(a, "tensor += e", x, [&] { vector<float> y(37); y += e; return y; });
    expect(a, "tensor(e)", x, [&] { return vector<float>(e); });
    expect(a, "eval", x, [&] { return eval(e); });
    expect(a, "materialize", x, [&] { return eval(materialize(e) + 0.f); });
    expect(a, "materialize in fn", x, [&] { return eval(fn([](auto v) { return materialize(map(probe{}, v)) + 0.f; })(x)); });
    expect(a, "view = e", x, [&] { vector<float> y(37); view<float, dyn>(y.data(), 37) = e; return y; });
    expect(a, "view -= e", x, [&] { vector<float> y(37); view<float, dyn>(y.data(), 37) -= -e; return y; });
    matrix<float> const q(40, 8);
    auto const s = softmax(q * transpose(q)) * q;
    a.workspace = plan(s).workspace_bytes;
    a.explanation = explain(s);
    return a;
}

}  // namespace
}  // namespace arch_mix
