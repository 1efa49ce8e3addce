// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/capture/formula.hpp>

#include <string_view>

/// What users call the terms of a formula.
namespace sinter::ir {

/// Letters of the operands in texts, in their order. I and J look like axes; P, S, T and Z are sums.
inline constexpr std::string_view tensor_letters = "ABCDEFGHKLMNOQRUVWXY", number_letters = "abcduvw";

constexpr std::string_view name(reduction r) {
    constexpr std::string_view names[] = {"sum", "mean", "prod", "amax", "amin", "argmax", "argmin", "variance", "norm",
                                          "logsumexp", "any", "all", "reduce"};
    return names[static_cast<int>(r)];
}

namespace detail {

/// Whether a term is where a convolution multiplies.
constexpr bool is_convolution(term const& t) { return (t.what == form::map || t.what == form::einsum) && t.keep; }

/// What a term is called in messages.
constexpr std::string_view describe(term const& t) {
    if (is_convolution(t)) return t.order[1] ? "convolve_transposed" : "convolve";
    switch (t.what) {
        case form::map: return t.op == op::user ? std::string_view("map(f, ...)") : name(t.op);
        case form::function: return name(t.function);
        case form::matmul: return t.op == op::mul && t.reduction == reduction::sum ? "A*B" : "product<S>(A, B)";
        case form::outer: return "outer";
        case form::einsum: return "einsum";
        case form::permute: return "permute";
        case form::reshape: return "reshape";
        case form::expand: return "expand";
        case form::slice: return "slice";
        case form::concatenate: return "concatenate";
        case form::windows: return "windows";
        case form::repeat: return "repeat";
        case form::take: return "take";
        case form::take_along: return "take_along";
        case form::reduce: return "reduction";
        case form::cumulate: return "cumulative reduction";
        case form::softmax: return "softmax";
        case form::log_softmax: return "log_softmax";
        case form::layer_norm: return "layer_norm";
        case form::rms_norm: return "rms_norm";
        case form::normalize: return "normalize";
        case form::cosine_similarity: return "cosine_similarity";
        case form::top: return "topk";
        case form::top_places: return "indices of topk";
        default: return "operand";
    }
}

/// What was given to a convolution, as terms. Its factors are x behind one windows for each axis, and one more that takes the
/// channels of groups apart, and the kernel.
struct convolution {
    int given[2];

    constexpr convolution(term const* terms, term const& t) : given{t.arg[0], t.arg[1]} {
        int& x = given[0];
        for (int left = t.order[0]; left > 0; x = terms[x].arg[0])
            left -= terms[x].what == form::windows && terms[x].fixed[6] < 0;
        int& kernel = given[1];
        while (terms[kernel].what != form::operand) kernel = terms[kernel].arg[0];
    }
};

/// The convolution of which windows are a part, for messages; t itself where there is none.
constexpr int convolution_with(term const* terms, int size, int t) {
    for (int i = t; i < size && terms[t].what == form::windows; ++i) {
        if (!is_convolution(terms[i])) continue;
        int const x = convolution(terms, terms[i]).given[0];
        for (int at = terms[i].arg[0]; at != x; at = terms[at].arg[0])
            if (at == t) return i;
    }
    return t;
}

}  // namespace detail
}  // namespace sinter::ir
