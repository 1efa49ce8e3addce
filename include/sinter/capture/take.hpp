// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/capture/check.hpp>

namespace sinter {

/// Elements of x along axis I at the places that a tensor or view of integers names, as NumPy's take:
/// y(…, j…, …) = x(…, places(j…), …). Places below 0 count from the end.
///
/// Shapes: (…,n,…), (m…) → (…,m…,…). Nothing is copied: it is an access to x, inside whatever formula it stands in.
/// Throws: std::out_of_range where a place is not on the axis, before anything is written.
/// Example: `take<0>(table, words) + positions`
template <int I, array_like X, array_like P>
constexpr auto take(X&& x, P&& places) {
    return ir::checked<ir::axes_t<ir::form::take, I>>(static_cast<X&&>(x), static_cast<P&&>(places));
}

/// The same with places of its own for each line along axis I, as NumPy's take_along_axis:
/// y(…, j, …) = x(…, places(…, j, …), …).
///
/// Shapes: (…,n,…), (…,m,…) → (…,m,…), the other axes broadcast.
/// Throws: shape_error where they do not, and std::out_of_range as take does.
/// Example: `take_along<-1>(scores, argsorted)`
template <int I, array_like X, array_like P>
constexpr auto take_along(X&& x, P&& places) {
    return ir::checked<ir::axes_t<ir::form::take_along, I>>(static_cast<X&&>(x), static_cast<P&&>(places));
}

}  // namespace sinter
