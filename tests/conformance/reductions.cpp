// SPDX-License-Identifier: BSL-1.0
#include "along.hpp"

#include <algorithm>
#include <numeric>

namespace conformance {

void group(grouped& g, array const& x, std::vector<std::size_t> const& reduced) {
    auto const kept = others(reduced, x.rank());
    auto strides = row_major(x.shape);
    shape_t shape = picked(x.shape, reduced);
    collapsed c = collapse(shape, {picked(strides, reduced)}, 2);
    g.x = &x;
    g.kept = picked(x.shape, kept);
    g.strides = picked(strides, kept);
    if (c.shape.size() > 2) {
        auto order = kept;
        order.insert(order.end(), reduced.begin(), reduced.end());
        g.copy = permuted(x, order);
        g.x = &g.copy;
        strides = row_major(g.copy.shape);
        g.strides.assign(strides.begin(), strides.begin() + static_cast<std::ptrdiff_t>(kept.size()));
        c = {{1, size_of(shape)}, {{0, 1}}};
    }
    g.extents = {c.shape[0], c.shape[1]};
    g.own = {c.strides[0][0], c.strides[0][1]};
}

namespace {

using namespace sinter;

/// The axes of a Reduce operator: the second input or an attribute; none means all, or none where the call says so.
std::vector<std::size_t> reduced_axes(call const& c) {
    std::size_t const rank = c.in(0).rank();
    std::vector<std::int64_t> named;
    if (c.given(1)) named = list_of(c.in(1));
    else if (auto const* axes = c.integers("axes")) named = *axes;
    if (named.empty() && !c.flag("noop_with_empty_axes")) {
        named.resize(rank);
        std::iota(named.begin(), named.end(), 0);
    }
    return axes_from_front(named, rank);
}

/// f(x) reduces the last two axes of x.
template <class Types, class F>
results reduce_with(call const& c, Types types, F f) {
    array const& x = c.in(0);
    auto const axes = reduced_axes(c);
    grouped g;
    group(g, x, axes);
    array out(x.type, g.kept);
    dispatch(types, x.type, [&]<class T>(std::type_identity<T>) { evaluate<2>(g.kept, f, write<T>(out), g.read<T>()); });
    if (!c.integer("keepdims", 1)) return {out};
    shape_t shape = x.shape;
    for (auto const a : axes) shape[a] = 1;
    return {reshaped(out, shape)};
}

template <class Types, class F>
void add_reduction(operators& all, char const* name, Types types, F f) {
    all.add(name, [=](call const& c) { return reduce_with(c, types, f); });
}

constexpr auto both = axis<-2, -1>;

/// Of truths, the maximum is "any" and the minimum "all".
template <class X>
constexpr bool is_mask = std::is_same_v<std::remove_cvref_t<decltype(*std::declval<X>().data())>, bool>;
template <class X>
auto largest(X x) {
    if constexpr (is_mask<X>) return any(x, both);
    else return amax(x, both);
}
template <class X>
auto smallest(X x) {
    if constexpr (is_mask<X>) return sinter::all(x, both);
    else return amin(x, both);
}

constexpr auto summable = floats + usual_integers + types<std::uint32_t, std::uint64_t>{};
constexpr auto ordered = summable + types<std::int8_t, std::uint8_t, bool>{};

}  // namespace

void add_reductions(operators& all) {
    add_reduction(all, "ReduceSum", summable, [](auto x) { return sum(x, both); });
    add_reduction(all, "ReduceMean", summable, [](auto x) { return mean(x, both); });
    add_reduction(all, "ReduceMax", ordered, [](auto x) { return largest(x); });
    add_reduction(all, "ReduceMin", ordered, [](auto x) { return smallest(x); });
    add_reduction(all, "ReduceProd", summable, [](auto x) { return prod(x, both); });
    add_reduction(all, "ReduceL1", summable, [](auto x) { return sum(abs(x), both); });
    add_reduction(all, "ReduceL2", floats, [](auto x) { return norm(x, both); });
    add_reduction(all, "ReduceLogSum", floats, [](auto x) { return log(sum(x, both)); });
    add_reduction(all, "ReduceLogSumExp", floats, [](auto x) { return logsumexp(x, both); });
    add_reduction(all, "ReduceSumSquare", summable, [](auto x) { return sum(square(x), both); });
}

}  // namespace conformance
