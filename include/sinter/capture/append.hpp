// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/capture/builder.hpp>
#include <sinter/capture/infer.hpp>
#include <sinter/capture/infer_einsum.hpp>
#include <sinter/capture/infer_slice.hpp>
#include <sinter/capture/infer_type.hpp>
#include <sinter/capture/infer_windows.hpp>

#include <cstddef>

namespace sinter::ir {

/// What is known of the value of an expression at compile time.
struct shape {
    dtype type = dtype::none;
    std::int8_t rank = 0;
    bool elastic = false;       ///< coordinates and scalars only
    bool weak = false;          ///< takes the element type of what it meets
    bool contiguous = false;    ///< an operand without gaps
    bool slot_only = false;     ///< a function or a list of indices
    ir::fault fault = {};
    std::size_t extent[max_rank] = {};
    bool stored = false;        ///< a tensor or a view, not a formula
};

/// Appends the term that q asks for, over arguments that are terms or slots (see builder::add_slot); returns it.
constexpr int append(builder& b, request const& q, int const* args, int count) {
    term t = q.term;
    for (int i = 0; i < count; ++i) {
        if (args[i] < -1) t.slot = static_cast<std::int16_t>(-2 - args[i]);
        else t.arg[t.arity++] = static_cast<std::int16_t>(args[i]);
    }
    switch (t.what) {
        case form::operand: break;
        case form::coordinate: t.elastic = true; break;
        case form::map: case form::function: detail::broadcast_arguments(b, t); break;
        case form::layer_norm: case form::rms_norm:
            detail::needs_axis(b, t);
            detail::broadcast_arguments(b, t);
            break;
        case form::matmul: detail::matmul(b, t); break;
        case form::outer: detail::outer(b, t); break;
        case form::einsum: detail::einsum(b, t); break;
        case form::permute: detail::permute(b, t, q); break;
        case form::expand: detail::expand(b, t, q); break;
        case form::slice: detail::slice(b, t, q); break;
        case form::concatenate: detail::concatenate(b, t, q); break;
        case form::windows: detail::windows(b, t, q); break;
        case form::repeat: detail::repeat(b, t, q); break;
        case form::take: case form::take_along: detail::take(b, t, q); break;
        case form::reduce: detail::reduce(b, t, q); break;
        case form::softmax: case form::log_softmax:
            detail::same_shape(b, t);
            detail::name_axes(b, t, q);
            break;
        case form::cumulate: detail::cumulate(b, t, q); break;
        case form::normalize:
            detail::needs_axis(b, t);
            detail::same_shape(b, t);
            break;
        case form::top: case form::top_places: detail::top(b, t, q); break;
        case form::cosine_similarity: detail::last_axis_pairs(b, t); break;
        case form::reshape: {
            term const& x = b.terms[t.arg[0]];
            detail::reshape(b, t, q, x.what == form::operand && x.slot >= 0 && b.operands[x.slot].stored);
            break;
        }
    }
    return b.push(t);
}

/// The shape of one node from the shapes of its arguments, at most `Most`: the same rules, in a formula of just that node.
template <int Most>
constexpr shape infer(request const& q, shape const* args, int count) {
    term terms[Most + 1] = {};
    operand_info operands[Most + 1] = {};
    extent extents[2 * Most * max_rank] = {};
    builder b{terms, extents, operands};
    int ids[Most] = {};
    dtype types[Most] = {};
    bool weak[Most] = {};
    int arity = 0;
    shape result;
    for (int i = 0; i < count; ++i) {
        shape const& x = args[i];
        if (b.fault.rule == rule::none) b.fault = x.fault;
        operand_info info{x.type, x.rank, x.contiguous, {}, x.stored};
        for (int k = 0; k < x.rank; ++k) info.extent[k] = x.extent[k];
        ids[i] = x.slot_only ? b.add_slot(info) : b.add_operand(info, x.elastic);
        if (x.slot_only) continue;
        types[arity] = x.type;
        weak[arity++] = x.weak;
    }
    term const& t = terms[append(b, q, ids, count)];
    result.rank = t.rank;
    result.elastic = t.elastic;
    result.fault = b.fault;
    for (int i = 0; i < t.rank; ++i) result.extent[i] = b.known(t.extent[i]);
    typed const type = infer_type(q.term, types, weak, arity);
    result.type = type.type;
    result.weak = type.weak && t.rank == 0;
    return result;
}

}  // namespace sinter::ir
