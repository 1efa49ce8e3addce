// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/capture/check.hpp>

namespace sinter {

namespace ir {
template <op O, class A, class B>
constexpr auto binary(A&& a, B&& b) {
    return meeting<map_t<O>>(static_cast<A&&>(a), static_cast<B&&>(b));
}

template <class A, class B>
constexpr auto product(A&& a, B&& b) {
    if constexpr (rank_of<A> == 0 || rank_of<B> == 0) return binary<op::mul>(static_cast<A&&>(a), static_cast<B&&>(b));
    else return node<matmul_t>(static_cast<A&&>(a), static_cast<B&&>(b));
}

/// A container of the standard library beside what may stand in a formula.
template <class C>
concept container = !operand_like<C> && requires(C& c) { c.data(), c.size(); };
template <class A, class B>
concept beside_container = (native_array<A> && container<B>) || (container<A> && native_array<B>);

template <class A, class B>
constexpr auto refuse_container(A&& a, B&& b) {
    static_assert(!beside_container<A, B>, "sinter: a formula takes no containers: write view_of(c), which is a view of its elements");
    if constexpr (native_array<A>) return sinter::capture(static_cast<A&&>(a));
    else return sinter::capture(static_cast<B&&>(b));
}
}  // namespace ir

// Arithmetic: operator, what it makes.
// `+ - / %` work elementwise with NumPy's broadcasting, (…) + (…) → (…); `/` of integers is floating, `%` is the product.
// `*` is the product of matrices by NumPy's matmul rules, (…,i,k) × (…,k,j) → (…,i,j), or scaling where a side has rank 0.
#define SINTER_ARITHMETIC(row)                                                                    \
    row(operator+, ir::binary<ir::op::add>) row(operator-, ir::binary<ir::op::sub>)               \
    row(operator/, ir::binary<ir::op::div>) row(operator%, ir::binary<ir::op::mul>) row(operator*, ir::product)

#define SINTER_OPERATOR(name, make)                                                               \
    template <class A, class B> requires operator_operands<A, B>                                  \
    constexpr auto name(A&& a, B&& b) { return make(static_cast<A&&>(a), static_cast<B&&>(b)); }  \
    template <named A, operand_like B>                                                            \
    constexpr auto name(A& a SINTER_LIFETIMEBOUND, B&& b) { return make(a, static_cast<B&&>(b)); } \
    template <operand_like A, named B>                                                            \
    constexpr auto name(A&& a, B& b SINTER_LIFETIMEBOUND) { return make(static_cast<A&&>(a), b); } \
    template <named A, named B>                                                                   \
    constexpr auto name(A& a SINTER_LIFETIMEBOUND, B& b SINTER_LIFETIMEBOUND) { return make(a, b); } \
    template <class A, class B> requires ir::beside_container<A, B>                               \
    constexpr auto name(A&& a, B&& b) { return ir::refuse_container(static_cast<A&&>(a), static_cast<B&&>(b)); }

SINTER_ARITHMETIC(SINTER_OPERATOR)

#undef SINTER_OPERATOR
#undef SINTER_ARITHMETIC

template <native_array A>
constexpr auto operator-(A&& a) { return ir::node<ir::map_t<ir::op::neg>>(static_cast<A&&>(a)); }

template <native_array A>
constexpr auto operator!(A&& a) { return ir::checked<ir::map_t<ir::op::logical_not>>(static_cast<A&&>(a)); }

// Masks: name of the function or operator, operation.
#define SINTER_MASKS(row)                                                                              \
    row(operator<, less) row(operator<=, less_equal) row(operator>, greater) row(operator>=, greater_equal) \
    row(equal, equal) row(not_equal, not_equal) row(operator&&, logical_and) row(operator||, logical_or)

#define SINTER_MASK(function_name, operation)                                              \
    template <class A, class B> requires operator_operands<A, B>                           \
    constexpr auto function_name(A&& a, B&& b) {                                           \
        return ir::checked_meeting<ir::map_t<ir::op::operation>>(static_cast<A&&>(a),      \
                                                                 static_cast<B&&>(b));     \
    }

SINTER_MASKS(SINTER_MASK)

#undef SINTER_MASK
#undef SINTER_MASKS

}  // namespace sinter
