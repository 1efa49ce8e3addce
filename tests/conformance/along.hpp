// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "formula.hpp"
#include "operators.hpp"

namespace conformance {

/// The axes of an array in two groups, those that stay and those that a formula reduces, the latter as two axes of its own.
struct grouped {
    array copy;                 // where the reduced axes cannot be seen as two axes
    array const* x;
    shape_t kept;               // extents
    strides_t strides;          // of the kept axes
    std::array<std::size_t, 2> extents;
    std::array<std::ptrdiff_t, 2> own;

    template <class T>
    operand<T const, 2> read() const { return {x->data<T>(), strides, extents, own}; }
};
void group(grouped& g, array const& x, std::vector<std::size_t> const& reduced);

/// An array as (before, along, after): axis a in the middle, all of the others around it; perhaps from its end.
struct along_axis {
    std::size_t before, n, after;
    bool backwards = false;

    std::ptrdiff_t step() const { return static_cast<std::ptrdiff_t>(after) * (backwards ? -1 : 1); }
    std::ptrdiff_t row() const { return static_cast<std::ptrdiff_t>(n * after); }
    template <class T>
    T* begin(T* data) const { return backwards && n > 0 ? data + (n - 1) * after : data; }

    /// (before, n, after)
    template <class T>
    auto of(T* data) const { return view_as<3>(begin(data), {before, n, after}, {row(), step(), 1}); }
    template <class T>
    auto read(array const& x) const { return of(x.data<T>()); }
    template <class T>
    auto write(array& x) const { return of(x.data<T>()); }

    /// (before, shown, after, n): the axis behind the others, to be reduced; where it was, an axis that repeats.
    template <class T>
    auto behind(array const& x, std::size_t shown) const {
        return view_as<4>(begin(x.data<T>()), {before, shown, after, n}, {row(), 0, 1, step()});
    }
    /// (before, n, after, n): the axis where it was, repeated along one behind the others.
    template <class T>
    auto in_place(array const& x) const {
        return view_as<4>(begin(x.data<T>()), {before, n, after, n}, {row(), step(), 1, 0});
    }
};
inline along_axis along(shape_t const& shape, std::size_t axis, bool backwards = false) {
    return {extent_of(shape, 0, axis), shape[axis], extent_of(shape, axis + 1, shape.size()), backwards};
}

}  // namespace conformance
