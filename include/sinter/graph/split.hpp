// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/capture/formula.hpp>

/// Which axes of a result are made of two.
namespace sinter::ir {

template <int N>
constexpr int split_along(formula<N> const& f, int t, int d);

/// The same of the arguments of a term, whose axes are aligned at the right; matrices of a product have their own last two.
template <int N>
constexpr int split_along_arguments(formula<N> const& f, term const& x, int d) {
    for (int a = 0; a < x.arity; ++a) {
        int const r = f.terms[x.arg[a]].rank, at = d - (x.rank - r);
        if (at < 0 || (x.what == form::matmul && (r < 2 || d + 2 >= x.rank))) continue;
        if (int const found = split_along(f, x.arg[a], at); found >= 0) return found;
    }
    return -1;
}

/// The axis of an argument that axis d of a reduction is.
template <int N>
constexpr int reduced_axis(formula<N> const& f, term const& x, int d) {
    if (x.keep) return x.axes >> d & 1 ? -1 : d;
    int at = 0;
    for (int left = d; at < f.terms[x.arg[0]].rank; ++at)
        if (!(x.axes >> at & 1) && left-- == 0) return at;
    return -1;
}

/// The term that repeats its argument along axis d of term t, or makes it of two axes; −1: there is none. Then what it reads
/// is affine where that axis is two loops, and has to be divided where it is one.
template <int N>
constexpr int split_along(formula<N> const& f, int t, int d) {
    term const& x = f.terms[t];
    if (d < 0) return -1;
    switch (x.what) {
        case form::map: case form::function: case form::matmul: return split_along_arguments(f, x, d);
        case form::permute: return split_along(f, x.arg[0], x.order[d]);
        case form::expand: return d == x.order[0] ? -1 : split_along(f, x.arg[0], d - (d > x.order[0]));
        case form::reduce: return split_along(f, x.arg[0], reduced_axis(f, x, d));
        case form::softmax: case form::log_softmax: return x.axes >> d & 1 ? -1 : split_along(f, x.arg[0], d);
        case form::windows: return d == x.order[0] || d + 1 == x.rank ? -1 : split_along(f, x.arg[0], d);
        case form::repeat: {
            if (d != x.order[0]) return split_along(f, x.arg[0], d + (x.keep && d > x.order[0]));
            term const& a = f.terms[x.arg[0]];
            return f.extents[a.extent[d]].known() == 1 || f.extents[x.fixed[0]].known() == 1 ? -1 : t;
        }
        default: return -1;
    }
}

/// The same, if whatever is repeated in the formula is repeated as many times: else one axis would have to be split twice.
template <int N>
constexpr int only_split_along(formula<N> const& f, int t, int d) {
    int const found = split_along(f, t, d);
    for (int i = 0; i < f.size && found >= 0; ++i)
        if (f.terms[i].what == form::repeat && f.terms[i].fixed[0] != f.terms[found].fixed[0]) return -1;
    return found;
}

}  // namespace sinter::ir
