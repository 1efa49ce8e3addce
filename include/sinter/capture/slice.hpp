// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/capture/rearrange.hpp>

#include <cstddef>
#include <cstdint>

namespace sinter {

struct whole_t {};

/// An entry of `slice`: the whole axis.
inline constexpr whole_t whole{};

template <int S>
struct by_t {};

/// The third argument of `range`.
template <int S>
inline constexpr by_t<S> by{};

/// An entry of `slice`: from b up to, but without, e, in steps.
template <class B, class E, int S>
struct range_t {
    B b;
    E e;
};
template <ir::index_like B, ir::index_like E>
constexpr range_t<B, E, 1> range(B b, E e) { return {b, e}; }
template <ir::index_like B, ir::index_like E, int S>
constexpr range_t<B, E, S> range(B b, E e, by_t<S>) {
    static_assert(S >= 1 && S < 32768, "sinter: range(b, e, by<S>): S must be at least 1");
    return {b, e};
}

namespace ir {
struct whole_s { static constexpr spec value{spec::kind::all}; };
template <std::int64_t I> struct at_s { static constexpr spec value{spec::kind::at, I}; };
template <std::int64_t B, std::int64_t E, int S> struct range_s { static constexpr spec value{spec::kind::range, B, E, S}; };
template <std::int64_t B, std::int64_t N> struct span_s { static constexpr spec value{spec::kind::span, B, N}; };

template <class X> struct entry;
template <> struct entry<whole_t> { using type = whole_s; };
template <index_like I> struct entry<I> { using type = at_s<static_number<I>()>; };
template <class B, class E, int S> struct entry<range_t<B, E, S>> { using type = range_s<static_number<B>(), static_number<E>(), S>; };

template <class X>
concept slice_entry = requires { typename entry<X>::type; };

/// Writes entries that are known at run time only into a list.
struct list_writer {
    std::size_t* next;

    template <index_like I>
    constexpr void put(I const& i) {
        if constexpr (!constant_number<I>) *next++ = static_cast<std::size_t>(static_cast<std::int64_t>(i));
    }
    constexpr void put(whole_t) {}
    template <class B, class E, int S>
    constexpr void put(range_t<B, E, S> const& r) {
        put(r.b);
        put(r.e);
    }
};

constexpr std::size_t run_time_numbers(spec s) {
    using enum spec::kind;
    return (s.what != all && s.a == at_run_time ? 1u : 0u) + ((s.what == range || s.what == span) && s.b == at_run_time ? 1u : 0u);
}

/// A slice with the given specs, whose numbers come from the entries.
template <class... Specs, class X, class... Entries>
constexpr auto slice_node(X&& x, Entries const&... entries) {
    constexpr std::size_t n = (std::size_t{0} + ... + run_time_numbers(Specs::value));
    if constexpr (n == 0) return checked<slice_t<Specs...>>(static_cast<X&&>(x));
    else {
        index_list<n> list{};
        list_writer writer{list.entry};
        (writer.put(entries), ...);
        return checked<slice_t<Specs...>>(list, static_cast<X&&>(x));
    }
}

}  // namespace ir

/// A part of x, one entry for each axis from the first on: `whole`, an integer (the axis goes), or `range(b, e)` or
/// `range(b, e, by<S>)`. Axes without an entry stay whole. Negative numbers count from the end. Numbers may be
/// std::integral_constants, which keeps extents known at compile time. What lies outside is a `shape_error` (or an error
/// at compile time), not cut off as NumPy does.
///
/// Example: `slice(x, whole, 3, range(2, -1))`
template <array_like X, ir::slice_entry... S>
    requires (sizeof...(S) > 0)
constexpr auto slice(X&& x, S... entries) {
    return ir::slice_node<typename ir::entry<S>::type...>(static_cast<X&&>(x), entries...);
}

/// Row i: of a matrix a vector; in general x(i, …).
template <array_like X, ir::index_like I>
constexpr auto row(X&& x, I i) {
    static_assert(rank_of<X> >= 2, "sinter: row(x, i): x must have at least two axes");
    return ir::slice_node<ir::at_s<ir::static_number<I>()>>(static_cast<X&&>(x), i);
}

/// Column j of a matrix, x(…, j) along the second axis.
template <array_like X, ir::index_like I>
constexpr auto col(X&& x, I j) {
    static_assert(rank_of<X> >= 2, "sinter: col(x, j): x must have at least two axes");
    return ir::slice_node<ir::whole_s, ir::at_s<ir::static_number<I>()>>(static_cast<X&&>(x), j);
}

/// Rows i … i+n−1.  (r,c) → (n,c)
template <array_like X, ir::index_like I, ir::index_like N>
constexpr auto rows(X&& x, I i, N n) {
    using spec = ir::span_s<ir::static_number<I>(), ir::static_number<N>()>;
    return ir::slice_node<spec>(static_cast<X&&>(x), i, n);
}

/// Columns j … j+n−1.  (r,c) → (r,n)
template <array_like X, ir::index_like I, ir::index_like N>
constexpr auto cols(X&& x, I j, N n) {
    static_assert(rank_of<X> >= 2, "sinter: cols(x, j, n): x must have at least two axes");
    using spec = ir::span_s<ir::static_number<I>(), ir::static_number<N>()>;
    return ir::slice_node<ir::whole_s, spec>(static_cast<X&&>(x), j, n);
}

}  // namespace sinter
