// SPDX-License-Identifier: BSL-1.0
// Elements at places that are data.
#include "along.hpp"

namespace conformance {
namespace {

using namespace sinter;

constexpr auto gathered = numbers + types<bool>{};

/// x along an axis at the indices: (b,n,a), (m) → (b,m,a)
array gather(array const& x, array const& indices, std::size_t axis_) {
    auto const v = along(x.shape, axis_);
    array const at = as_int64(indices);
    shape_t shape(x.shape.begin(), x.shape.begin() + static_cast<std::ptrdiff_t>(axis_));
    shape.insert(shape.end(), indices.shape.begin(), indices.shape.end());
    shape.insert(shape.end(), x.shape.begin() + static_cast<std::ptrdiff_t>(axis_) + 1, x.shape.end());
    array out(x.type, shape);
    std::size_t const m = at.size();
    dispatch(gathered, x.type, [&]<class T>(std::type_identity<T>) {
        assign(view_as<3>(out.data<T>(), {v.before, m, v.after}, row_major({v.before, m, v.after})),
               take<1>(v.read<T>(x), flat<std::int64_t>(at)));
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
    array const at = as_int64(indices);
    array out(x.type, indices.shape);
    dispatch(gathered, x.type, [&]<class T>(std::type_identity<T>) {
        assign(to.write<T>(out), take_along<1>(v.read<T>(x), to.read<std::int64_t>(at)));
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
