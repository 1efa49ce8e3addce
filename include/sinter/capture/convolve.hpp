// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/capture/reductions.hpp>
#include <sinter/capture/windows.hpp>

#include <boost/hana/basic_tuple.hpp>

#include <cstddef>
#include <type_traits>
#include <utility>

namespace sinter {

namespace ir {
/// One number for each axis, or one for all of them; each known at compile time or not.
enum class window_number { stride, dilation, before, after };
template <window_number W, class... N>
struct per_axis {
    boost::hana::basic_tuple<N...> number;
    static constexpr int count = sizeof...(N);
};

template <class O, window_number W> inline constexpr bool is_number_of = false;
template <window_number W, class... N> inline constexpr bool is_number_of<per_axis<W, N...>, W> = true;
template <class O> inline constexpr bool is_window_option = false;
template <window_number W, class... N> inline constexpr bool is_window_option<per_axis<W, N...>> = true;

/// The number for axis D; `Default` where there is no such option.
template <window_number W, int D, class Default, class... O>
constexpr auto number_for(Default otherwise, O const&... options) {
    if constexpr ((is_number_of<O, W> || ...)) {
        auto const pick = []<class P>(auto const& self, P const& first, auto const&... more) {
            if constexpr (is_number_of<P, W>) {
                static_assert(P::count == 1 || D < P::count, "sinter: convolve: one number for all axes, or one for each");
                return boost::hana::at_c<P::count == 1 ? 0 : static_cast<std::size_t>(D)>(first.number);
            } else return self(self, more...);
        };
        return pick(pick, options...);
    } else return otherwise;
}

/// Extent i of a tensor, known at compile time where its type says so.
template <int I, class X>
constexpr auto extent_number(X const& x) {
    constexpr std::size_t n = std::remove_cvref_t<X>::static_extents[static_cast<std::size_t>(I)];
    if constexpr (n == dyn) return x.extent(static_cast<std::size_t>(I));
    else return std::integral_constant<std::size_t, n>{};
}

/// Windows of the axes First, First + 1, …, S of them, as large as the last axes of w.
template <int First, int D, int S, class X, class W, class... O>
constexpr auto windows_like(X&& x, W const& w, O const&... options) {
    if constexpr (D == S) return sinter::capture(static_cast<X&&>(x));
    else {
        using enum window_number;
        constexpr int kernel_axis = static_cast<int>(std::remove_cvref_t<W>::rank_v) - S + D;
        return windows_like<First, D + 1, S>(
            windows<First + D>(static_cast<X&&>(x), extent_number<kernel_axis>(w), number_for<stride, D>(one_t{}, options...),
                               number_for<dilation, D>(one_t{}, options...), number_for<before, D>(zero_t{}, options...),
                               number_for<after, D>(number_for<before, D>(zero_t{}, options...), options...)),
            w, options...);
    }
}

template <int I, int N, class X>
constexpr auto expand_times(X&& x) {
    if constexpr (N == 0) return sinter::capture(static_cast<X&&>(x));
    else return expand_times<I, N - 1>(expand<I>(static_cast<X&&>(x)));
}
}  // namespace ir

// Options of convolve: one number for all axes, or one for each; integers or std::integral_constants.
template <ir::index_like... N>
constexpr auto stride(N... n) { return ir::per_axis<ir::window_number::stride, N...>{boost::hana::basic_tuple<N...>{n...}}; }
template <ir::index_like... N>
constexpr auto dilation(N... n) { return ir::per_axis<ir::window_number::dilation, N...>{boost::hana::basic_tuple<N...>{n...}}; }
/// Zeros before each axis, and as many after it unless `padding_after` says otherwise.
template <ir::index_like... N>
constexpr auto padding(N... n) { return ir::per_axis<ir::window_number::before, N...>{boost::hana::basic_tuple<N...>{n...}}; }
template <ir::index_like... N>
constexpr auto padding_after(N... n) { return ir::per_axis<ir::window_number::after, N...>{boost::hana::basic_tuple<N...>{n...}}; }

/// The correlation that neural networks call convolution, over the last S axes:
/// y(…,o,i₁…) = Σ_c Σ_k w(…,o,c,k₁…) · x(…,c, i₁·stride + k₁·dilation − padding, …)
///
/// Shapes: (…,c,n₁…) ⋆ (…,o,c,k₁…) → (…,o,p₁…), with p = ⌊(n + before + after − dilation·(k − 1) − 1) / stride⌋ + 1; what
/// stands for … broadcasts, so groups are an axis: x as (b,g,c/g,h,w), w as (g,o/g,c/g,kh,kw).
/// A causal convolution has `padding(k − 1), padding_after(0)`.
/// Throws: shape_error where c differs or a window is longer than the padded axis. Cost: one pass, nothing is copied whole.
/// Example: `convolve<2>(image, w, stride(2), padding(1))`
template <int S, array_like X, tensor_like W, class... Options>
    requires (ir::is_window_option<Options> && ...)
constexpr auto convolve(X&& x, W const& w, Options... options) {
    constexpr int channels = rank_of<X> - S - 1;
    static_assert(S >= 1 && channels >= 0 && rank_of<W const&> >= S + 2,
                  "sinter: convolve<S>(x, w): x must have a channel axis before its last S, w two axes");
    static_assert(rank_of<X> + S + 1 <= max_rank, "sinter: convolve<S>(x, w): x has too many leading axes: places, offsets and "
                                                  "the axes of x and of the result together may be at most 8");
    if constexpr (S >= 1 && channels >= 0 && rank_of<W const&> >= S + 2 && rank_of<X> + S + 1 <= max_rank) {
        auto places = ir::windows_like<channels + 1, 0, S>(static_cast<X&&>(x), w, options...);      // (…,c,p…,k…)
        auto kernel = ir::expand_times<rank_of<W const&> - S, S>(w);                                 // (…,o,c,1…,k…)
        return [&]<int... D>(std::integer_sequence<int, D...>) {
            return sum(expand<channels>(std::move(places)) % std::move(kernel), axis<-2 * S - 1, D - S...>);
        }(std::make_integer_sequence<int, S>{});
    }
}

}  // namespace sinter
