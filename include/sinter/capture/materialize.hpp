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

namespace captured {
template <class T, std::size_t... E>
constexpr auto copy_of(view<T, E...> const& x) {
    return owned<tensor<std::remove_const_t<T>, E...>>{tensor<std::remove_const_t<T>, E...>(x)};
}
}  // namespace captured

/// Copies a named tensor, or the elements of a view, into the formula, which then outlives them. O(elements), on the heap where the
/// tensor is. A formula is copied as it is, with the tensors that it borrows.
template <array_like X>
constexpr auto own(X&& x) {
    using plain = std::remove_cvref_t<X>;
    if constexpr (viewable<X>) return captured::copy_of(view_maker<plain>::of(x));
    else if constexpr (captured::is_owner<plain>) return owned<plain>{static_cast<X&&>(x)};
    else if constexpr (tensor_like<X>) return captured::copy_of(x);
    else return sinter::capture(static_cast<X&&>(x));
}

}  // namespace sinter
