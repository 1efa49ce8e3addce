// SPDX-License-Identifier: BSL-1.0
#include "along.hpp"

#include <algorithm>

namespace conformance {
namespace {

using namespace sinter;

/// f(x) of x as (before, along, after), whose result has the same shape.
template <class F>
results along_one_axis(call const& c, F f) {
    array const& x = c.in(0);
    array out(x.type, x.shape);
    std::int64_t const otherwise = c.opset < 13 ? 1 : -1;
    std::size_t const a = axis_from_front(c.integer("axis", otherwise), x.rank());
    auto v = along(x.shape, a);
    if (c.opset < 13 && c.op.ends_with("oftmax")) v = {v.before, v.n * v.after, 1};     // all axes from there on
    dispatch(floats, x.type, [&]<class T>(std::type_identity<T>) { assign(v.write<T>(out), f(v.read<T>(x))); });
    return {out};
}

results lp_norm(call const& c) {
    auto const divided = [](auto x, auto n) { return where(n > 0, x / n, 0); };
    if (c.integer("p", 2) == 1) return along_one_axis(c, [=](auto x) { return divided(x, sum(abs(x), axis<1>, keep)); });
    return along_one_axis(c, [=](auto x) { return divided(x, norm(x, axis<1>, keep)); });
}

/// A scale or a bias for rows of n elements, as (rows, n).
template <class T>
struct of_rows {
    array copy;
    view<T const, dyn, dyn> v;

    of_rows(array const& x, shape_t const& shape, std::size_t axis)
        : copy(expanded(x, broadcast({x.shape, {shape.begin() + static_cast<std::ptrdiff_t>(axis), shape.end()}}))),
          v(rows(copy, shape, axis)) {}

