// SPDX-License-Identifier: BSL-1.0
// softmax(scale·QKᵀ, capped and masked)·V, heads of queries in groups that share a head of keys and values.
#include "formula.hpp"
#include "operators.hpp"

#include <cmath>
#include <limits>

namespace conformance {
namespace {

using namespace sinter;
using std::ptrdiff_t;
using std::size_t;

constexpr auto computed = floats + types<half>{};

/// An array as (batch, head, position, width), whichever form it has.
struct heads {
    array const* x;
    shape_t shape;
    strides_t strides;
};

heads heads_of(array const& x, size_t n) {
    if (x.rank() == 4) return {&x, x.shape, row_major(x.shape)};
    if (x.rank() != 3 || n == 0) throw bad_case("attention: an operand of rank " + std::to_string(x.rank()));
    size_t const w = x.shape[2] / n;
    auto const s = row_major(x.shape);
    return {&x, {x.shape[0], n, x.shape[1], w}, {s[0], static_cast<ptrdiff_t>(w), s[1], 1}};
}

/// The past, where there is one, then what is given, along the positions.
array with_past(call const& c, size_t slot, size_t past, size_t n) {
    heads const h = heads_of(c.in(slot), n);
    array const given = at_strides(*h.x, h.shape, h.strides, 0);
    return c.given(past) ? joined({&c.in(past), &given}, 2) : given;
}

/// All that the formulas read. Shapes: (batch, key/value head, query head of the group, position, …).
struct problem {
    size_t b, h, g, l, s, d, e;
    array key, value;
    array bias;                     // added to the scores; broadcast to (batch, heads, l, s)
    array lowest, highest, count;   // by batch: which keys a query may see
    double scale, cap;

    shape_t scores() const { return {b, h, g, l, s}; }
    shape_t grouped(size_t rows, size_t width) const { return {b, h, g, rows, width}; }

