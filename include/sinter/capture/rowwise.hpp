// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/capture/check.hpp>
#include <sinter/capture/reductions.hpp>

namespace sinter {

/// eˣ / Σ eˣ along the last axis, or axis<I>, computed without overflow. A row that is −∞ throughout gives zeros.
template <array_like X>
constexpr auto softmax(X&& x) { return ir::checked<ir::axes_t<ir::form::softmax, -1>>(static_cast<X&&>(x)); }
template <named X>
constexpr auto softmax(X& x SINTER_LIFETIMEBOUND) { return ir::checked<ir::axes_t<ir::form::softmax, -1>>(x); }
template <array_like X, int I>
constexpr auto softmax(X&& x, axis_t<I>) { return ir::checked<ir::axes_t<ir::form::softmax, I>>(static_cast<X&&>(x)); }

/// x − log Σ eˣ along the last axis, or axis<I>.
template <array_like X>
constexpr auto log_softmax(X&& x) { return ir::checked<ir::axes_t<ir::form::log_softmax, -1>>(static_cast<X&&>(x)); }
template <array_like X, int I>
constexpr auto log_softmax(X&& x, axis_t<I>) {
    return ir::checked<ir::axes_t<ir::form::log_softmax, I>>(static_cast<X&&>(x));
}

/// (x − mean) / √(variance + eps) · gamma + beta along the last axis. gamma and beta broadcast.
template <array_like X, operand_like G, operand_like B, arithmetic E = double>
constexpr auto layer_norm(X&& x, G&& gamma, B&& beta, E eps = 1e-5) {
    return ir::checked_meeting<ir::form_t<ir::form::layer_norm>>(static_cast<X&&>(x), static_cast<G&&>(gamma),
                                                                 static_cast<B&&>(beta), eps);
}

/// x / √(mean x² + eps) · gamma along the last axis.
template <array_like X, operand_like G, arithmetic E = double>
constexpr auto rms_norm(X&& x, G&& gamma, E eps = 1e-5) {
    return ir::checked_meeting<ir::form_t<ir::form::rms_norm>>(static_cast<X&&>(x), static_cast<G&&>(gamma), eps);
}

/// x / √Σx² along the last axis; a row of zeros stays zero.
template <array_like X>
constexpr auto normalize(X&& x) { return ir::checked<ir::form_t<ir::form::normalize>>(static_cast<X&&>(x)); }

/// Σ ab / (√Σa² √Σb²) along the last axis.  (…,k), (…,k) → (…)
template <array_like A, array_like B>
constexpr auto cosine_similarity(A&& a, B&& b) {
    return ir::checked<ir::form_t<ir::form::cosine_similarity>>(static_cast<A&&>(a), static_cast<B&&>(b));
}

}  // namespace sinter
