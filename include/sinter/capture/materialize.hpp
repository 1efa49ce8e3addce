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

/// Copies a named tensor, or the elements of a view, into the formula, which then outlives them. O(elements), on the heap where the
/// tensor is. A formula is copied as it is, with the tensors that it borrows.
template <array_like X>
constexpr auto own(X&& x) {
    using plain = std::remove_cvref_t<X>;
    if constexpr (viewable<X>) return own(view_maker<plain>::of(x));
    else if constexpr (captured::is_owner<plain>) return owned<plain>{static_cast<X&&>(x)};
    else if constexpr (tensor_like<X>) return owned<decltype(tensor(x))>{tensor(x)};
    else return sinter::capture(static_cast<X&&>(x));
}

}  // namespace sinter
