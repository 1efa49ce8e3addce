// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/capture/call.hpp>
#include <sinter/capture/subscripts.hpp>
#include <sinter/core/error.hpp>
#include <sinter/core/message.hpp>

#include <cstddef>
#include <cstdint>
#include <limits>
#include <type_traits>

namespace sinter {

/// What is wrong with a formula, as text. Each is instantiated only where its rule is broken, once for each pair of
/// extents, so the compiler says it once, with the operation and the numbers in the name.
namespace mismatch {

template <auto Operation, std::size_t A, std::size_t B, int Axis>
struct elementwise {
    static_assert(A == B, "sinter: extents of one axis must be equal, or one of them 1 (axis -1 is the last)");
};
template <auto Operation, std::size_t A, std::size_t B>
struct product {
    static_assert(A == B, "sinter: A*B: the last extent of A must equal the one before last of B");
};
template <auto Operation, std::size_t A, std::size_t B>
struct last_axis {
    static_assert(A == B, "sinter: the last extents of both arguments must be equal");
};
template <auto Operation, long Axis, int Rank>
struct axis {
    static_assert(-Rank <= Axis && Axis < Rank, "sinter: there is no such axis: it must be in [-rank, rank)");
};
template <auto Operation, long Axis, int Rank>
struct twice {
    static_assert(Axis < -Rank, "sinter: an axis is named twice");
};
template <auto Operation, int Named, int Rank>
struct permutation {
    static_assert(Rank < 0, "sinter: permute must name each axis of its argument once");
};
template <auto Operation, std::size_t Rank, std::size_t Wanted>
struct rank {
    static_assert(Rank == Wanted, "sinter: the argument has another rank than the operation needs (dot, outer: vectors; "
                                  "A*B: no scalars; concatenate: parts of the same rank; normalize, layer_norm, rms_norm: an axis)");
};
template <auto Operation, std::size_t Entries, std::size_t Rank>
struct entries {
    static_assert(Entries <= Rank, "sinter: slice has more entries than its argument has axes");
};
template <auto Operation, std::size_t Before, std::size_t After>
struct size {
    static_assert(Before == After, "sinter: reshape must keep the number of elements");
};
template <auto Operation, class E>
struct contiguous {
    static_assert(Operation == decltype(Operation){} && Operation != decltype(Operation){}, "sinter: reshape needs a tensor or a view without gaps; "
                                          "write reshape(materialize(x), ...) to store the intermediate first");
};
template <auto Operation, std::size_t Index, std::size_t Extent>
struct bounds {
    static_assert(Index < Extent, "sinter: an index or an end lies outside its axis");
};
template <auto Operation, std::size_t A, std::size_t B, int Axis>
struct parts {
    static_assert(A == B, "sinter: concatenate: but for the axis along which they are joined, the parts must have the same extents");
};
template <auto Operation, std::size_t Spanned, std::size_t There>
struct window {
    static_assert(Spanned <= There, "sinter: a window spans more elements than its axis has, those before and after included");
};
template <auto Operation, std::size_t Cut, std::size_t There>
struct cut {
    static_assert(Cut <= There, "sinter: convolve_transposed: the padding cuts off more elements than there are");
};
template <auto Operation, std::size_t Wanted, std::size_t There>
struct groups {
    static_assert(Wanted == There, "sinter: convolve: the channels of w times the groups must be those of x");
};
template <std::size_t InX, std::size_t InKernel, bool Transposed>
struct channels {
    static_assert(Transposed || InX == InKernel, "sinter: convolve<S>(x, w): w must have as many channels, before its last S axes, as x; "
                                                 "where it has fewer, groups(g) may be missing");
    static_assert(!Transposed || InX == InKernel, "sinter: convolve_transposed<S>(x, w): the first extent of w must be the channels of x");
};
template <auto Operation>
struct integers {
    static_assert(Operation == decltype(Operation){} && Operation != decltype(Operation){}, "sinter: take(x, places): places must be integers");
};
template <auto Operation, std::size_t A, std::size_t B>
struct deep {
    static_assert(A + B < 0, "sinter: the result has more than 8 axes");
};
template <auto Operation, long Given>
struct positive {
    static_assert(Given >= 1, "sinter: size, stride and dilation of windows and convolutions must be at least 1");
};
template <auto Operation, long Given>
struct negative {
    static_assert(Given >= 0, "sinter: padding, the count of repeat, the number of rows or cols and extents must not be negative");
};
template <auto Operation, std::size_t From, std::size_t To>
struct backwards {
    static_assert(From <= To, "sinter: range(b, e): it ends before it begins");
};
template <auto Operation, std::size_t Wanted, std::size_t Extent>
struct top {
    static_assert(Wanted <= Extent, "sinter: topk<K>(x, axis<I>): the axis has fewer than K elements");
};
template <auto Operation>
struct shapeless {
    static_assert(Operation == decltype(Operation){} && Operation != decltype(Operation){}, "sinter: coordinates and numbers alone have no shape to reduce over");
};

template <char Index, std::size_t A, std::size_t B>
struct index {
    static_assert(A == B, "sinter: einsum: the extents of an index must be equal wherever it stands");
};
/// `Text`: with the part that is wrong in square brackets.
template <ir::slip Slip, class Text>
struct subscripts {
    using enum ir::slip;
    static_assert(Slip != character, "sinter: einsum: in [] is no index: letters, commas, one '->' and '...' are understood");
    static_assert(Slip != dots, "sinter: einsum: the dot in [] belongs to no '...', or to a second one");
    static_assert(Slip != arrow, "sinter: einsum: in [] is half of an arrow '->', or a second one");
    static_assert(Slip != operands, "sinter: einsum: the number of operands is another than the text says; [] is too many, "
                                    "or where one is missing");
    static_assert(Slip != rank, "sinter: einsum: the indices in [] are more or fewer than the axes of their operand");
    static_assert(Slip != unknown, "sinter: einsum: the index in [] of the result stands at no operand");
    static_assert(Slip != twice, "sinter: einsum: the index in [] stands in the result already");
    static_assert(Slip != dropped, "sinter: einsum: the result in [] lacks the '...' of the operands");
    static_assert(Slip != too_many, "sinter: einsum: the result has more than 8 axes");
};

}  // namespace mismatch

namespace captured {

/// The text of the first einsum in E that cannot be read.
template <class E>
struct slipped {
    static constexpr std::string_view text = {};
};
template <class... C>
constexpr std::string_view slipped_in(std::string_view own) {
    ((C::info.fault.rule == ir::rule::subscripts ? void(own = slipped<C>::text) : void()), ...);
    return own;
}
template <class Tag, class... C>
struct slipped<expr<Tag, C...>> {
    static constexpr std::string_view text = slipped_in<C...>(Tag::ask().term.text);
};
template <class Body, class... Args>
struct slipped<call<Body, Args...>> {
    static constexpr std::string_view text = slipped_in<Body, Args...>({});
};
template <int I, class X>
struct slipped<argument<I, X>> : slipped<X> {};

template <ir::fault F, class E>
constexpr auto marked_text() {
    constexpr std::string_view t = slipped<child_t<E>>::text;
    fixed_string<t.size() + 3> m;
    std::size_t k = 0;
    for (std::size_t i = 0; i <= t.size(); ++i) {
        if (i == F.a) m.at[k++] = '[';
        if (i == F.b) m.at[k++] = ']';
        if (i < t.size()) m.at[k++] = t[i];
    }
    return m;
}
#if defined(__clang__) && __clang_major__ < 19
/// Older compilers write the characters of a text as numbers, those of a pack as characters.
template <char... Text> struct marked {};
template <fixed_string Text, std::size_t... I>
marked<Text.at[I]...> marked_characters(std::index_sequence<I...>);
template <fixed_string Text>
using shown = decltype(marked_characters<Text>(std::make_index_sequence<Text.text().size()>{}));
#else
template <fixed_string Text> struct marked {};
template <fixed_string Text>
using shown = marked<Text>;
#endif
template <ir::fault F, class E>
using marked_as = shown<marked_text<F, E>()>;

template <ir::fault F>
constexpr auto operation_of() {
    if constexpr (F.what == ir::form::map) return F.op;
    else if constexpr (F.what == ir::form::function) return F.function;
    else return F.what;
}

/// The mismatch that a fault is. Classes and not functions, since clang takes a function with an error in it for no
/// constant expression, and would say more than the error.
template <ir::rule R, ir::fault F, class E> struct broken;
template <ir::fault F, class E>
struct broken<ir::rule::broadcast, F, E> : mismatch::elementwise<operation_of<F>(), F.a, F.b, F.axis> {};
template <ir::fault F, class E>
struct broken<ir::rule::inner, F, E> : mismatch::product<operation_of<F>(), F.a, F.b> {};
template <ir::fault F, class E>
struct broken<ir::rule::paired, F, E> : mismatch::last_axis<operation_of<F>(), F.a, F.b> {};
template <ir::fault F, class E>
struct broken<ir::rule::axis, F, E> : mismatch::axis<operation_of<F>(), static_cast<long>(F.a), static_cast<int>(F.b)> {};
template <ir::fault F, class E>
struct broken<ir::rule::twice, F, E> : mismatch::twice<operation_of<F>(), static_cast<long>(F.a), static_cast<int>(F.b)> {};
template <ir::fault F, class E>
struct broken<ir::rule::permutation, F, E> : mismatch::permutation<operation_of<F>(), F.a, F.b> {};
template <ir::fault F, class E>
struct broken<ir::rule::rank, F, E> : mismatch::rank<operation_of<F>(), F.a, F.b> {};
template <ir::fault F, class E>
struct broken<ir::rule::too_many, F, E> : mismatch::entries<operation_of<F>(), F.a, F.b> {};
template <ir::fault F, class E>
struct broken<ir::rule::size, F, E> : mismatch::size<operation_of<F>(), F.a, F.b> {};
template <ir::fault F, class E>
struct broken<ir::rule::contiguous, F, E> : mismatch::contiguous<operation_of<F>(), E> {};
template <ir::fault F, class E>
struct broken<ir::rule::bounds, F, E> : mismatch::bounds<operation_of<F>(), F.a, F.b> {};
template <ir::fault F, class E>
struct broken<ir::rule::side, F, E> : mismatch::parts<operation_of<F>(), F.a, F.b, F.axis> {};
template <ir::fault F, class E>
struct broken<ir::rule::window, F, E> : mismatch::window<operation_of<F>(), F.a, F.b> {};
template <ir::fault F, class E>
struct broken<ir::rule::cut, F, E> : mismatch::cut<operation_of<F>(), F.a, F.b> {};
template <ir::fault F, class E>
struct broken<ir::rule::groups, F, E> : mismatch::groups<operation_of<F>(), F.a, F.b> {};
template <ir::fault F, class E>
struct broken<ir::rule::channels, F, E> : mismatch::channels<F.a, F.b, F.axis != 0> {};
template <ir::fault F, class E>
struct broken<ir::rule::integers, F, E> : mismatch::integers<operation_of<F>()> {};
template <ir::fault F, class E>
struct broken<ir::rule::deep, F, E> : mismatch::deep<operation_of<F>(), F.a, F.b> {};
template <ir::fault F, class E>
struct broken<ir::rule::positive, F, E> : mismatch::positive<operation_of<F>(), static_cast<long>(F.a)> {};
template <ir::fault F, class E>
struct broken<ir::rule::negative, F, E> : mismatch::negative<operation_of<F>(), static_cast<long>(F.a)> {};
template <ir::fault F, class E>
struct broken<ir::rule::backwards, F, E> : mismatch::backwards<operation_of<F>(), F.a, F.b> {};
template <ir::fault F, class E>
struct broken<ir::rule::few, F, E> : mismatch::top<operation_of<F>(), F.a, F.b> {};
template <ir::fault F, class E>
struct broken<ir::rule::elastic, F, E> : mismatch::shapeless<operation_of<F>()> {};
template <ir::fault F, class E>
struct broken<ir::rule::index, F, E> : mismatch::index<static_cast<char>(F.axis), F.a, F.b> {};
template <ir::fault F, class E>
struct broken<ir::rule::subscripts, F, E> : mismatch::subscripts<static_cast<ir::slip>(F.axis), marked_as<F, E>> {};

}  // namespace captured

/// Whether the extents of E that are known at compile time agree. Code that would only add errors asks this first.
template <class E>
inline constexpr bool is_valid = child_t<E>::info.fault.rule == ir::rule::none;

namespace ir {

/// is_valid, and an error that says why not.
template <class E, bool = is_valid<E>>
struct check {
    static constexpr bool value = true;
};
template <class E>
struct check<E, false> : sinter::captured::broken<child_t<E>::info.fault.rule, child_t<E>::info.fault, E> {
    static constexpr bool value = false;
};

/// node, checked. `+ - * / %` are not checked where they are written but where their result is used: in the paper
/// notation `Q*K^T` the compiler sees the product `Q*K` first.
template <class Tag, class... X>
constexpr auto checked(X&&... x) {
    using E = expr<Tag, child_t<X>...>;
    (void)check<E>::value;
    return E{sinter::capture(static_cast<X&&>(x))...};
}

/// The type of the tensors among operands: what plain numbers beside them become.
template <class... X>
constexpr dtype strong_type() {
    dtype d = dtype::none;
    ((d = shape_of<X>.weak ? d : promote(d, shape_of<X>.type)), ...);
    return d;
}

/// A number beside a tensor of U. An integer that is none of U's would wrap around, unseen, to another one.
template <class U, class X>
constexpr U number_beside(X x) {
    if constexpr (std::is_integral_v<U> && std::is_integral_v<X> && !std::is_same_v<X, bool>) {
        using limits = std::numeric_limits<U>;
        bool const below = x < 0 && (std::is_unsigned_v<U> || static_cast<std::intmax_t>(x) < static_cast<std::intmax_t>(limits::min()));
        bool const above = x > 0 && static_cast<std::uintmax_t>(x) > static_cast<std::uintmax_t>(limits::max());
        if (below || above)
            raise_range((message() << "the number " << x << " stands beside a tensor whose elements are integers of " << 8 * sizeof(U)
                                   << (std::is_unsigned_v<U> ? " bits without sign" : " bits")
                                   << ", and is none of them; cast<std::int64_t>(x) makes the tensor's elements larger").text());
    }
    return static_cast<U>(x);
}

/// The operand as a node; a plain number takes the type D.
template <dtype D, class X>
constexpr auto beside(X&& x) {
    constexpr dtype to = weak_beside(D, shape_of<X>.type);
    // A number is not rounded to 16 bits, since nothing is computed in them.
    constexpr dtype stored = arithmetic<X> && is_small_float(to) ? dtype::f32 : to;
    if constexpr (to == dtype::own) return sinter::capture(static_cast<X&&>(x));     // made one of these where it is read
    else if constexpr (arithmetic<X>) return scalar<element_t<stored>>{number_beside<element_t<stored>>(x)};
    else if constexpr (shape_of<X>.weak && shape_of<X>.type != to && !is_integer(to))     // coordinates are not to wrap around
        return expr<map_t<op::cast, to>, child_t<X>>{sinter::capture(static_cast<X&&>(x))};
    else return sinter::capture(static_cast<X&&>(x));
}

/// A node over operands whose plain numbers take the type of the tensors.
template <class Tag, class... X>
constexpr auto meeting(X&&... x) {
    return node<Tag>(beside<strong_type<X...>()>(static_cast<X&&>(x))...);
}

template <class Tag, class... X>
constexpr auto checked_meeting(X&&... x) {
    return checked<Tag>(beside<strong_type<X...>()>(static_cast<X&&>(x))...);
}

}  // namespace ir
}  // namespace sinter
