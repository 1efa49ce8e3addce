// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/capture/check.hpp>

namespace sinter {

/// Parts behind each other along axis I. Nothing is copied: an element is read from the part that it lies in.
///
/// Shapes: (…,n,…), (…,m,…), … → (…,n+m+…,…); the other extents are equal. The element type is that of a sum of the parts.
/// Throws: shape_error where the other extents differ. Cost: each part is asked for every element.
/// Example: `concatenate<0>(past, row)`
template <int I, array_like A, array_like B>
constexpr auto concatenate(A&& a, B&& b) {
    return ir::checked<ir::axes_t<ir::form::concatenate, I>>(static_cast<A&&>(a), static_cast<B&&>(b));
}
template <int I, array_like A, array_like B, array_like... More>
    requires (sizeof...(More) > 0)
constexpr auto concatenate(A&& a, B&& b, More&&... more) {
    return concatenate<I>(concatenate<I>(static_cast<A&&>(a), static_cast<B&&>(b)), static_cast<More&&>(more)...);
}

}  // namespace sinter
