// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/capture/check.hpp>

namespace sinter {

/// Stores x before what it's part of is evaluated: the only way that an intermediate as large as its operands comes
/// into being.
template <array_like X>
constexpr auto materialize(X&& x) {
    (void)ir::check<X>::value;
    return ir::node<ir::materialize_t>(static_cast<X&&>(x));
}

/// Copies a named tensor into the formula, which then outlives it.
template <array_like X>
constexpr auto own(X&& x) {
    if constexpr (tensor_like<X>) return owned<std::remove_cvref_t<X>>{static_cast<X&&>(x)};
    else return sinter::capture(static_cast<X&&>(x));
}

}  // namespace sinter