    /// Queries or results, (batch, heads, l, width): heads in groups.
    template <class T, class X>
    auto by_query(T* data, X const& x, size_t width) const {
        auto const& s_ = x.strides;
        return view_as<5>(data, grouped(l, width), {s_[0], s_[1] * static_cast<ptrdiff_t>(g), s_[1], s_[2], s_[3]});
    }
    /// Keys or values: the same for a group.
    template <class T>
    auto by_key(array const& x, size_t width) const {
        auto const r = row_major(x.shape);
        return view_as<5>(x.data<T>(), grouped(s, width), {r[0], r[1], 0, r[2], r[3]});
    }
    template <class T>
    auto mask() const {
        auto const r = stretched(bias.shape, {b, h * g, l, s});
        return view_as<5>(bias.data<T>(), scores(), {r[0], r[1] * static_cast<ptrdiff_t>(g), r[1], r[2], r[3]});
    }
    auto by_batch(array const& x) const { return view_as<5>(x.data<std::int64_t>(), scores(), {1, 0, 0, 0, 0}); }
    template <class T>
    auto whole(array& x) const { return view_as<5>(x.data<T>(), scores(), row_major(scores())); }
};

/// A mask as something to add: 0 where it is true, −∞ where it is false; −∞ for keys beyond its end.
array bias_of(call const& c, dtype type, size_t keys) {
    array mask = c.given(3) ? c.in(3) : array(type, {1});
    array bias(type, mask.shape);
    dispatch(computed, type, [&]<class T>(std::type_identity<T>) {
        float const inf = std::numeric_limits<float>::infinity();
        if (mask.type == dtype::boolean) assign(flat<T>(bias), where(flat<bool>(mask), 0.f, -inf));
        else bias = converted(mask, type);
        if (!c.given(3) || bias.rank() == 0 || bias.shape.back() >= keys) return;
        shape_t rest = bias.shape;
        rest.back() = keys - rest.back();
        array const beyond = expanded(array_of<T>({}, std::vector<T>{T(-inf)}), rest);
        bias = joined({&bias, &beyond}, bias.rank() - 1);
    });
    return bias;
}

/// j − i of the keys j that query i may see, as bounds by batch; and how many keys there are.
void limits_of(call const& c, problem& p) {
    std::int64_t const far = static_cast<std::int64_t>(p.s + p.l) + 1;
    std::int64_t const left = c.integer("left_window_size", -1), right = c.integer("right_window_size", -1);
    std::vector<std::int64_t> low(p.b), high(p.b), n(p.b, static_cast<std::int64_t>(p.s));
    if (c.given(6)) n = list_of(c.in(6));
    for (size_t i = 0; i < p.b; ++i) {
        std::int64_t const before = c.given(4)   ? static_cast<std::int64_t>(c.in(4).shape.at(2))
                                  : c.given(6) ? n.at(i) - static_cast<std::int64_t>(p.l) : 0;
        low[i] = left < 0 ? -far : before - left;
        high[i] = c.flag("is_causal") ? before : right < 0 ? far : before + right;
    }
    p.lowest = array_of({p.b}, low), p.highest = array_of({p.b}, high), p.count = array_of({p.b}, n);
}

problem understand(call const& c, heads& q) {
    q = heads_of(c.in(0), static_cast<size_t>(c.integer("q_num_heads", 0)));
    size_t const n = static_cast<size_t>(c.integer("kv_num_heads", 0));
    problem p{};
    p.key = with_past(c, 1, 4, n), p.value = with_past(c, 2, 5, n);
    p.b = q.shape[0], p.h = p.key.shape[1], p.g = p.h ? q.shape[1] / p.h : 0, p.l = q.shape[2], p.s = p.key.shape[2];
    p.d = q.shape[3], p.e = p.value.shape[3];
    if (p.h * p.g != q.shape[1]) throw bad_case("attention: heads of queries do not fall into groups");
    p.scale = c.real("scale", 1 / std::sqrt(static_cast<double>(p.d)));
    p.cap = c.real("softcap", 0);
    p.bias = bias_of(c, c.in(0).type, p.s);
    limits_of(c, p);
    return p;
}

/// scale·QKᵀ.  (…,l,d) × (…,s,d)ᵀ → (…,l,s)
template <class T>
auto scaled_scores(problem const& p, heads const& q) {
    return p.scale * (p.by_query(q.x->data<T>(), q, p.d) * transpose(p.by_key<T>(p.key, p.d)));
}
template <class T>
array probabilities(problem const& p, array scores) {
    array out(scores.type, scores.shape);
    assign(p.whole<T>(out), softmax(p.whole<T>(scores)));
    return out;
}
template <class S>
auto capped(S const& s, double cap) { return cap * tanh(s / cap); }

/// Scores with the mask, −∞ where a query may not see a key.
template <class T, class S>
auto masked(problem const& p, S const& s) {
    auto const apart = coord<-1> - coord<-2>;
    auto const seen = apart >= p.by_batch(p.lowest) && apart <= p.by_batch(p.highest) && coord<-1> < p.by_batch(p.count);
    return where(seen, s + p.mask<T>(), -std::numeric_limits<float>::infinity());
}

/// The scores as far as `mode` says: scaled, capped, masked, probabilities. Each step is stored.
template <class T>
array scores_of(problem const& p, heads const& q, std::int64_t mode) {
    array out(dtype_of<T>(), {p.b, p.h * p.g, p.l, p.s});
    auto const o = p.whole<T>(out);
    assign(o, scaled_scores<T>(p, q));
    if (mode >= 1 && p.cap != 0) assign(flat<T>(out), capped(flat<T>(out), p.cap));
    if (mode >= 2) assign(o, masked<T>(p, o));
    return mode == 3 ? probabilities<T>(p, out) : out;
}

/// The scores of halves: in float, and rounded once.
template <>
array scores_of<half>(problem const& p, heads const& q, std::int64_t mode) {
    problem wide = p;
    wide.key = converted(p.key, dtype::f32), wide.bias = converted(p.bias, dtype::f32);
    array const x = converted(*q.x, dtype::f32);
    return converted(scores_of<float>(wide, {&x, q.shape, q.strides}, mode), dtype::f16);
}

/// (batch, heads, l, e), or the packed form if the queries have it.
template <class Q>
array empty_result(Q const& q, problem const& p, heads& like) {
    array y(q.type, q.rank() == 4 ? shape_t{p.b, p.h * p.g, p.l, p.e} : shape_t{p.b, p.l, p.h * p.g * p.e});
    like = heads_of(y, p.h * p.g);
    return y;
}

results attention(call const& c) {
    heads q, like;
    problem const p = understand(c, q);
    array y = empty_result(c.in(0), p, like);
    results out{std::nullopt, p.key, p.value, std::nullopt};
    dispatch(computed, y.type, [&]<class T>(std::type_identity<T>) {
        auto const o = p.by_query(y.data<T>(), like, p.e);
        auto const v = p.by_key<T>(p.value, p.e);
        auto const s = scaled_scores<T>(p, q);
        if (p.cap == 0) assign(o, softmax(masked<T>(p, s)) * v);
        else assign(o, softmax(masked<T>(p, capped(s, p.cap))) * v);
        if (c.wants(3)) out[3] = scores_of<T>(p, q, c.integer("qk_matmul_output_mode", 0));
    });
    out[0] = std::move(y);
    return out;
}

/// Graphs change the scores or the probabilities: they are run by the operators of this runner, on what is stored whole.
results flex_attention(call const& c, operators const& all) {
    if (!c.has("score_mod") && !c.has("prob_mod")) return {attention(c).at(0)};
    heads q, like;
    problem const p = understand(c, q);
    array y = empty_result(c.in(0), p, like);
    auto const changed = [&](char const* name, array const& x) {
        return c.has(name) ? converted(run(*c.get(name).graph, {x}, 23, all).at(0), x.type) : x;
    };
    dispatch(floats, y.type, [&]<class T>(std::type_identity<T>) {
        array const scores = changed("score_mod", scores_of<T>(p, q, 0));
        array weights = changed("prob_mod", probabilities<T>(p, scores));
        assign(p.by_query(y.data<T>(), like, p.e), p.whole<T>(weights) * p.by_key<T>(p.value, p.e));
    });
    return {y};
}

}  // namespace

void add_attention(operators& all) {
    all.add("Attention", attention, {dtype::f16});
    all.add("FlexAttention", [&all](call const& c) { return flex_attention(c, all); });
}

}  // namespace conformance
