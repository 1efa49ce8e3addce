// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/capture/builder.hpp>
#include <sinter/capture/subscripts.hpp>

#include <cstddef>
#include <cstdint>

namespace sinter::ir::detail {

/// The extents of one letter must be equal; those of an axis of the ellipsis broadcast.
constexpr void einsum(builder& b, term& t) {
    subscripts const s = subscripts_of(b.terms, t);
    if (s.slip != slip::none)
        return b.fail(rule::subscripts, t, static_cast<std::size_t>(s.from), static_cast<std::size_t>(s.to),
                      static_cast<int>(s.slip));
    std::int16_t extent[subscripts::count] = {};
    bool seen[subscripts::count] = {};
    for (int i = 0; i < s.operands; ++i)
        for (int d = 0; d < s.rank[i]; ++d) {
            int const n = s.index[i][d];
            std::int16_t const e = b.terms[t.arg[i]].extent[d];
            if (!seen[n]) extent[n] = e;
            else if (n < subscripts::letters)
                extent[n] = b.meet(extent::source::same, extent[n], e, t, t.keep ? rule::channels : rule::index, t.keep ? t.order[1] : letter_of(n));
            else extent[n] = b.meet(extent::source::broadcast, extent[n], e, t, rule::broadcast, subscripts::letters - n - 1);
            seen[n] = true;
        }
    t.rank = static_cast<std::int8_t>(s.out_rank);
    for (int d = 0; d < s.out_rank; ++d) t.extent[d] = extent[s.out[d]];
}

}  // namespace sinter::ir::detail
