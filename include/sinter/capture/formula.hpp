// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/capture/function.hpp>
#include <sinter/core/config.hpp>
#include <sinter/core/dtype.hpp>
#include <sinter/core/op.hpp>

#include <cstdint>
#include <string_view>

/// A formula as the user wrote it: whole tensors, named functions, positions of axes. The graph (graph/graph.hpp) has
/// elements and axes instead, and only three kinds of node.
namespace sinter::ir {

enum class form : std::uint8_t {
    operand,            ///< slot
    coordinate,         ///< order[0] = axis of the surrounding result (may be negative)
    map,                ///< op over args, broadcast; of op::user the slot is the user's function. If `keep`, the product of a
                        ///< convolution along order[0] axes; order[1]: transposed, order[2]: in groups. So is an einsum that keeps
    function,           ///< `function` over args, broadcast: a composition
    matmul,             ///< two args, multiplied with op and added up with `reduction`; start[0] is the extent of the
                        ///< summed axis; the user's function has the slot, the user's monoid it or the one before
    outer,              ///< two args
    einsum,             ///< up to max_arguments args, at the indices that `text` names
    permute,            ///< result axis i is argument axis order[i]
    reshape,            ///< to the extents of this term; the argument is an operand whose elements are contiguous
    expand,             ///< order[0] = place of the new axis (normalised)
    slice,              ///< result axis i is argument axis order[i], from start[i] in steps of step[i];
                        ///< argument axes that do not appear are fixed at fixed[axis]
    concatenate,        ///< two args, one behind the other along axis order[0]
    windows,            ///< overlapping parts of axis order[0]: their places stay there, what they hold is a new last axis;
                        ///< fixed[0 … 4] = size, stride, dilation, elements before and after; fixed[6]: how many
                        ///< elements there must be (−1: any); a second arg: what stands outside. If `keep`, what windows
                        ///< put at each element would reach, without those before and after and with fixed[5] more
    repeat,             ///< each element of axis order[0] fixed[0] times; or, if `keep`, that axis and the next as one
    take, take_along,   ///< elements of axis order[0] of the first arg at the places that the second one names
    reduce,             ///< reduction `what`, over the axes in `axes`
    cumulate,           ///< `reduction` of all up to here along the axis in `axes`
    softmax, log_softmax,            ///< over the axes in `axes`
    layer_norm, rms_norm,            ///< args x, gamma, beta, eps / x, gamma, eps (scalars broadcast): last axis
    normalize,                       ///< L2, last axis
    cosine_similarity,               ///< two args, last axis, broadcast
    top, top_places,                 ///< the largest along the axis in `axes`, whose extent becomes their number
};

/// The reductions of the public face; most are compositions in the graph.
enum class reduction : std::uint8_t {
    sum, mean, prod, amax, amin, argmax, argmin, variance, norm, logsumexp, any, all,
    user,               ///< slot = the operand that is the monoid
};

/// One extent. Everything that can be known about it at compile time.
struct extent {
    enum class source : std::uint8_t {
        constant,       ///< value
        operand,        ///< extent `dim` of operand `slot` (also the entries of a list of extents)
        broadcast,      ///< of extents a and b by NumPy's rule
        same,           ///< extents a and b, which must agree
        product,        ///< a · b
        quotient,       ///< ⌈(a − b) / value⌉: a slice from b to a in steps of value
        before_end,     ///< a − value: a negative index
        sum,            ///< a + b
        places,         ///< of the windows that term `slot` takes of an axis of extent a
    } from = source::constant;
    std::size_t value = 1;          ///< the extent, dyn where it is not known at compile time; of a quotient the step
    std::int16_t slot = -1, dim = -1;
    std::int16_t a = -1, b = -1;
    std::int16_t where = -1;        ///< the term that asks for the rule, for messages
    bool operator==(extent const&) const = default;
    /// The extent where it is known at compile time; else dyn.
    constexpr std::size_t known() const { return from == source::quotient || from == source::before_end ? dyn : value; }
};

/// The largest number of arguments of a term.
inline constexpr int max_arguments = 32;

/// One node of a formula. Arguments come before their users; operand slots count in the order of the
/// operands from left to right; functions, monoids and lists of numbers have a slot but no term.
struct term {
    form what = form::operand;
    ir::op op = ir::op::add;
    ir::reduction reduction = ir::reduction::sum;
    ir::function function = ir::function::relu;
    dtype type = dtype::none;       ///< of the elements of the result
    bool keep = false;              ///< a reduction keeps its axes with extent 1
    bool elastic = false;           ///< made of coordinates and scalars only: takes the shape of what it meets
    std::int16_t slot = -1;         ///< operand; or the user's function or monoid
    std::int8_t arity = 0;
    std::int8_t rank = 0;
    std::int16_t arg[max_arguments] = {};
    std::int16_t extent[max_rank] = {};             ///< of the result: positions in formula::extents
    std::uint8_t axes = 0;                          ///< bit i: axis i of the argument
    std::int8_t order[max_rank] = {};
    std::int16_t start[max_rank] = {};              ///< slice: positions in formula::extents, −1 = 0
    std::int16_t step[max_rank] = {1, 1, 1, 1, 1, 1, 1, 1};
    std::int16_t fixed[max_rank] = {-1, -1, -1, -1, -1, -1, -1, -1};
    std::string_view text = {};                     ///< einsum
    bool operator==(term const&) const = default;

    /// Whether the result is places of extreme values.
    constexpr bool finds_places() const { return what == form::reduce && (reduction == reduction::argmax || reduction == reduction::argmin); }

    /// The axis in `axes`, where there is one only; 0 where there is none.
    constexpr int named_axis() const {
        int d = 0;
        while (d + 1 < max_rank && !(axes >> d & 1u)) ++d;
        return axes == 0 ? 0 : d;
    }
};

/// What is known of an operand at compile time.
struct operand_info {
    dtype type = dtype::none;
    std::int8_t rank = 0;           ///< 0: a scalar
    bool contiguous = true;         ///< row-major without gaps, so its strides follow from its extents
    std::size_t extent[max_rank] = {};   ///< or dyn
    bool stored = true;             ///< lies in memory, so that it can be reshaped
    bool operator==(operand_info const&) const = default;
};

/// Results that one formula may have (see together.hpp).
inline constexpr int max_results = 5;

/// A formula with at most N terms.
template <int N>
struct formula {
    static constexpr int capacity = N;
    int size = 0, operands = 0, extents_size = 0, results = 1;
    std::int16_t result[max_results] = {};          ///< the terms that are wanted
    term terms[N] = {};
    operand_info operand[N] = {};
    ir::extent extents[4 * N + 8] = {};

    constexpr term const& root(int i = 0) const { return terms[result[i]]; }
    bool operator==(formula const&) const = default;
};

}  // namespace sinter::ir
