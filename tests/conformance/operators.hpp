// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "test_case.hpp"

#include <functional>

namespace conformance {

/// By slot; empty where a result was not asked for.
using results = std::vector<std::optional<array>>;
using implementation = std::function<results(call const&)>;

/// The operators of ONNX, each some lines of sinter.
class operators {
public:
    operators();
    operators(operators const&) = delete;      // some operators run others
    /// `narrow`: the element types of 16 bits that f has formulas for.
    void add(std::string const& name, implementation f, std::vector<dtype> narrow = {}) {
        all_[name] = {std::move(f), std::move(narrow)};
    }
    /// Operands of 16 bits that an operator has no formula for are computed in float, and what comes out is rounded once.
    results run(call const& c) const;       ///< throws not_applicable

private:
    struct entry {
        implementation f;
        std::vector<dtype> narrow;
    };
    std::map<std::string, entry> all_;
};

/// The results of a case, be it one operator or a graph.
results run(test_case const& c, operators const& all);

/// The values of a graph's outputs, given those of its inputs.
std::vector<array> run(sub_graph const& g, std::vector<array> const& inputs, int opset, operators const& all);

// One of these in each file of operators.
void add_activations(operators& all);
void add_elementwise(operators& all);
void add_arithmetic(operators& all);
void add_choices(operators& all);
void add_casts(operators& all);
void add_reductions(operators& all);
void add_order(operators& all);
void add_products(operators& all);
void add_norms(operators& all);
void add_losses(operators& all);
void add_shapes(operators& all);
void add_parts(operators& all);
void add_gathers(operators& all);
void add_convolutions(operators& all);
void add_attention(operators& all);
void add_positions(operators& all);
void add_linear_attention(operators& all);

// Operators that others use, without a formula: they only say where elements are.

/// A copy in which the axes come in another order.
array permuted(array const& x, std::vector<std::size_t> const& order);
/// A copy with the larger shape to which x broadcasts.
array expanded(array const& x, shape_t const& shape);
/// The same elements in another shape.
array reshaped(array x, shape_t shape);
/// The parts one after another along an axis.
array joined(std::vector<array const*> const& parts, std::size_t axis);
/// A copy of the elements at the places: shape and strides over x, from an offset on.
array at_strides(array const& x, shape_t const& shape, strides_t const& strides, std::ptrdiff_t offset);
/// Writes x to the places of `to`: strides over it, from an offset on.
void put_at_strides(array& to, array const& x, strides_t const& strides, std::ptrdiff_t offset);

/// The elements of x along an axis at the indices, whose axes take the place of that axis.
array gathered_rows(array const& x, array const& indices, std::size_t axis);

/// The numbers of a small integer array.
std::vector<std::int64_t> list_of(array const& a);
/// The number of an integer array with one element.
std::int64_t number_of(array const& a);
/// x converted to 64-bit integers.
array as_int64(array const& x);
/// x converted to another element type.
array converted(array const& x, dtype to);

}  // namespace conformance
