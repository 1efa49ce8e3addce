// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <limits>
#include <vector>

namespace sinter::oracle {

using shape_t = std::vector<std::size_t>;

/// What the oracle computes with: values in double and, beside each, how far a careful evaluation in the formula's
/// own types may be from it. `error` follows the usual running analysis: what the arguments' errors do to the
/// result, and the rounding of this step.
struct array {
    shape_t shape;
    std::vector<double> data, error;

    array() = default;
    explicit array(shape_t s, double value = 0) : shape(std::move(s)) {
        std::size_t const n = size();
        data.assign(n, value);
        error.assign(n, 0);
    }
    array(shape_t s, std::vector<double> values)
        : shape(std::move(s)), data(std::move(values)), error(data.size(), 0) {}

    std::size_t size() const {
        std::size_t n = 1;
        for (std::size_t e : shape) n *= e;
        return n;
    }
    std::size_t rank() const { return shape.size(); }
};

/// Calls f with every multi-index of `shape`, in row-major order.
template <class F>
void for_each_index(shape_t const& shape, F f) {
    std::vector<std::size_t> index(shape.size(), 0);
    for (std::size_t e : shape)
        if (e == 0) return;
    for (;;) {
        f(static_cast<std::vector<std::size_t> const&>(index));
        std::size_t axis = shape.size();
        while (axis > 0 && ++index[axis - 1] == shape[axis - 1]) index[--axis] = 0;
        if (axis == 0) return;
    }
}

/// The flat position of an index in an array that is broadcast to the index's shape, aligned at the right.
inline std::size_t broadcast_position(shape_t const& shape, std::vector<std::size_t> const& index) {
    std::size_t const skip = index.size() - shape.size();
    std::size_t position = 0;
    for (std::size_t i = 0; i < shape.size(); ++i)
        position = position * shape[i] + (shape[i] == 1 ? 0 : index[skip + i]);
    return position;
}

/// NumPy's rule; throws where two extents differ and neither is 1.
shape_t broadcast(shape_t const& a, shape_t const& b);

}  // namespace sinter::oracle
