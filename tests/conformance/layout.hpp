// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "array.hpp"

/// Shapes and strides: how an array is seen by a formula without moving an element.
namespace conformance {

/// The shape to which all of them broadcast, by NumPy's rule. Throws bad_case where they do not.
shape_t broadcast(std::vector<shape_t> const& shapes);

/// Strides with which `shape`, at strides `strides`, is read as the larger `to`: 0 along the axes that repeat.
strides_t stretched(shape_t const& shape, strides_t const& strides, shape_t const& to);
inline strides_t stretched(shape_t const& shape, shape_t const& to) { return stretched(shape, row_major(shape), to); }

/// An axis counted from the front. Throws bad_case where there is no such axis.
std::size_t axis_from_front(std::int64_t axis, std::size_t rank);

/// The axes, each once, in order.
std::vector<std::size_t> axes_from_front(std::vector<std::int64_t> const& axes, std::size_t rank);

/// The elements of a list at some places.
template <class List>
List picked(List const& x, std::vector<std::size_t> const& places) {
    List result;
    for (auto const i : places) result.push_back(x[i]);
    return result;
}

/// All places that are not in the ordered list.
std::vector<std::size_t> others(std::vector<std::size_t> const& places, std::size_t rank);

/// The same elements with as few axes as possible: axes of extent 1 go, and neighbours become one where that holds for
/// every operand. Then axes of extent 1 come in front until there are `rank`.
struct collapsed {
    shape_t shape;
    std::vector<strides_t> strides;     // by operand
};
collapsed collapse(shape_t const& shape, std::vector<strides_t> const& strides, std::size_t rank);

/// Goes through all indices of a shape in order; `offset` follows for each operand.
class odometer {
public:
    odometer(shape_t shape, std::vector<strides_t> strides);
    bool next();                                    ///< false at the end
    std::vector<std::ptrdiff_t> offset;             ///< by operand

private:
    shape_t shape_, index_;
    std::vector<strides_t> strides_;
};

/// The product of extents [first, last).
std::size_t extent_of(shape_t const& shape, std::size_t first, std::size_t last);

}  // namespace conformance