    static view<T const, dyn, dyn> rows(array const& a, shape_t const& shape, std::size_t axis) {
        std::size_t const n = extent_of(shape, axis, shape.size()), r = extent_of(shape, 0, axis);
        if (a.size() == n) return view_as<2>(a.data<T>(), {r, n}, {0, 1});
        throw not_applicable("a scale that differs between the rows");
    }
};

shape_t with_ones_from(shape_t shape, std::size_t axis) {
    std::fill(shape.begin() + static_cast<std::ptrdiff_t>(axis), shape.end(), 1);
    return shape;
}

results layer_normalization(call const& c) {
    array const& x = c.in(0);
    if (c.integer("stash_type", 1) != 1) throw not_applicable("statistics in another type than float32");
    std::size_t const axis_ = axis_from_front(c.integer("axis", -1), x.rank());
    std::size_t const n = extent_of(x.shape, axis_, x.rank()), r = extent_of(x.shape, 0, axis_);
    double const eps = c.real("epsilon", 1e-5);
    array y(x.type, x.shape), mean_(dtype::f32, with_ones_from(x.shape, axis_)), inverse = mean_;
    dispatch(floats, x.type, [&]<class T>(std::type_identity<T>) {
        view<T const, dyn, dyn> const v(x.data<T>(), r, n);
        view<T, dyn, dyn> const o(y.data<T>(), r, n);
        of_rows<T> const scale(c.in(1), x.shape, axis_);
        array const zero = array_of<T>({1});
        of_rows<T> const bias(c.given(2) ? c.in(2) : zero, x.shape, axis_);
        assign(o, layer_norm(v, scale.v, bias.v, eps));
        assign(flat<float>(mean_), mean(v, axis<1>));
        assign(flat<float>(inverse), rsqrt(variance(v, axis<1>) + eps));
    });
    return {y, mean_, inverse};
}

results rms_normalization(call const& c) {
    array const& x = c.in(0);
    std::size_t const axis_ = axis_from_front(c.integer("axis", -1), x.rank());
    std::size_t const n = extent_of(x.shape, axis_, x.rank()), r = extent_of(x.shape, 0, axis_);
    array y(x.type, x.shape);
    dispatch(floats, x.type, [&]<class T>(std::type_identity<T>) {
        view<T const, dyn, dyn> const v(x.data<T>(), r, n);
        view<T, dyn, dyn> const o(y.data<T>(), r, n);
        of_rows<T> const scale(c.in(1), x.shape, axis_);
        assign(o, rms_norm(v, scale.v, c.real("epsilon", 1e-5)));
    });
    return {y};
}

/// x as (sample, group, channel, rest), scale and bias by channel or by group.
results normalize_groups(call const& c, std::size_t groups, bool by_channel) {
    array const& x = c.in(0);
    std::size_t const samples = x.shape.at(0), channels = x.shape.at(1), each = groups ? channels / groups : 0;
    shape_t const shape{samples, groups, each, extent_of(x.shape, 2, x.rank())};
    strides_t const of_scale{0, by_channel ? static_cast<std::ptrdiff_t>(each) : 1, by_channel ? 1 : 0, 0};
    double const eps = c.real("epsilon", 1e-5);
    array out(x.type, x.shape);
    dispatch(floats, x.type, [&]<class T>(std::type_identity<T>) {
        auto const v = view_as<4>(x.data<T>(), shape, row_major(shape));
        auto const scale = view_as<4>(c.in(1).data<T>(), shape, of_scale), bias = view_as<4>(c.in(2).data<T>(), shape, of_scale);
        auto const centred = v - mean(v, axis<2, 3>, keep);
        auto const width = sqrt(variance(v, axis<2, 3>, keep) + eps);
        assign(view_as<4>(out.data<T>(), shape, row_major(shape)), centred / width % scale + bias);
    });
    return {out};
}

results mean_variance(call const& c) {
    array const& x = c.in(0);
    auto const* const named = c.integers("axes");
    auto const reduced = axes_from_front(named ? *named : std::vector<std::int64_t>{0, 2, 3}, x.rank());
    grouped g;
    group(g, x, reduced);
    if (g.x != &x) throw not_applicable("more than two groups of axes to normalise over");
    array out(x.type, x.shape);
    dispatch(floats, x.type, [&]<class T>(std::type_identity<T>) {
        operand<T, 2> const o{out.data<T>(), g.strides, g.extents, g.own};
        evaluate<2>(g.kept, [](auto v) {        // the small number is in ONNX's own definition
            return (v - mean(v, axis<-2, -1>, keep)) / (sqrt(variance(v, axis<-2, -1>, keep)) + 1e-9);
        }, o, g.read<T>());
    });
    return {out};
}

/// x as (sample, channel, rest), the rest by channel.
results batch_normalization(call const& c) {
    array const& x = c.in(0);
    std::size_t const n = x.shape.at(0), channels = x.rank() > 1 ? x.shape[1] : 1;
    shape_t const shape{n, channels, x.rank() > 1 ? extent_of(x.shape, 2, x.rank()) : 1};
    double const eps = c.real("epsilon", 1e-5), old = c.real("momentum", 0.9), fresh = 1 - old;
    array y(x.type, x.shape), running_mean(x.type, {channels}), running_variance = running_mean;
    dispatch(floats, x.type, [&]<class T>(std::type_identity<T>) {
        auto const v = view_as<3>(x.data<T>(), shape, row_major(shape));
        auto const o = view_as<3>(y.data<T>(), shape, row_major(shape));
        auto const of_channel = [&](std::size_t slot) { return view_as<3>(c.in(slot).data<T>(), shape, {0, 1, 0}); };
        auto const scale = of_channel(1), bias = of_channel(2);
        if (!c.flag("training_mode")) return assign(o, (v - of_channel(3)) / sqrt(of_channel(4) + eps) % scale + bias);
        auto const width = sqrt(variance(v, axis<0, 2>, keep) + eps);
        assign(o, (v - mean(v, axis<0, 2>, keep)) / width % scale + bias);
        assign(flat<T>(running_mean), old * flat<T>(c.in(3)) + fresh * mean(v, axis<0, 2>));
        assign(flat<T>(running_variance), old * flat<T>(c.in(4)) + fresh * variance(v, axis<0, 2>));
    });
    return {y, running_mean, running_variance};
}

}  // namespace

void add_norms(operators& all) {
    all.add("Softmax", [](call const& c) { return along_one_axis(c, [](auto x) { return softmax(x, axis<1>); }); });
    all.add("LogSoftmax", [](call const& c) { return along_one_axis(c, [](auto x) { return log_softmax(x, axis<1>); }); });
    all.add("LpNormalization", lp_norm);
    all.add("LayerNormalization", layer_normalization);
    all.add("RMSNormalization", rms_normalization);
    all.add("GroupNormalization", [](call const& c) {
        return normalize_groups(c, static_cast<std::size_t>(c.integer("num_groups")), c.opset >= 21);
    });
    all.add("InstanceNormalization", [](call const& c) { return normalize_groups(c, c.in(0).shape.at(1), true); });
    all.add("MeanVarianceNormalization", mean_variance);
    all.add("BatchNormalization", batch_normalization);
}

}  // namespace conformance
