// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/capture/builder.hpp>
#include <sinter/core/fixed_string.hpp>

/// What a node of an expression does. The names are short because they end up in symbols.
namespace sinter::ir {

namespace detail {
constexpr request ask(form f) {
    request q;
    q.term.what = f;
    return q;
}
template <class... I>
constexpr request ask(form f, I... numbers) {
    request q = ask(f);
    ((q.specs[q.count++].a = numbers), ...);
    return q;
}
}  // namespace detail

/// Elementwise operation; `To` is the type of the result of a cast or of a user's function.
template <op O, dtype To = dtype::none>
struct map_t {
    static constexpr request ask() {
        request q = detail::ask(form::map);
        q.term.op = O;
        q.term.type = To;
        return q;
    }
};

/// What a convolution along S axes multiplies: windows of x, and the kernel.
template <int S, bool Transposed, bool Groups>
struct convolved_t {
    static constexpr request ask(request q = map_t<op::mul>::ask()) {
        q.term.keep = true;
        q.term.order[0] = S;
        q.term.order[1] = Transposed;
        q.term.order[2] = Groups;
        return q;
    }
};

template <function F>
struct function_t {
    static constexpr request ask() {
        request q = detail::ask(form::function);
        q.term.function = F;
        return q;
    }
};

/// A form without parameters: outer, layer_norm, …; permute without a list transposes.
template <form F>
struct form_t {
    static constexpr request ask() { return detail::ask(F); }
};
using transpose_t = form_t<form::permute>;

/// A product over a semiring, which multiplies with O and adds with R; `To` is the type of what a user's function gives.
template <op O, reduction R, dtype To = dtype::none>
struct product_t {
    static constexpr request ask() {
        request q = detail::ask(form::matmul);
        q.term.op = O;
        q.term.reduction = R;
        q.term.type = To;
        return q;
    }
};
using matmul_t = product_t<op::mul, reduction::sum>;

/// A sum of products over the indices that a text names.
template <fixed_string Text>
struct einsum_t {
    static constexpr request ask() {
        request q = detail::ask(form::einsum);
        q.term.text = Text.text();
        return q;
    }
};

/// The same as a product and the sum over channels and offsets at once.
template <fixed_string Text, int S, bool Transposed>
struct convolved_sum_t {
    static constexpr request ask() { return convolved_t<S, Transposed, false>::ask(einsum_t<Text>::ask()); }
};

/// A form with axes or extents: permute, expand, softmax, log_softmax.
template <form F, int... I>
struct axes_t {
    static constexpr request ask() { return detail::ask(F, I...); }
};

template <reduction R, bool Keep, int... Axes>
struct reduce_t {
    static constexpr request ask() {
        request q = detail::ask(form::reduce, Axes...);
        q.term.reduction = R;
        q.term.keep = Keep;
        return q;
    }
};

/// A sum of products, in the type of those.
template <dtype To, int... Axes>
struct sum_t {
    static constexpr request ask() {
        request q = reduce_t<reduction::sum, false, Axes...>::ask();
        q.term.type = To;
        return q;
    }
};

/// A reduction of all up to each place along axis I.
template <reduction R, int I>
struct cumulate_t {
    static constexpr request ask() {
        request q = detail::ask(form::cumulate, I);
        q.term.reduction = R;
        return q;
    }
};

template <int I>
struct coord_t {
    static constexpr request ask() {
        request q = detail::ask(form::coordinate);
        q.term.order[0] = I;
        return q;
    }
};

/// Entries are extents, or `at_run_time`.
template <std::int64_t... E>
struct reshape_t {
    static constexpr request ask() { return detail::ask(form::reshape, E...); }
};

/// Axis, size, stride, dilation, elements before and after, 0 and the number of elements that there must be (any
/// where it is not given), each known or `at_run_time`.
template <int I, std::int64_t... N>
struct windows_t {
    static constexpr request ask() { return detail::ask(form::windows, std::int64_t{I}, N...); }
};

/// Axis, size, stride, dilation, elements that are cut off before and after, and how many there are more behind.
template <int I, std::int64_t... N>
struct reached_t {
    static constexpr request ask() {
        request q = detail::ask(form::windows, std::int64_t{I}, N...);
        q.term.keep = true;
        return q;
    }
};

/// Axis and count, the latter known or `at_run_time`; without a count the axis and the next become one.
template <int I, std::int64_t... Count>
struct repeat_t {
    static constexpr request ask() {
        request q = detail::ask(form::repeat, std::int64_t{I}, Count...);
        q.term.keep = sizeof...(Count) == 0;
        return q;
    }
};

/// Each entry has a `static constexpr spec value`.
template <class... Specs>
struct slice_t {
    static constexpr request ask() {
        request q = detail::ask(form::slice);
        ((q.specs[q.count++] = Specs::value), ...);
        return q;
    }
};

/// Marks an intermediate that is to be stored.
struct materialize_t;

/// Several results, side by side.
struct together_t;

}  // namespace sinter::ir
