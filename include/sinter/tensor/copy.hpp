// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/tensor/interface.hpp>
#include <sinter/tensor/overlap.hpp>

#include <array>
#include <cstddef>
#include <type_traits>

namespace sinter {
namespace detail {

template <class A, class B>
struct common { using type = std::common_type_t<A, B>; };
template <class A, class B>
    requires (is_small_float<A> || is_small_float<B>)
struct common<A, B> { using type = std::common_type_t<decltype(A() + 0.0f), decltype(B() + 0.0f)>; };
/// The type in which elements are compared.
template <class A, class B>
using common_value = typename common<A, B>::type;

/// Runs through the indices of a shape in row-major order.
template <std::size_t R>
struct odometer {
    std::array<std::size_t, R> shape, index{};

    constexpr void next() {
        for (std::size_t i = R; i-- > 0;) {
            if (++index[i] < shape[i]) return;
            index[i] = 0;
        }
    }
    template <class X>
    constexpr std::ptrdiff_t offset(X const& x) const {
        std::ptrdiff_t at = 0;
        for (std::size_t i = 0; i < R; ++i) at += static_cast<std::ptrdiff_t>(index[i]) * x.stride(i);
        return at;
    }
};

/// Whether the elements are row-major without gaps, so that data()[i] is element number i.
template <class X>
constexpr bool gapless(X const& x) {
    if constexpr (!X::contiguous) {
        std::ptrdiff_t step = 1;
        for (std::size_t i = X::rank(); i-- > 0; step *= static_cast<std::ptrdiff_t>(x.extent(i)))
            if (x.extent(i) != 1 && x.stride(i) != step) return false;
    }
    return true;
}

/// Calls f(a's element, b's element) for every index until it returns false.
template <class A, class B, class F>
constexpr bool all_pairs(A& a, B& b, F f) {
    std::size_t const n = a.size();
    auto* const pa = a.data();
    auto* const pb = b.data();
    if (gapless(a) && gapless(b)) {
        for (std::size_t i = 0; i < n; ++i)
            if (!f(pa[i], pb[i])) return false;
    } else {
        odometer<A::rank()> at{a.shape()};
        for (std::size_t i = 0; i < n; ++i, at.next())
            if (!f(pa[at.offset(a)], pb[at.offset(b)])) return false;
    }
    return true;
}

/// out(i…) = in(i…). Shapes must agree; nothing is written where a check fails.
template <class Out, class In>
constexpr void copy(Out& out, In const& in) {
    static_assert(Out::rank_v == In::rank_v, "sinter: assignment: the ranks differ");
    if constexpr (Out::rank_v == In::rank_v) {
        static_assert(extents_agree(Out::static_extents, In::static_extents),
                      "sinter: assignment: extents known at compile time differ");
        if (out.shape() != in.shape())
            raise_shape(message() << "assignment: the shapes " << out.shape() << " and " << in.shape()
                                  << " differ; they must agree");
        if (!std::is_constant_evaluated() && unsafe_overlap(out, in))
            raise_alias("assignment: the operand shares elements with the output at other indices; "
                        "copy it first: materialize(operand)");
        using to = typename Out::value_type;
        all_pairs(out, in, [](auto& o, auto const& i) { return o = static_cast<to>(i), true; });
    }
}

}  // namespace detail

/// Same shape and same elements. (Elementwise comparison, which gives a mask, is equal(a, b).)
template <is_tensor A, is_tensor B>
constexpr bool operator==(A const& a, B const& b) {
    if constexpr (A::rank_v != B::rank_v) {
        return false;
    } else {
        using common = detail::common_value<typename A::value_type, typename B::value_type>;
        return a.shape() == b.shape() && detail::all_pairs(a, b, [](auto const& x, auto const& y) {
                   return static_cast<common>(x) == static_cast<common>(y);
               });
    }
}

}  // namespace sinter
