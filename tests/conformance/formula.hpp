// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "layout.hpp"

#include <sinter/sinter.hpp>

/// Between arrays, whose rank is known at run time, and formulas, whose rank is part of their type: a formula is compiled
/// for one rank, and axes are collapsed, or gone through in a loop around it, until the arrays fit.
namespace conformance {

/// What a formula reads or writes: axes that all operands share, in front, then N axes of its own.
template <class T, std::size_t N = 0>
struct operand {
    T* data;
    strides_t strides;                          // of the shared axes
    std::array<std::size_t, N> extents{};       // of its own
    std::array<std::ptrdiff_t, N> own{};        // their strides
};

namespace detail {
template <std::size_t>
inline constexpr std::size_t dynamic = sinter::dyn;

template <class T, std::size_t... I>
auto view_of_rank(T* data, shape_t const& shape, strides_t const& strides, std::index_sequence<I...>) {
    std::array<std::ptrdiff_t, sizeof...(I)> extents{static_cast<std::ptrdiff_t>(shape[I])...}, steps{strides[I]...};
    return sinter::view<T, dynamic<I>...>(data, extents, steps);
}
}  // namespace detail

/// A view of rank R.
template <std::size_t R, class T>
auto view_as(T* data, shape_t const& shape, strides_t const& strides) {
    return detail::view_of_rank(data, shape, strides, std::make_index_sequence<R>());
}

/// Calls f with views of rank R + N, once for each index of the shared axes that are too many.
template <std::size_t R, class F, class... T, std::size_t... N>
void with_views(shape_t const& shared, F f, operand<T, N> const&... x) {
    collapsed const c = collapse(shared, {x.strides...}, R);
    std::size_t const loops = c.shape.size() - R;
    auto const front = [&](auto const& list) { return std::remove_cvref_t<decltype(list)>(list.begin(), list.begin() + std::ptrdiff_t(loops)); };
    std::vector<strides_t> steps;
    for (auto const& s : c.strides) steps.push_back(front(s));
    odometer place(front(c.shape), steps);
    auto const view = [&]<class U, std::size_t M>(operand<U, M> const& o, std::size_t k) {
        shape_t shape(c.shape.begin() + std::ptrdiff_t(loops), c.shape.end());
        strides_t strides(c.strides[k].begin() + std::ptrdiff_t(loops), c.strides[k].end());
        shape.insert(shape.end(), o.extents.begin(), o.extents.end());
        strides.insert(strides.end(), o.own.begin(), o.own.end());
        return view_as<R + M>(o.data + place.offset[k], shape, strides);
    };
    if (extent_of(c.shape, 0, loops) == 0) return;
    do {
        [&]<std::size_t... I>(std::index_sequence<I...>) { f(view(x, I)...); }(std::index_sequence_for<operand<T, N>...>());
    } while (place.next());
}

/// out = formula(in...), for shared axes of any number.
template <std::size_t R, class F, class Out, std::size_t N, class... In, std::size_t... M>
void evaluate(shape_t const& shared, F formula, operand<Out, N> const& out, operand<In, M> const&... in) {
    with_views<R>(shared, [&](auto const& o, auto const&... x) { sinter::assign(o, formula(x...)); }, out, in...);
}

/// All of an array, for the shape that it broadcasts to.
template <class T>
operand<T const> read(array const& a, shape_t const& shape) { return {a.data<T>(), stretched(a.shape, shape)}; }
template <class T>
operand<T> write(array& a) { return {a.data<T>(), row_major(a.shape)}; }

/// All of an array, as a vector.
template <class T>
auto flat(array& a) { return sinter::view<T, sinter::dyn>(a.data<T>(), a.size()); }
template <class T>
auto flat(array const& a) { return sinter::view<T const, sinter::dyn>(a.data<T>(), a.size()); }

// ---- which types a formula is compiled for -----------------------------------------------------------------------------

template <class... T>
struct types {};
template <class... A, class... B>
constexpr types<A..., B...> operator+(types<A...>, types<B...>) { return {}; }

inline constexpr types<float, double> floats;
inline constexpr types<sinter::half, sinter::bfloat16> halves;      // few formulas are compiled for them: see operators::run
inline constexpr types<std::int32_t, std::int64_t> usual_integers;
inline constexpr types<std::int8_t, std::uint8_t, std::int16_t, std::uint16_t, std::uint32_t, std::uint64_t> other_integers;
inline constexpr auto integers = usual_integers + other_integers;
inline constexpr auto numbers = floats + integers;

/// f(std::type_identity<T>()) for the T among the types that has the name. Throws not_applicable where there is none.
template <class... T, class F>
void dispatch(types<T...>, dtype d, F f) {
    auto const one = [&]<class U>(std::type_identity<U> t) {
        if (dtype_of<U>() != d) return false;
        f(t);
        return true;
    };
    if ((one(std::type_identity<T>()) || ...)) return;
    throw not_applicable("no formula for elements of type " + std::string(info(d).name));
}

}  // namespace conformance
