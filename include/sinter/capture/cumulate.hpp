// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/capture/check.hpp>

namespace sinter {

/// The sum of all elements up to each one along axis I, itself included, as NumPy's cumsum.  (…,n,…) → (…,n,…)
template <int I, array_like X>
constexpr auto cumsum(X&& x) { return ir::checked<ir::cumulate_t<ir::reduction::sum, I>>(static_cast<X&&>(x)); }
/// Their product.
template <int I, array_like X>
constexpr auto cumprod(X&& x) { return ir::checked<ir::cumulate_t<ir::reduction::prod, I>>(static_cast<X&&>(x)); }
/// The largest of them; NaN where one is.
template <int I, array_like X>
constexpr auto cummax(X&& x) { return ir::checked<ir::cumulate_t<ir::reduction::amax, I>>(static_cast<X&&>(x)); }
/// The smallest of them; NaN where one is.
template <int I, array_like X>
constexpr auto cummin(X&& x) { return ir::checked<ir::cumulate_t<ir::reduction::amin, I>>(static_cast<X&&>(x)); }

}  // namespace sinter
