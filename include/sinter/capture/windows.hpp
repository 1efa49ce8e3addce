// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/capture/slice.hpp>

#include <type_traits>
#include <utility>

namespace sinter {

namespace ir {
template <std::int64_t N>
using constant_t = std::integral_constant<std::int64_t, N>;
using one_t = constant_t<1>;
using zero_t = constant_t<0>;
}  // namespace ir

/// The overlapping parts of an axis, as an access to x: nothing is copied. With y = windows<I>(x, size, stride, dilation,
/// before, after), y(…, i, …, k) = x(…, i·stride + k·dilation − before, …), where i stands at axis I and k at a new last
/// axis; where that lies outside of x it is 0.
/// There are ⌊(before + n + after − dilation·(size − 1) − 1) / stride⌋ + 1 places.
///
/// Shapes: (…,n,…) → (…,places,…,size). Numbers may be std::integral_constants, which keeps extents known at compile time.
/// Throws: shape_error where a window is longer than the axis with what stands before and after it, or where size,
/// stride or dilation is 0.
/// Example: `amax(windows<-1>(x, 3), axis<-1>)` is the moving maximum of three neighbours.
template <int I, array_like X, ir::index_like N, ir::index_like S = ir::one_t, ir::index_like D = ir::one_t,
          ir::index_like B = ir::zero_t, ir::index_like A = ir::zero_t>
constexpr auto windows(X&& x, N size, S stride = {}, D dilation = {}, B before = {}, A after = {}) {
    using tag = ir::windows_t<I, ir::static_number<N>(), ir::static_number<S>(), ir::static_number<D>(), ir::static_number<B>(),
                              ir::static_number<A>()>;
    return ir::with_list<tag>(static_cast<X&&>(x), size, stride, dilation, before, after);
}

namespace ir {
/// The windows of one element each, at their first and only offset: x with something before and after it.
template <class W>
constexpr auto only_offset(W&& w) {
    return [&]<std::size_t... D>(std::index_sequence<D...>) {
        return sinter::slice(static_cast<W&&>(w), (static_cast<void>(D), whole)..., zero_t{});
    }(std::make_index_sequence<static_cast<std::size_t>(rank_of<W> - 1)>{});
}
}  // namespace ir

/// x with `before` zeros before axis I and `after` zeros behind it.  (…,n,…) → (…,before+n+after,…)
template <int I, array_like X, ir::index_like B, ir::index_like A>
constexpr auto pad(X&& x, B before, A after) {
    return ir::only_offset(windows<I>(static_cast<X&&>(x), ir::one_t{}, ir::one_t{}, ir::one_t{}, before, after));
}

/// The same with another value than 0.
template <int I, array_like X, ir::index_like B, ir::index_like A, arithmetic V>
constexpr auto pad(X&& x, B before, A after, V value) {
    using tag = ir::windows_t<I, 1, 1, 1, ir::static_number<B>(), ir::static_number<A>()>;
    auto const v = ir::beside<ir::strong_type<X>()>(value);
    if constexpr (ir::constant_number<B> && ir::constant_number<A>)
        return ir::only_offset(ir::checked<tag>(static_cast<X&&>(x), v));
    else return ir::only_offset(ir::checked<tag>(ir::list_of(before, after), static_cast<X&&>(x), v));
}

}  // namespace sinter
