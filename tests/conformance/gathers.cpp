// SPDX-License-Identifier: BSL-1.0
// Elements at places that are data. A place is compared with every coordinate: the sum over the axis has one term.
#include "along.hpp"

namespace conformance {
namespace {

using namespace sinter;

constexpr auto gathered = numbers + types<bool>{};

/// Indices without negative ones, which count from the end.
array from_front(array const& indices, std::size_t n) {
    array out = as_int64(indices);
    auto const i = flat<std::int64_t>(out);
    assign(i, where(i < 0, i + static_cast<std::int64_t>(n), i));
    return out;
}

/// x along an axis at the indices: (b,n,a), (m) → (b,m,a)
array gather(array const& x, array const& indices, std::size_t axis_) {
    auto const v = along(x.shape, axis_);
    array const at = from_front(indices, v.n);
    shape_t shape(x.shape.begin(), x.shape.begin() + static_cast<std::ptrdiff_t>(axis_));
    shape.insert(shape.end(), indices.shape.begin(), indices.shape.end());
    shape.insert(shape.end(), x.shape.begin() + static_cast<std::ptrdiff_t>(axis_) + 1, x.shape.end());
    array out(x.type, shape);
    std::size_t const m = at.size();
    auto const i = view_as<4>(at.data<std::int64_t>(), {v.before, m, v.after, v.n}, {0, 1, 0, 0});
    dispatch(gathered, x.type, [&]<class T>(std::type_identity<T>) {
        assign(view_as<3>(out.data<T>(), {v.before, m, v.after}, row_major({v.before, m, v.after})),
               sum(where(equal(i, coord<3>), v.behind<T>(x, m), T(0)), axis<3>));
    });
    return out;
}

/// Each element of the result names its own place along the axis; the other axes of x may be longer.
results gather_elements(call const& c) {
    array const& indices = c.in(1);
    std::size_t const a = axis_from_front(c.integer("axis", 0), c.in(0).rank());
    shape_t shape = indices.shape;
    shape[a] = c.in(0).shape[a];
    array const x = at_strides(c.in(0), shape, row_major(c.in(0).shape), 0);
    auto const v = along(shape, a), to = along(indices.shape, a);
    array const at = from_front(indices, v.n);
    array out(x.type, indices.shape);
    auto const i = view_as<4>(at.data<std::int64_t>(), {to.before, to.n, to.after, v.n}, {to.row(), to.step(), 1, 0});
    dispatch(gathered, x.type, [&]<class T>(std::type_identity<T>) {
        assign(to.write<T>(out), sum(where(equal(i, coord<3>), v.behind<T>(x, to.n), T(0)), axis<3>));
    });
    return {out};
}

}  // namespace

array gathered_rows(array const& x, array const& indices, std::size_t axis_) { return gather(x, indices, axis_); }

void add_gathers(operators& all) {
    all.add("Gather", [](call const& c) -> results {
        return {gather(c.in(0), c.in(1), axis_from_front(c.integer("axis", 0), c.in(0).rank()))};
    });
    all.add("GatherElements", gather_elements);
}

}  // namespace conformance
