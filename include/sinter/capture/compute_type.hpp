// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/capture/formula.hpp>

/// The type in which a formula is computed, whatever the types in which its operands and its result are stored.
namespace sinter::ir {

namespace detail {
/// Which terms have a part in what is computed: places of `take` only say where it is.
template <int N>
struct counted_terms {
    bool counts[N] = {};
    constexpr explicit counted_terms(formula<N> const& f) {
        for (int i = 0; i < f.results; ++i) counts[f.result[i]] = true;
        for (int i = f.size - 1; i >= 0; --i) {
            auto const& t = f.terms[i];
            int const n = t.what == form::take || t.what == form::take_along ? 1 : t.arity;
            for (int a = 0; counts[i] && a < n; ++a) counts[t.arg[a]] = true;
        }
    }
};

/// Integers alone: 32 bits where all that appears has at most 32, else 64, without a sign where an unsigned type has 64.
/// (A coordinate takes the type of what it meets, and so says nothing.)
template <int N>
constexpr dtype integer_compute_type(formula<N> const& f, counted_terms<N> const& of) {
    dtype d = dtype::i32;
    for (int i = 0; i < f.size; ++i) {
        auto const& t = f.terms[i];
        if (!of.counts[i]) continue;
        if (t.what == form::coordinate && i + 1 < f.size) continue;
        if (t.type == dtype::u64) return dtype::u64;
        if (t.type == dtype::u32 || t.type == dtype::i64) d = dtype::i64;
    }
    return d;
}

/// The type of a result; where it is places, of what they are places of.
template <int N>
constexpr dtype valued_type(formula<N> const& f, term const& t) {
    dtype const type = t.what == form::top_places || t.finds_places() ? f.terms[t.arg[0]].type : t.type;
    return is_small_float(type) ? dtype::f32 : type;
}
}  // namespace detail

/// The user's own type where it appears; integers where nothing is anything else; else double where an operand or the result is, or where no float appears;
/// else float.
template <int N>
constexpr dtype compute_type(formula<N> const& f) {
    bool real = false, floats = false;
    detail::counted_terms<N> const of(f);
    for (int i = 0; i < f.size; ++i)
        if (f.terms[i].type == dtype::own) return dtype::own;
    for (int i = 0; i < f.size; ++i) {
        auto const& t = f.terms[i];
        real = real || is_floating(t.type);
        if (t.what != form::operand) continue;
        if (t.type == dtype::f64 && t.rank > 0) return dtype::f64;
        floats = floats || t.type == dtype::f32 || is_small_float(t.type);
    }
    if (!real) return detail::integer_compute_type(f, of);
    for (int i = 0; i < f.results; ++i) {
        dtype const root = detail::valued_type(f, f.root(i));
        if (root == dtype::f64 || (!floats && root != dtype::f32)) return dtype::f64;
    }
    return dtype::f32;
}

/// The C++ type of a cast to D in a formula that is computed in T.
template <dtype D, class T> struct cast_type { using type = element_t<D>; };
template <class T> struct cast_type<dtype::own, T> { using type = T; };

}  // namespace sinter::ir
