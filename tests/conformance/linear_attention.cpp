// SPDX-License-Identifier: BSL-1.0
// A recurrence: each time step is two formulas, the state and the output. The loop over time is outside of them.
#include "formula.hpp"
#include "operators.hpp"

#include <cmath>

namespace conformance {
namespace {

using namespace sinter;
using std::ptrdiff_t;
using std::size_t;

/// Extents: batch, time, key/value heads, query heads for each of them, key width, value width.
struct extents_of {
    size_t b, t, h, g, k, v;
};

extents_of understand(call const& c) {
    auto const &q = c.in(0).shape, &v = c.in(2).shape;
    size_t const kv = static_cast<size_t>(c.integer("kv_num_heads")), heads = static_cast<size_t>(c.integer("q_num_heads"));
    if (c.in(1).shape.at(2) / kv != q.at(2) / heads) throw bad_case("LinearAttention: widths of query and key differ");
    return {q[0], q[1], kv, heads / kv, q[2] / heads, v.at(2) / kv};
}

/// (batch, time, heads · width) at one time as (batch, head, width); perhaps one number for all heads or widths.
template <class T>
struct at_time {
    T const* data;
    ptrdiff_t batch, time, head, width;

    at_time(array const& x, size_t heads, size_t widest) : data(x.data<T>()) {
        size_t const n = x.shape.at(2), each = n / heads;
        batch = static_cast<ptrdiff_t>(x.shape[1] * n), time = static_cast<ptrdiff_t>(n);
        head = n < heads ? 0 : static_cast<ptrdiff_t>(each);
        width = each == widest && each > 1 ? 1 : 0;
    }
    auto at(size_t t, shape_t const& shape, strides_t const& strides) const {
        return view_as<4>(data + static_cast<ptrdiff_t>(t) * time, shape, strides);
    }
};

/// S ← S·e^g + k (v or b(v − (S·e^g)ᵀk)).  (b,h,k,v)
template <class T>
void step_state(call const& c, extents_of const& n, size_t t, array& state) {
    array const last = state;
    array const zero = array_of<T>({1, 1, 1});
    shape_t const shape{n.b, n.h, n.k, n.v};
    auto const old = view_as<4>(last.data<T>(), shape, row_major(shape));
    auto const now = view_as<4>(state.data<T>(), shape, row_major(shape));
    std::string const rule = c.has("update_rule") ? c.string("update_rule") : "gated_delta";
    bool const delta = rule.ends_with("delta"), gated = rule.starts_with("gated");
    at_time<T> const key(c.in(1), n.h, n.k), value(c.in(2), n.h, n.v), decay(gated ? c.in(4) : zero, n.h, n.k),
        rate(delta ? c.in(5) : zero, n.h, 1);
    bool const one_decay = !gated, one_rate = !delta;
    auto const k = key.at(t, shape, {key.batch, key.head, 1, 0}), v = value.at(t, shape, {value.batch, value.head, 0, 1});
    auto const g = one_decay ? decay.at(0, shape, {0, 0, 0, 0}) : decay.at(t, shape, {decay.batch, decay.head, decay.width, 0});
    auto const b = one_rate ? rate.at(0, shape, {0, 0, 0, 0}) : rate.at(t, shape, {rate.batch, rate.head, 0, 0});
    auto const decayed = old % exp(g);
    if (delta) assign(now, decayed + k % b % (v - sum(decayed % k, axis<2>, keep)));
    else assign(now, decayed + k % v);
}

/// scale · Sᵀq.  (b,h,g,k), (b,h,k,v) → (b,h,g,v)
template <class T>
void read_state(call const& c, extents_of const& n, size_t t, array const& state, array& out) {
    double scale = c.real("scale", 0);
    if (scale == 0) scale = 1 / std::sqrt(static_cast<double>(n.k));
    auto const wide = [&](size_t w) { return strides_t{ptrdiff_t(n.t * n.h * n.g * w), ptrdiff_t(n.g * w), ptrdiff_t(w), 1}; };
    auto const q = view_as<4>(c.in(0).data<T>() + t * n.h * n.g * n.k, {n.b, n.h, n.g, n.k}, wide(n.k));
    auto const o = view_as<4>(out.data<T>() + t * n.h * n.g * n.v, {n.b, n.h, n.g, n.v}, wide(n.v));
    auto const s = view_as<4>(state.data<T>(), {n.b, n.h, n.k, n.v}, row_major({n.b, n.h, n.k, n.v}));
    assign(o, scale * (q * s));
}

results linear_attention(call const& c) {
    auto const n = understand(c);
    array const& q = c.in(0);
    array out(q.type, {n.b, n.t, n.h * n.g * n.v}), state(q.type, {n.b, n.h, n.k, n.v});
    if (c.given(3)) state = c.in(3);
    dispatch(floats, q.type, [&]<class T>(std::type_identity<T>) {
        for (size_t t = 0; t < n.t; ++t) {
            step_state<T>(c, n, t, state);
            read_state<T>(c, n, t, state, out);
        }
    });
    return {out, state};
}

}  // namespace

void add_linear_attention(operators& all) { all.add("LinearAttention", linear_attention); }

}  // namespace conformance
