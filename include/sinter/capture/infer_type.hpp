// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/capture/formula.hpp>

/// Element types of results. Plain numbers are *weak*: they take the type of the tensor that they meet.
namespace sinter::ir {

/// Of e to the x, of a quotient, of a mean: a floating type stays, everything else becomes f64.
constexpr dtype floating(dtype d) { return is_floating(d) ? d : dtype::f64; }

/// The type that a number of type `own` takes beside a tensor of type `strong` (none: it keeps its own).
constexpr dtype weak_beside(dtype strong, dtype own) {
    if (strong == dtype::none || own == dtype::own) return own;
    if (is_floating(strong)) return strong;
    if (!is_floating(own) && strong != dtype::boolean) return strong;
    return promote(strong, own);
}

struct typed {
    dtype type = dtype::none;
    bool weak = false;
};

/// The type in which arguments first … count−1 meet.
constexpr typed meet(dtype const* types, bool const* weak, int first, int count) {
    typed strong, number;
    for (int i = first; i < count; ++i)
        (weak[i] ? number : strong).type = promote((weak[i] ? number : strong).type, types[i]);
    if (strong.type == dtype::none) return {number.type, true};
    if (number.type == dtype::none) return {strong.type, false};
    return {weak_beside(strong.type, number.type), false};
}

namespace detail {
constexpr dtype summed(dtype d) {
    switch (d) {
        case dtype::boolean: case dtype::i8: case dtype::i16: case dtype::i32: return dtype::i64;
        case dtype::u8: case dtype::u16: case dtype::u32: return dtype::u64;
        default: return d;
    }
}

/// Of sums in a product: those of small integers have 32 bits.
constexpr dtype accumulated(dtype d) {
    switch (d) {
        case dtype::i8: case dtype::u8: case dtype::i16: case dtype::u16: return dtype::i32;
        default: return d;
    }
}

constexpr dtype reduced(term const& t, dtype d) {
    switch (t.reduction) {
        case reduction::sum: case reduction::prod: return t.type == dtype::none ? summed(d) : t.type;
        case reduction::mean: case reduction::variance: case reduction::norm: case reduction::logsumexp: return floating(d);
        case reduction::argmax: case reduction::argmin: return dtype::i64;
        case reduction::any: case reduction::all: return dtype::boolean;
        default: return d;
    }
}

/// Of a product over a semiring.
constexpr dtype multiplied(term const& t, dtype d) {
    if (t.reduction == reduction::any || t.reduction == reduction::all) return dtype::boolean;
    return t.op == op::user ? t.type : accumulated(d);
}

/// Operations whose value is no integer even where the arguments are.
constexpr bool is_analytic(op o) {
    return (o >= op::exp && o <= op::erf) || o == op::div || o == op::pow || o == op::atan2;
}
}  // namespace detail

constexpr typed infer_type(term const& t, dtype const* types, bool const* weak, int count) {
    typed const x = meet(types, weak, 0, count);
    switch (t.what) {
        case form::coordinate: return {dtype::i64, true};
        case form::map:
            if (t.op == op::cast) return {t.type, false};
            if (t.op == op::user) return {t.type, x.weak};
            if (info(t.op).is_mask) return {dtype::boolean, x.weak};
            if (t.op == op::select) return {meet(types, weak, 1, count).type, x.weak};
            return {detail::is_analytic(t.op) ? floating(x.type) : x.type, x.weak};
        case form::function: return {info(t.function).keeps_integers ? x.type : floating(x.type), x.weak};
        case form::reduce: case form::cumulate: return {detail::reduced(t, x.type), x.weak};
        case form::softmax: case form::log_softmax: case form::layer_norm: case form::rms_norm: case form::normalize:
        case form::cosine_similarity: return {floating(x.type), false};
        case form::windows: case form::repeat: case form::take: case form::take_along: return {types[0], false};
        case form::matmul: return {detail::multiplied(t, x.type), false};
        case form::einsum: return {detail::accumulated(x.type), false};
        case form::outer: return {x.type, false};
        case form::top_places: return {dtype::i64, false};
        default: return {x.type, x.weak};
    }
}

}  // namespace sinter::ir
