// SPDX-License-Identifier: BSL-1.0
// Operators that say where elements are: views of the operand, or of the result.
#include "formula.hpp"
#include "operators.hpp"

#include <algorithm>

namespace conformance {
namespace {

/// f(std::type_identity<T>()), T an unsigned integer of the size of an element: what only moves elements needs no more.
template <class F>
void for_size(dtype d, F f) {
    switch (info(d).bytes) {
        case 1: return f(std::type_identity<std::uint8_t>());
        case 2: return f(std::type_identity<std::uint16_t>());
        case 4: return f(std::type_identity<std::uint32_t>());
        default: return f(std::type_identity<std::uint64_t>());
    }
}

/// to ← from, both at strides over `shape`.
void move_elements(array& to, strides_t const& to_strides, std::ptrdiff_t to_offset, array const& from,
                   strides_t const& from_strides, std::ptrdiff_t from_offset, shape_t const& shape) {
    for_size(to.type, [&]<class T>(std::type_identity<T>) {
        with_views<4>(shape, [](auto const& o, auto const& x) { o = x; },
                      operand<T>{reinterpret_cast<T*>(to.bytes.data()) + to_offset, to_strides},
                      operand<T const>{reinterpret_cast<T const*>(from.bytes.data()) + from_offset, from_strides});
    });
}

}  // namespace

array at_strides(array const& x, shape_t const& shape, strides_t const& strides, std::ptrdiff_t offset) {
    array out(x.type, shape);
    move_elements(out, row_major(shape), 0, x, strides, offset, shape);
    return out;
}

void put_at_strides(array& to, array const& x, strides_t const& strides, std::ptrdiff_t offset) {
    if (to.type != x.type) throw not_applicable("operands of two element types");
    move_elements(to, strides, offset, x, row_major(x.shape), 0, x.shape);
}

array permuted(array const& x, std::vector<std::size_t> const& order) {
    return at_strides(x, picked(x.shape, order), picked(row_major(x.shape), order), 0);
}

array expanded(array const& x, shape_t const& shape) { return at_strides(x, shape, stretched(x.shape, shape), 0); }

array reshaped(array x, shape_t shape) {
    if (size_of(shape) != x.size()) throw bad_case(text(x.shape) + " cannot become " + text(shape));
    x.shape = std::move(shape);
    return x;
}

array joined(std::vector<array const*> const& parts, std::size_t axis) {
    array const& first = *parts.at(0);
    shape_t shape = first.shape;
    shape[axis] = 0;
    for (auto const* part : parts) shape[axis] += part->shape.at(axis);
    array out(first.type, shape);
    auto const strides = row_major(shape);
    std::ptrdiff_t offset = 0;
    for (auto const* part : parts) {
        put_at_strides(out, *part, strides, offset);
        offset += strides[axis] * static_cast<std::ptrdiff_t>(part->shape[axis]);
    }
    return out;
}

namespace {

/// The axes of a call: the second input, or an attribute in older versions.
std::vector<std::int64_t> axes_of(call const& c) {
    if (c.given(1)) return list_of(c.in(1));
    auto const* const axes = c.integers("axes");
    return axes ? *axes : std::vector<std::int64_t>();
}

results transpose_of(call const& c) {
    array const& x = c.in(0);
    std::vector<std::size_t> order;
    if (auto const* perm = c.integers("perm"))
        for (auto const p : *perm) order.push_back(axis_from_front(p, x.rank()));
    else
        for (std::size_t i = x.rank(); i-- > 0;) order.push_back(i);
    return {permuted(x, order)};
}

results reshape_of(call const& c) {
    array const& x = c.in(0);
    auto const wanted = list_of(c.in(1));
    shape_t shape;
    std::size_t known = 1, inferred = wanted.size();
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        bool const copied = wanted[i] == 0 && !c.flag("allowzero");
        shape.push_back(wanted[i] < 0 ? 1 : copied ? x.shape.at(i) : static_cast<std::size_t>(wanted[i]));
        if (wanted[i] < 0) inferred = i;
        known *= shape.back();
    }
    if (inferred < shape.size()) shape[inferred] = known ? x.size() / known : 0;
    return {reshaped(x, shape)};
}

results flatten(call const& c) {
    array const& x = c.in(0);
    std::int64_t const axis = c.integer("axis", 1);
    std::size_t const split = axis == static_cast<std::int64_t>(x.rank()) ? x.rank() : axis_from_front(axis, x.rank());
    return {reshaped(x, {extent_of(x.shape, 0, split), extent_of(x.shape, split, x.rank())})};
}

results squeeze(call const& c) {
    array const& x = c.in(0);
    auto gone = axes_from_front(axes_of(c), x.rank());
    if (gone.empty())
        for (std::size_t i = 0; i < x.rank(); ++i)
            if (x.shape[i] == 1) gone.push_back(i);
    return {reshaped(x, picked(x.shape, others(gone, x.rank())))};
}

results unsqueeze(call const& c) {
    array const& x = c.in(0);
    auto const given = axes_of(c);
    std::size_t const rank = x.rank() + given.size();
    auto const fresh = axes_from_front(given, rank);
    shape_t shape(rank, 1);
    auto const old = others(fresh, rank);
    for (std::size_t i = 0; i < old.size(); ++i) shape[old[i]] = x.shape.at(i);
    return {reshaped(x, shape)};
}

results expand_of(call const& c) {
    shape_t wanted;
    for (auto const n : list_of(c.in(1))) wanted.push_back(static_cast<std::size_t>(n));
    return {expanded(c.in(0), broadcast({c.in(0).shape, wanted}))};
}

results concat(call const& c) {
    std::vector<array const*> parts;
    for (std::size_t i = 0; i < c.inputs.size(); ++i) parts.push_back(&c.in(i));
    return {joined(parts, axis_from_front(c.integer("axis"), parts.at(0)->rank()))};
}

/// (r·n, …) as (r, n, …), of which the operand does not depend on r.
results tile(call const& c) {
    array const& x = c.in(0);
    auto const repeats = list_of(c.in(1));
    auto const strides = row_major(x.shape);
    shape_t shape, pairs;
    strides_t steps;
    for (std::size_t i = 0; i < x.rank(); ++i) {
        pairs.insert(pairs.end(), {static_cast<std::size_t>(repeats.at(i)), x.shape[i]});
        steps.insert(steps.end(), {0, strides[i]});
        shape.push_back(pairs.end()[-2] * x.shape[i]);
    }
    return {reshaped(at_strides(x, pairs, steps, 0), shape)};
}

results shape_of(call const& c) {
    auto const& s = c.in(0).shape;
    std::int64_t const n = static_cast<std::int64_t>(s.size());
    auto const within = [&](std::int64_t i) { return std::clamp<std::int64_t>(i < 0 ? i + n : i, 0, n); };
    std::vector<std::int64_t> extents;
    for (auto i = within(c.integer("start", 0)), end = within(c.integer("end", n)); i < end; ++i)
        extents.push_back(static_cast<std::int64_t>(s[static_cast<std::size_t>(i)]));
    return {array_of({extents.size()}, extents)};
}

}  // namespace

std::vector<std::int64_t> list_of(array const& a) {
    array const whole = as_int64(a);
    return {whole.data<std::int64_t>(), whole.data<std::int64_t>() + whole.size()};
}

std::int64_t number_of(array const& a) {
    auto const all = list_of(a);
    return all.size() == 1 ? all[0] : throw bad_case("one number was expected, not " + std::to_string(all.size()));
}

void add_shapes(operators& all) {
    all.add("Transpose", transpose_of);
    all.add("Reshape", reshape_of);
    all.add("Flatten", flatten);
    all.add("Squeeze", squeeze);
    all.add("Unsqueeze", unsqueeze);
    all.add("Expand", expand_of);
    all.add("Concat", concat);
    all.add("Tile", tile);
    all.add("Shape", shape_of);
    all.add("Identity", [](call const& c) -> results { return {c.in(0)}; });
}

}  // namespace conformance
