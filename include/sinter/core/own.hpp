// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/core/half.hpp>

#include <concepts>
#include <type_traits>

/// Scalar types of the user's: what tensors may hold beside the language's numbers.
namespace sinter {

namespace detail {
/// Eigen's matrices can be added and made from a number too, but are no numbers.
template <class T>
concept has_elements = requires(T& x) {
    x.data();
    x.size();
};
template <class T>
concept copied_like_a_number = std::is_class_v<T> && !std::is_aggregate_v<T> && !is_small_float<T> && std::copyable<T> &&
                               std::default_initializable<T> && std::constructible_from<T, double> &&
                               std::constructible_from<T, int> && !has_elements<T>;
}  // namespace detail

/// A copyable class, made from any number, that can be added, subtracted and multiplied; T() is zero. Everything else is
/// asked for only where a formula uses it: `/`, `==`, `<`, and functions (exp(x), …), which are looked for beside the
/// type and in std.
template <class T>
concept own_scalar = detail::copied_like_a_number<T> && requires(T const& a, T const& b) {
    { a + b } -> std::convertible_to<T>;
    { a - b } -> std::convertible_to<T>;
    { a * b } -> std::convertible_to<T>;
};

}  // namespace sinter
