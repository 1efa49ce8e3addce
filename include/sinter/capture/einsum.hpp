// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/capture/check.hpp>

namespace sinter {

/// An Einstein sum: the product of the operands' elements, each at the indices that the text gives it, summed over all
/// indices that the result has not. NumPy's rules: "ij,jk->ik" says what the result's axes are; without an arrow they are
/// the indices that appear once, in the order of the alphabet; "..." stands for any axes, which broadcast; an index that
/// stands twice at one operand walks its diagonal; spaces do not count. The order of the multiplications is ours, chosen
/// by cost from the extents that are known at compile time (see graph/elimination.hpp). Up to 32 operands, with 32 letters; the extents
/// of one letter must be equal.
///
/// Example: `einsum<"bhid,bhjd->bhij">(q, k)`  (b,h,i,d), (b,h,j,d) → (b,h,i,j)
template <fixed_string Subscripts, class... X>
    requires operands<X...>
constexpr auto einsum(X&&... x) {
    static_assert(sizeof...(X) <= ir::max_arguments, "sinter: einsum: at most 32 operands");
    return ir::checked_meeting<ir::einsum_t<Subscripts>>(static_cast<X&&>(x)...);
}

}  // namespace sinter
