// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/tensor/tensor.hpp>
#include <sinter/tensor/view.hpp>

#include <array>
#include <cstddef>
#include <span>
#include <type_traits>
#include <utility>
#include <version>

#if defined(__cpp_lib_mdspan) && __has_include(<mdspan>)
#include <mdspan>
#define SINTER_HAS_MDSPAN 1
#endif

/// view_of(x): the elements of a container as a view, without a copy. Temporaries are rejected, except those that own
/// nothing (std::span, std::mdspan). Assigning to the view writes to the container.
namespace sinter {

namespace detail {
template <class T, class Index>
struct dynamic_view;
template <class T, std::size_t... I>
struct dynamic_view<T, std::index_sequence<I...>> {
    using type = view<T, (static_cast<void>(I), dyn)...>;
};

/// Of an array of C with any number of axes.
template <class T, std::size_t N>
constexpr auto first_element(T (&a)[N]) {
    if constexpr (std::is_array_v<T>) return first_element(a[0]);
    else return &a[0];
}

/// Of arrays of the standard library in one another.
template <class T>
constexpr T* innermost(T* first) { return first; }
template <class T, std::size_t N>
constexpr auto innermost(std::array<T, N>* a) { return innermost(a->data()); }
template <class T, std::size_t N>
constexpr auto innermost(std::array<T, N> const* a) { return innermost(a->data()); }

template <class T, std::size_t... E>
struct array_view {
    using type = view<T, E...>;
};
template <class T, std::size_t N, std::size_t... E>
struct array_view<std::array<T, N>, E...> : array_view<T, E..., N> {};
template <class T, std::size_t N, std::size_t... E>
struct array_view<std::array<T, N> const, E...> : array_view<T const, E..., N> {};

template <class>
inline constexpr bool is_span = false;
template <class T, std::size_t N>
inline constexpr bool is_span<std::span<T, N>> = true;

/// Matrices have data() and size() too, but their order in memory is another question: Eigen's, xtensor's.
template <class C>
concept has_axes = requires(C& c) { c.rows(); } || requires(C& c) { c.shape(); };

/// data() and size(), as std::vector and its like have; not the types with an overload of their own.
template <class C>
concept contiguous_container = !is_tensor<C> && !is_expression<C> && !is_span<std::remove_const_t<C>> &&
                               !has_axes<C> && !viewable<C&> && requires(C& c) {
    *c.data();
    static_cast<std::size_t>(c.size());
};

/// std::vector<bool>
template <class C>
concept packed_bits = std::is_same_v<typename C::value_type, bool> && requires(C& c) { c.flip(); };
}  // namespace detail

/// A std::vector, or anything with data() and size(): view<T, dyn>.
template <detail::contiguous_container C>
constexpr auto view_of(C& c SINTER_LIFETIMEBOUND) {
    return view<std::remove_pointer_t<decltype(c.data())>, dyn>(c.data(), c.size());
}
template <detail::packed_bits C>
constexpr auto view_of(C&) {
    static_assert(!detail::packed_bits<C>, "sinter: view_of(std::vector<bool>): its elements are single bits, which no pointer "
                                           "reaches; use std::vector<char>, or tensor<bool, dyn>");
    return view<bool, dyn>(nullptr, 0);
}
template <class C>
void view_of(C const&&) = delete;  // the elements would be gone at the end of the statement

/// An object of another library: what view_maker makes of it, with the headers of interop/.
template <class X>
    requires viewable<X>
constexpr auto view_of(X&& x) {
    return view_maker<std::remove_cvref_t<X>>::of(x);
}

/// Arrays in one another have an axis each: std::array<std::array<float, 3>, 2> is (2,3).
template <class T, std::size_t N>
constexpr auto view_of(std::array<T, N>& a SINTER_LIFETIMEBOUND) {
    return typename detail::array_view<std::array<T, N>>::type(detail::innermost(&a));
}
template <class T, std::size_t N>
constexpr auto view_of(std::array<T, N> const& a SINTER_LIFETIMEBOUND) {
    return typename detail::array_view<std::array<T, N> const>::type(detail::innermost(&a));
}

/// std::dynamic_extent and dyn are the same number.
template <class T, std::size_t N>
constexpr view<T, N> view_of(std::span<T, N> s) {
    static_assert(std::dynamic_extent == dyn);
    return view<T, N>(s.data(), s.size());
}
template <class T, std::size_t N>
    requires(!std::is_array_v<T>)
constexpr view<T, N> view_of(T (&a)[N]) {
    return view<T, N>(a);
}
template <class T, std::size_t N>
    requires std::is_array_v<T>
constexpr auto view_of(T (&a)[N]) {
    using A = T[N];
    return [&]<std::size_t... I>(std::index_sequence<I...>) {
        return view<std::remove_all_extents_t<T>, std::extent_v<A, I>...>(detail::first_element(a));
    }(std::make_index_sequence<std::rank_v<A>>{});
}

template <class T, std::size_t... E>
constexpr view<T, E...> view_of(tensor<T, E...>& x SINTER_LIFETIMEBOUND) {
    return x;
}
template <class T, std::size_t... E>
constexpr view<T const, E...> view_of(tensor<T, E...> const& x SINTER_LIFETIMEBOUND) {
    return x;
}

/// view_of(pointer, {rows, columns}): row-major.
template <class T, std::size_t R>
constexpr auto view_of(T* data, detail::number const (&shape)[R]) {
    std::array<std::ptrdiff_t, R> e{};
    for (std::size_t i = 0; i < R; ++i) e[i] = shape[i].value;
    return typename detail::dynamic_view<T, std::make_index_sequence<R>>::type(data, e);
}
/// view_of(pointer, {rows, columns}, {stride, stride}): at any strides.
template <class T, std::size_t R>
constexpr auto view_of(T* data, detail::number const (&shape)[R], detail::number const (&strides)[R]) {
    std::array<std::ptrdiff_t, R> e{}, s{};
    for (std::size_t i = 0; i < R; ++i) {
        e[i] = shape[i].value;
        s[i] = strides[i].value;
    }
    return typename detail::dynamic_view<T, std::make_index_sequence<R>>::type(data, e, s);
}

#if defined(SINTER_HAS_MDSPAN)
namespace detail {
template <class M, std::size_t... I>
constexpr auto view_of_mdspan(M const& m, std::index_sequence<I...>) {
    using result = view<typename M::element_type, M::static_extent(I)...>;
    static_assert(std::is_same_v<typename M::accessor_type, std::default_accessor<typename M::element_type>>,
                  "sinter: view_of takes a std::mdspan with the default accessor");
    if (!m.is_strided()) raise_shape("view_of: the mapping of the std::mdspan has no strides");
    return result(m.data_handle(), index_list<sizeof...(I)>{m.extent(I)...}, index_list<sizeof...(I)>{m.stride(I)...});
}
}  // namespace detail

/// Throws: shape_error where the mapping is not strided.
template <class T, class Extents, class Layout, class Accessor>
constexpr auto view_of(std::mdspan<T, Extents, Layout, Accessor> m) {
    return detail::view_of_mdspan(m, std::make_index_sequence<Extents::rank()>{});
}
#endif

}  // namespace sinter
