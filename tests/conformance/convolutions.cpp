// SPDX-License-Identifier: BSL-1.0
// Convolutions of one, two and three axes: a product of a kernel and windows, which are views that overlap.
#include "formula.hpp"
#include "operators.hpp"

#include <algorithm>

namespace conformance {
namespace {

using namespace sinter;
using std::ptrdiff_t;
using std::size_t;
using triple = std::array<ptrdiff_t, 3>;

/// Along each of three axes; an operator of fewer has axes of extent 1 in front.
struct windows {
    size_t axes = 0;
    triple kernel{1, 1, 1}, stride{1, 1, 1}, dilation{1, 1, 1}, begin{}, end{}, input{1, 1, 1}, output{1, 1, 1};

    ptrdiff_t reach(size_t d) const { return (kernel[d] - 1) * dilation[d] + 1; }
};

/// The last axes of a list, for those that the operator has.
void put(triple& to, std::vector<std::int64_t> const* values, size_t axes, size_t from = 0) {
    if (values == nullptr || values->empty()) return;
    for (size_t i = 0; i < axes; ++i) to[3 - axes + i] = values->at(from + i);
}

windows windows_of(call const& c) {
    auto const &x = c.in(0).shape, &w = c.in(1).shape;
    windows p;
    p.axes = x.size() - 2;
    if (p.axes > 3) throw not_applicable("a convolution of more than three axes");
    for (size_t i = 0; i < p.axes; ++i) {
        p.input[3 - p.axes + i] = static_cast<ptrdiff_t>(x[2 + i]);
        p.kernel[3 - p.axes + i] = static_cast<ptrdiff_t>(w.at(2 + i));
    }
    put(p.stride, c.integers("strides"), p.axes);
    put(p.dilation, c.integers("dilations"), p.axes);
    put(p.begin, c.integers("pads"), p.axes);
    put(p.end, c.integers("pads"), p.axes, p.axes);
    return p;
}

std::string auto_pad(call const& c) { return c.has("auto_pad") ? c.string("auto_pad") : "NOTSET"; }

/// Half of what there is to pad or to cut (to add, where it is negative), rounded down or up; the end gets the rest.
void halve(windows& p, size_t d, ptrdiff_t total, bool down) {
    ptrdiff_t const below = total >= 0 ? total / 2 : (total - 1) / 2;
    p.begin[d] = down ? below : total - below;
    p.end[d] = total - p.begin[d];
}

/// (N, C, …) with spatial axes spread apart by `spread`, in zeros: so many before and behind.
array padded(array const& x, windows const& p, triple const& spread, triple const& before, triple const& behind) {
    shape_t from{x.shape[0], x.shape[1]}, shape = from;
    for (size_t d = 0; d < 3; ++d) {
        ptrdiff_t const wide = p.input[d] > 0 ? (p.input[d] - 1) * spread[d] + 1 : 0;
        from.push_back(static_cast<size_t>(p.input[d]));
        shape.push_back(static_cast<size_t>(before[d] + wide + behind[d]));
    }
    array out(x.type, shape);
    auto strides = row_major(shape);
    ptrdiff_t offset = 0;
    for (size_t d = 0; d < 3; ++d) offset += before[d] * strides[2 + d], strides[2 + d] *= spread[d];
    put_at_strides(out, reshaped(x, from), strides, offset);
    return out;
}

/// A kernel: where that of a group begins, and the strides of output channel, input channel and window.
struct kernel_view {
    size_t groups, outputs, inputs;     // channels of a group
    ptrdiff_t first, group;
    strides_t strides;                  // (m, c, k, k, k)
};

/// Windows as elements of a padded array: from an offset on, in steps.  (m,o,o,o,c,k,k,k) → (m,o,o,o)
template <class T>
void correlate(call const& c, array& out, array const& x, kernel_view const& k, windows const& p, triple const& step,
               ptrdiff_t offset) {
    auto const xs = row_major(x.shape);
    shape_t shape{k.outputs}, result;
    for (auto const o : p.output) shape.push_back(static_cast<size_t>(o));
    result = shape;
    shape.push_back(k.inputs);
    for (auto const n : p.kernel) shape.push_back(static_cast<size_t>(n));
    strides_t const of_x{0, xs[2] * step[0], xs[3] * step[1], xs[4] * step[2], xs[1],
                         xs[2] * p.dilation[0], xs[3] * p.dilation[1], xs[4] * p.dilation[2]};
    strides_t const of_w{k.strides[0], 0, 0, 0, k.strides[1], k.strides[2], k.strides[3], k.strides[4]};
    array const none = array_of<T>({1});
    array const& bias = c.given(2) ? c.in(2) : none;
    auto const of_result = row_major(result);
    size_t const block = size_of(result);
    for (size_t n = 0; n < x.shape[0]; ++n)
        for (size_t g = 0; g < k.groups; ++g) {
            ptrdiff_t const channel = static_cast<ptrdiff_t>(g * k.inputs) * xs[1] + static_cast<ptrdiff_t>(n) * xs[0];
            auto const seen = view_as<8>(x.data<T>() + channel + offset, shape, of_x);
            auto const w = view_as<8>(c.in(1).data<T>() + k.first + static_cast<ptrdiff_t>(g) * k.group, shape, of_w);
            auto const b = view_as<4>(bias.data<T>() + (c.given(2) ? g * k.outputs : 0), result, {c.given(2) ? 1 : 0, 0, 0, 0});
            auto const o = view_as<4>(out.data<T>() + (n * k.groups + g) * block, result, of_result);
            assign(o, sum(seen % w, axis<4, 5, 6, 7>) + b);
        }
}

shape_t result_shape(call const& c, windows const& p, size_t channels) {
    shape_t shape{c.in(0).shape[0], channels};
    for (size_t d = 3 - p.axes; d < 3; ++d) shape.push_back(static_cast<size_t>(std::max<ptrdiff_t>(p.output[d], 0)));
    return shape;
}

results conv(call const& c) {
    auto p = windows_of(c);
    std::string const mode = auto_pad(c);
    for (size_t d = 0; d < 3; ++d) {
        if (mode == "VALID") p.begin[d] = p.end[d] = 0;
        if (mode.starts_with("SAME")) {
            ptrdiff_t const wanted = (p.input[d] + p.stride[d] - 1) / p.stride[d];
            halve(p, d, std::max<ptrdiff_t>(0, (wanted - 1) * p.stride[d] + p.reach(d) - p.input[d]), mode == "SAME_UPPER");
        }
        p.output[d] = std::max<ptrdiff_t>(0, (p.begin[d] + p.input[d] + p.end[d] - p.reach(d)) / p.stride[d] + 1);
    }
    array const &x = c.in(0), &w = c.in(1);
    size_t const groups = static_cast<size_t>(c.integer("group", 1)), m = w.shape[0] / groups;
    shape_t whole{w.shape[0], w.shape[1]};
    for (auto const n : p.kernel) whole.push_back(static_cast<size_t>(n));
    auto const strides = row_major(whole);
    kernel_view const k{groups, m, w.shape[1], 0, static_cast<ptrdiff_t>(m) * strides[0], strides};
    array const around = padded(x, p, {1, 1, 1}, p.begin, p.end);
    array out(x.type, result_shape(c, p, w.shape[0]));
    dispatch(floats, x.type, [&]<class T>(std::type_identity<T>) { correlate<T>(c, out, around, k, p, p.stride, 0); });
    return {out};
}

/// How much of the full result is cut off.
void cut(call const& c, windows& p, triple const& full) {
    triple wanted{1, 1, 1};
    std::string const mode = auto_pad(c);
    auto const* const named = c.integers("output_shape");
    bool const given = named != nullptr && !named->empty();
    if (given) put(wanted, named, p.axes, named->size() - p.axes);
    for (size_t d = 3 - p.axes; d < 3; ++d) {
        if (mode == "VALID") p.begin[d] = p.end[d] = 0;
        if (!given && mode.starts_with("SAME")) wanted[d] = p.input[d] * p.stride[d];
        if (given || mode.starts_with("SAME")) halve(p, d, full[d] - wanted[d], mode == "SAME_UPPER");
        p.output[d] = full[d] - p.begin[d] - p.end[d];
    }
}

/// The operand is spread apart by the stride, and the kernel goes over it backwards.
results conv_transpose(call const& c) {
    auto p = windows_of(c);
    triple extra{}, full, before, behind;
    put(extra, c.integers("output_padding"), p.axes);
    for (size_t d = 0; d < 3; ++d) full[d] = p.stride[d] * (p.input[d] - 1) + extra[d] + p.reach(d);
    cut(c, p, full);
    array const &x = c.in(0), &w = c.in(1);
    shape_t whole{w.shape[0], w.shape[1]};
    for (auto const n : p.kernel) whole.push_back(static_cast<size_t>(n));
    auto const s = row_major(whole);
    size_t const groups = static_cast<size_t>(c.integer("group", 1)), inputs = w.shape[0] / groups;
    kernel_view k{groups, w.shape[1], inputs, 0, static_cast<ptrdiff_t>(inputs) * s[0], {s[1], s[0], -s[2], -s[3], -s[4]}};
    for (size_t d = 0; d < 3; ++d) {
        k.first += (p.kernel[d] - 1) * s[2 + d];
        before[d] = p.reach(d) - 1 + std::max<ptrdiff_t>(0, -p.begin[d]);
        behind[d] = p.reach(d) - 1 + extra[d] + std::max<ptrdiff_t>(0, -p.end[d]);
    }
    array const around = padded(x, p, p.stride, before, behind);
    auto const strides = row_major(around.shape);
    ptrdiff_t offset = 0;
    for (size_t d = 0; d < 3; ++d) offset += (before[d] - (p.reach(d) - 1) + p.begin[d]) * strides[2 + d];
    array out(x.type, result_shape(c, p, groups * w.shape[1]));
    dispatch(floats, x.type, [&]<class T>(std::type_identity<T>) { correlate<T>(c, out, around, k, p, {1, 1, 1}, offset); });
    return {out};
}

/// Each channel by itself; what came before stands in front.  (b,c,l,k), (c,k) → (b,c,l)
results causal_conv(call const& c) {
    array const &x = c.in(0), &w = c.in(1);
    size_t const b = x.shape.at(0), channels = x.shape.at(1), l = x.shape.at(2), k = w.shape.at(2);
    array const past = c.given(3) ? c.in(3) : array(x.type, {b, channels, k - 1});
    array const all = joined({&past, &x}, 2);
    auto const s = row_major(all.shape);
    array out(x.type, x.shape);
    std::string const activation = c.has("activation") ? c.string("activation") : "none";
    bool const active = activation == "silu" || activation == "swish";
    if (!active && activation != "none") throw not_applicable("activation " + activation);
    dispatch(floats, x.type, [&]<class T>(std::type_identity<T>) {
        array const none = array_of<T>({1});
        auto const seen = view_as<4>(all.data<T>(), {b, channels, l, k}, {s[0], s[1], s[2], s[2]});
        auto const kernel = view_as<4>(w.data<T>(), {b, channels, l, k}, {0, static_cast<ptrdiff_t>(k), 0, 1});
        auto const bias = view_as<3>((c.given(2) ? c.in(2) : none).template data<T>(), x.shape, {0, c.given(2) ? 1 : 0, 0});
        auto const y = sum(seen % kernel, axis<3>) + bias;
        auto const o = view_as<3>(out.data<T>(), x.shape, row_major(x.shape));
        if (active) assign(o, silu(y));
        else assign(o, y);
    });
    ptrdiff_t const last = static_cast<ptrdiff_t>(all.shape[2] - (k - 1));
    return {out, at_strides(all, {b, channels, k - 1}, s, k > 1 ? last * s[2] : 0)};
}

}  // namespace

void add_convolutions(operators& all) {
    all.add("Conv", conv);
    all.add("ConvTranspose", conv_transpose);
    all.add("CausalConvWithState", causal_conv);
}

}  // namespace conformance
