// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "array.hpp"

#include <sinter/capture/formula.hpp>

#include <functional>
#include <string>

/// The steps that the oracle is made of: whole arrays in, a whole array out, plain nested loops.
namespace sinter::oracle {

/// A function of one element of each argument.
using scalar_function = std::function<double(double const*)>;

/// f of the arguments' elements, broadcast; `roundings` = how many roundings of size `eps` f itself may commit.
array map(scalar_function const& f, std::vector<array const*> const& args, double eps, double roundings = 2);

/// The arithmetic of an elementwise operation in double.
double apply(ir::op op, double const* x);
array map(ir::op op, std::vector<array const*> const& args, double eps);

/// A named elementwise function, by PyTorch's definition.
array functional(ir::function f, std::vector<array const*> const& args, double eps);

/// where(mask, a, b): only the branch that is taken counts.
array select(array const& mask, array const& a, array const& b);

/// Rounds to the element type.
array cast(array const& x, ir::dtype type);

/// Brings the axes in `mask` to the end as one: [outer..., n]; what a reduction over them sees as its row.
array rows_of(array const& x, unsigned mask);
shape_t reduced_shape(shape_t const& shape, unsigned mask, bool keep);

/// The reduction of each row, the reduced axes dropped or kept with extent 1.
array reduce(ir::reduction what, array const& x, unsigned mask, bool keep, double eps);
array reduce(std::function<double(double, double)> const& combine, double identity, array const& x, unsigned mask,
             bool keep, double eps);

/// The reduction of all up to each element along the axis in `mask`.
array cumulate(ir::reduction what, array const& x, unsigned mask, double eps);

array softmax(array const& x, unsigned mask, bool logarithm, double eps);

/// NumPy's matmul over a semiring given by two functions; the ordinary product where `plus` is empty.
struct semiring {
    std::function<double(double, double)> plus, times;
    double zero = 0;
};
/// The semiring of operations that have a name; what has none is left out.
semiring semiring_of(ir::op times, ir::reduction plus);
array matmul(array const& a, array const& b, double eps, semiring const& ring = {});
/// The sum of products that NumPy's einsum gives.
array einsum(std::string const& subscripts, std::vector<array const*> const& args, double eps);
array outer(array const& a, array const& b, double eps);

/// The `count` largest along an axis, the largest first, or where they stand; NaN is larger than every number, of equal ones
/// the first comes first.
array top(array const& x, std::size_t axis, std::size_t count, bool places);

/// An array of `shape`, whose element at an index is that of x at `from`, which `find` sets; where that gives false, `outside`.
array picked(array const& x, shape_t const& shape, double outside, std::function<bool(shape_t const& index, shape_t& from)> const& find);
array concatenate(array const& a, array const& b, std::size_t axis);
/// NumPy's take and take_along_axis.
array take(array const& x, array const& places, std::size_t axis);
array take_along(array const& x, array const& places, std::size_t axis);

array permute(array const& x, std::vector<int> const& order);

}  // namespace sinter::oracle
