// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/capture/functions.hpp>

/// Layers of networks: each a formula of a line or two, made of what every program can use. Weights are (in, out).
namespace sinter::nn {

/// xW.  (…,n,in) × (in,out) → (…,n,out)
template <array_like X, array_like W>
constexpr auto linear(X&& x, W&& w) { return static_cast<X&&>(x) * static_cast<W&&>(w); }

/// xW + b.  (…,n,in) × (in,out) + (out) → (…,n,out)
template <array_like X, array_like W, operand_like B>
constexpr auto linear(X&& x, W&& w, B&& b) { return static_cast<X&&>(x) * static_cast<W&&>(w) + static_cast<B&&>(b); }

/// act(xW₁ + b₁)W₂ + b₂ in one pass, of which a block of the hidden axis exists at a time.
/// (…,n,in) × (in,hidden) × (hidden,out) → (…,n,out)
template <array_like X, array_like W1, operand_like B1, array_like W2, operand_like B2, class Act>
constexpr auto feed_forward(X&& x, W1&& w1, B1&& b1, W2&& w2, B2&& b2, Act act) {
    return linear(act(linear(static_cast<X&&>(x), static_cast<W1&&>(w1), static_cast<B1&&>(b1))), static_cast<W2&&>(w2),
                  static_cast<B2&&>(b2));
}

/// (act(x W_gate) ∘ x W_up) W_down in one pass, where ∘ multiplies elements.
/// (…,n,in) × (in,hidden) × (hidden,out) → (…,n,out)
template <array_like X, array_like G, array_like U, array_like D, class Act>
constexpr auto gated_feed_forward(X&& x, G&& w_gate, U&& w_up, D&& w_down, Act act) {
    return fn([act](auto input, auto gate, auto up, auto down) { return (act(input * gate) % (input * up)) * down; })(
        static_cast<X&&>(x), static_cast<G&&>(w_gate), static_cast<U&&>(w_up), static_cast<D&&>(w_down));
}

}  // namespace sinter::nn
