// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sinter/capture/check.hpp>

namespace sinter {

namespace ir {
template <op O, class A, class B>
constexpr auto binary(A&& a, B&& b) {
    return meeting<map_t<O>>(static_cast<A&&>(a), static_cast<B&&>(b));
}
}  // namespace ir

/// Elementwise, with NumPy's broadcasting.  (…) + (…) → (…)
template <class A, class B> requires operands<A, B>
constexpr auto operator+(A&& a, B&& b) { return ir::binary<ir::op::add>(static_cast<A&&>(a), static_cast<B&&>(b)); }

template <class A, class B> requires operands<A, B>
constexpr auto operator-(A&& a, B&& b) { return ir::binary<ir::op::sub>(static_cast<A&&>(a), static_cast<B&&>(b)); }

/// Elementwise quotient; of integers a floating one, as in NumPy.
template <class A, class B> requires operands<A, B>
constexpr auto operator/(A&& a, B&& b) { return ir::binary<ir::op::div>(static_cast<A&&>(a), static_cast<B&&>(b)); }

/// Elementwise product.
template <class A, class B> requires operands<A, B>
constexpr auto operator%(A&& a, B&& b) { return ir::binary<ir::op::mul>(static_cast<A&&>(a), static_cast<B&&>(b)); }

/// Product of matrices by NumPy's matmul rules, or scaling where one side has rank 0.  (…,i,k) × (…,k,j) → (…,i,j)
template <class A, class B> requires operands<A, B>
constexpr auto operator*(A&& a, B&& b) {
    if constexpr (rank_of<A> == 0 || rank_of<B> == 0) return ir::binary<ir::op::mul>(static_cast<A&&>(a), static_cast<B&&>(b));
    else return ir::node<ir::matmul_t>(static_cast<A&&>(a), static_cast<B&&>(b));
}

template <array_like A>
constexpr auto operator-(A&& a) { return ir::node<ir::map_t<ir::op::neg>>(static_cast<A&&>(a)); }

template <array_like A>
constexpr auto operator!(A&& a) { return ir::checked<ir::map_t<ir::op::logical_not>>(static_cast<A&&>(a)); }

// Masks: name of the function or operator, operation.
#define SINTER_MASKS(row)                                                                              \
    row(operator<, less) row(operator<=, less_equal) row(operator>, greater) row(operator>=, greater_equal) \
    row(equal, equal) row(not_equal, not_equal) row(operator&&, logical_and) row(operator||, logical_or)

#define SINTER_MASK(function_name, operation)                                              \
    template <class A, class B> requires operands<A, B>                                    \
    constexpr auto function_name(A&& a, B&& b) {                                           \
        return ir::checked_meeting<ir::map_t<ir::op::operation>>(static_cast<A&&>(a),      \
                                                                 static_cast<B&&>(b));     \
    }

SINTER_MASKS(SINTER_MASK)

#undef SINTER_MASK
#undef SINTER_MASKS

}  // namespace sinter
