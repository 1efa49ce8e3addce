// SPDX-License-Identifier: BSL-1.0
#include "formula.hpp"
#include "operators.hpp"

namespace conformance {
namespace {

using namespace sinter;

/// x as (batch, head, length, width), whichever of its two forms it has.
struct heads {
    shape_t shape;
    strides_t strides;
};

heads heads_of(call const& c) {
    array const& x = c.in(0);
    if (x.rank() == 4) return {x.shape, row_major(x.shape)};
    std::size_t const n = static_cast<std::size_t>(c.integer("num_heads")), w = x.shape.at(2) / n;
    auto const s = row_major(x.shape);
    return {{x.shape[0], n, x.shape[1], w}, {s[0], static_cast<std::ptrdiff_t>(w), s[1], 1}};
}

/// A pair (a, b) is turned: (a cos − b sin, a sin + b cos). The pairs lie half the width apart, or side by side.
results rotary_embedding(call const& c) {
    array const& x = c.in(0);
    auto const h = heads_of(c);
    array cosines = c.in(1), sines = c.in(2);
    if (c.given(3)) cosines = gathered_rows(cosines, c.in(3), 0), sines = gathered_rows(sines, c.in(3), 0);
    std::int64_t const named = c.integer("rotary_embedding_dim", 0);
    std::size_t const half = (named ? static_cast<std::size_t>(named) : h.shape[3]) / 2;
    bool const interleaved = c.flag("interleaved");
    shape_t const pairs{h.shape[0], h.shape[1], h.shape[2], half};
    strides_t steps = h.strides;
    steps[3] *= interleaved ? 2 : 1;
    std::size_t const apart = interleaved ? 1 : half;
    auto const t = row_major(cosines.shape);
    strides_t const of_table{t.at(0), 0, t.at(1), t.at(2)};
    array out = x;          // what is not turned stays
    dispatch(floats, x.type, [&]<class T>(std::type_identity<T>) {
        auto const a = view_as<4>(x.data<T>(), pairs, steps), b = view_as<4>(x.data<T>() + apart, pairs, steps);
        auto const cos = view_as<4>(cosines.data<T>(), pairs, of_table), sin = view_as<4>(sines.data<T>(), pairs, of_table);
        assign(view_as<4>(out.data<T>(), pairs, steps), a % cos - b % sin);
        assign(view_as<4>(out.data<T>() + apart, pairs, steps), a % sin + b % cos);
    });
    return {out};
}

}  // namespace

void add_positions(operators& all) { all.add("RotaryEmbedding", rotary_embedding); }

}  // namespace conformance
