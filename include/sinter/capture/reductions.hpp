// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/capture/callable.hpp>

namespace sinter {

template <int... I>
struct axis_t {};

/// Names axes: `sum(x, axis<0, -1>)`. Negative ones count from the end.
template <int... I>
inline constexpr axis_t<I...> axis{};

struct keep_t {};

/// A reduction with `keep` leaves its axes in place, with extent 1.
inline constexpr keep_t keep{};

// sum, mean, …: f(x) over everything, f(x, axis<I...>), f(x, axis<I...>, keep).  (…,i,…) → (…,…)
// variance divides by the number of elements; norm is √Σx²; logsumexp is log Σ eˣ without overflow; argmax and argmin
// give the first place (over several axes: counted through them in row-major order).
#define SINTER_REDUCTIONS(row)                                                                                    \
    row(sum) row(mean) row(prod) row(amax) row(amin) row(argmax) row(argmin) row(variance) row(norm) row(logsumexp) \
    row(any) row(all)

#define SINTER_REDUCTION(name)                                                                     \
    template <array_like X>                                                                        \
    constexpr auto name(X&& x) {                                                                   \
        return ir::checked<ir::reduce_t<ir::reduction::name, false>>(static_cast<X&&>(x));         \
    }                                                                                              \
    template <array_like X>                                                                        \
    constexpr auto name(X&& x, keep_t) {                                                           \
        return ir::checked<ir::reduce_t<ir::reduction::name, true>>(static_cast<X&&>(x));          \
    }                                                                                              \
    template <array_like X, int... I>                                                              \
    constexpr auto name(X&& x, axis_t<I...>) {                                                     \
        return ir::checked<ir::reduce_t<ir::reduction::name, false, I...>>(static_cast<X&&>(x));   \
    }                                                                                              \
    template <array_like X, int... I>                                                              \
    constexpr auto name(X&& x, axis_t<I...>, keep_t) {                                             \
        return ir::checked<ir::reduce_t<ir::reduction::name, true, I...>>(static_cast<X&&>(x));    \
    }
SINTER_REDUCTIONS(SINTER_REDUCTION)
#undef SINTER_REDUCTION
#undef SINTER_REDUCTIONS

namespace ir {
template <class X, class M>
constexpr auto monoid_for(M&& m) {
    return captured::function_as<captured::checked_monoid<std::remove_cvref_t<M>, X>>(static_cast<M&&>(m));
}
}  // namespace ir

/// The user's own reduction. A monoid has `template <class T> static constexpr T identity()` and a commutative,
/// associative `operator()(a, b)` for scalars and for SIMD batches.
template <class M, array_like X>
    requires (!operand_like<M>)
constexpr auto reduce(M monoid, X&& x) {
    return ir::checked<ir::reduce_t<ir::reduction::user, false>>(ir::monoid_for<X>(static_cast<M&&>(monoid)), static_cast<X&&>(x));
}
template <class M, array_like X>
    requires (!operand_like<M>)
constexpr auto reduce(M monoid, X&& x, keep_t) {
    return ir::checked<ir::reduce_t<ir::reduction::user, true>>(ir::monoid_for<X>(static_cast<M&&>(monoid)), static_cast<X&&>(x));
}
template <class M, array_like X, int... I>
    requires (!operand_like<M>)
constexpr auto reduce(M monoid, X&& x, axis_t<I...>) {
    return ir::checked<ir::reduce_t<ir::reduction::user, false, I...>>(ir::monoid_for<X>(static_cast<M&&>(monoid)), static_cast<X&&>(x));
}
template <class M, array_like X, int... I>
    requires (!operand_like<M>)
constexpr auto reduce(M monoid, X&& x, axis_t<I...>, keep_t) {
    return ir::checked<ir::reduce_t<ir::reduction::user, true, I...>>(ir::monoid_for<X>(static_cast<M&&>(monoid)), static_cast<X&&>(x));
}

}  // namespace sinter
