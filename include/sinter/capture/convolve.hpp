// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/capture/einsum.hpp>
#include <sinter/capture/reductions.hpp>
#include <sinter/capture/windows.hpp>
#include <sinter/core/error.hpp>
#include <sinter/core/message.hpp>

#include <boost/hana/basic_tuple.hpp>

#include <cstddef>
#include <type_traits>
#include <utility>

namespace sinter {

namespace ir {
/// One number for each axis, or one for all of them; each known at compile time or not.
enum class window_number { stride, dilation, before, after, extra, groups };
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
                return boost::hana::at_c<static_cast<std::size_t>(D < P::count ? D : P::count - 1)>(first.number);
            } else return self(self, more...);
        };
        return pick(pick, options...);
    } else return otherwise;
}

/// The tensor or view that an operand is.
template <tensor_like X> constexpr X const& tensor_in(X const& x) { return x; }
template <class X> constexpr X const& tensor_in(owned<X> const& x) { return x.tensor; }
template <class X> constexpr X const& tensor_in(borrowed<X> const& x) { return *x.tensor; }
template <class X>
concept has_tensor = requires(X const& x) { tensor_in(x); };

/// Extent i of a tensor, known at compile time where its type says so.
template <int I, class X>
constexpr auto extent_number(X const& operand) {
    auto const& x = tensor_in(operand);
    constexpr std::size_t n = std::remove_cvref_t<decltype(x)>::static_extents[static_cast<std::size_t>(I)];
    if constexpr (n == dyn) return x.extent(static_cast<std::size_t>(I));
    else return std::integral_constant<std::size_t, n>{};
}

/// Windows of the axes First, First + 1, …, S of them, as large as the last axes of w; or what they reach (`reached_t`).
template <bool Transposed, int First, int D, int S, class X, class W, class... O>
constexpr auto windows_like(X&& x, W const& w, O const&... options) {
    if constexpr (D == S) return sinter::capture(static_cast<X&&>(x));
    else {
        using enum window_number;
        auto const size = extent_number<static_cast<int>(rank_of<W>) - S + D>(w);
        auto const step = number_for<stride, D>(one_t{}, options...);
        auto const apart = number_for<dilation, D>(one_t{}, options...);
        auto const front = number_for<before, D>(zero_t{}, options...);
        auto const back = number_for<after, D>(front, options...);
        auto const more = number_for<extra, D>(zero_t{}, options...);
        auto const made = [&]<class... N>(N... n) {
            using tag = std::conditional_t<Transposed, reached_t<First + D, static_number<N>()...>, windows_t<First + D, static_number<N>()...>>;
            return with_list<tag>(static_cast<X&&>(x), n...);
        };
        return windows_like<Transposed, First, D + 1, S>(made(size, step, apart, front, back, more), w, options...);
    }
}

/// f of some numbers: known at compile time where they all are.
template <class F, class... N>
constexpr auto number_of(F f, N... n) {
    if constexpr ((constant_number<N> && ...)) return constant_t<f(static_cast<std::int64_t>(N::value)...)>{};
    else return f(static_cast<std::int64_t>(n)...);
}

/// An axis of groups · size elements as two: the groups stay there, their elements are a new last axis.  (…,g·n,…) → (…,g,…,n)
template <int I, class X, class G, class N>
constexpr auto split(X&& x, G groups, N size) {
    auto const all = number_of([](std::int64_t a, std::int64_t b) { return a * b; }, groups, size);
    using tag = windows_t<I, static_number<N>(), static_number<N>(), 1, 0, 0, 0, static_number<decltype(all)>()>;
    return with_list<tag>(static_cast<X&&>(x), size, size, all);
}

/// Axes I and I + 1 as one.  (…,n,m,…) → (…,n·m,…)
template <int I, class X>
constexpr auto merged(X&& x) { return checked<repeat_t<I>>(static_cast<X&&>(x)); }

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

/// Zeros behind the result of convolve_transposed.
template <ir::index_like... N>
constexpr auto output_padding(N... n) { return ir::per_axis<ir::window_number::extra, N...>{boost::hana::basic_tuple<N...>{n...}}; }
/// Parts of the channels that are convolved each by itself.
template <ir::index_like N>
constexpr auto groups(N n) { return ir::per_axis<ir::window_number::groups, N>{boost::hana::basic_tuple<N>{n}}; }

namespace ir {
template <class... O>
inline constexpr bool has_groups = (is_number_of<O, window_number::groups> || ...);

/// The sum over channels and offsets as text: its operands need no axis for what the other one has alone.
template <int S, bool Transposed>
constexpr auto as_text() {
    static_assert(S <= 3, "sinter: convolve<S>(x, w): S must be 1, 2 or 3");
    if constexpr (S == 3) return fixed_string(Transposed ? "...cxyzijk,coijk->...oxyz" : "...cxyzijk,ocijk->...oxyz");
    else if constexpr (S == 2) return fixed_string(Transposed ? "...cxyij,coij->...oxy" : "...cxyij,ocij->...oxy");
    else return fixed_string(Transposed ? "...cxi,coi->...ox" : "...cxi,oci->...ox");
}

/// The sum over these axes of windows times a kernel, in the type of x * w.
template <int S, bool Transposed, bool Groups, int... Axes, class P, class K>
constexpr auto summed_products(P&& places, K&& kernel, axis_t<Axes...>) {
    auto products = checked_meeting<convolved_t<S, Transposed, Groups>>(static_cast<P&&>(places), static_cast<K&&>(kernel));
    return checked<sum_t<detail::accumulated(shape_of<decltype(products)>.type), Axes...>>(std::move(products));
}

/// Windows by a kernel, summed over channels and offsets.  (…,c,p…,k…), (…,o,c,k…) or (c,o,k…) → (…,o,p…)
template <int S, bool Transposed, class P, class W>
constexpr auto correlate(P&& places, W&& w) {
    constexpr int channels = rank_of<P> - 2 * S - 1;
    if constexpr (rank_of<P> == max_rank) {
        return checked_meeting<convolved_sum_t<as_text<S, Transposed>(), S, Transposed>>(static_cast<P&&>(places), static_cast<W&&>(w));
    } else {
        return [&]<int... D>(std::integer_sequence<int, D...>) {
            auto const kernel = [&] {
                if constexpr (Transposed) return expand_times<2, S>(permute<1, 0, (D + 2)...>(static_cast<W&&>(w)));    // (o,c,1…,k…)
                else return expand_times<rank_of<W> - S, S>(static_cast<W&&>(w));                                       // (…,o,c,1…,k…)
            };
            return summed_products<S, Transposed, false>(expand<channels>(static_cast<P&&>(places)), kernel(), axis<-2 * S - 1, D - S...>);
        }(std::make_integer_sequence<int, S>{});
    }
}

/// How many outputs (transposed: inputs) each of `groups` has, of `all` together.
template <bool Transposed, class N, class G>
constexpr auto channels_of_group(N all, G groups) {
    constexpr auto name = Transposed ? "convolve_transposed" : "convolve", channels = Transposed ? " input channels" : " output channels";
    auto const n = static_cast<std::int64_t>(all), g = static_cast<std::int64_t>(groups);
    if (g < 1) raise_shape((message() << name << ": there must be at least 1 group (" << g << ")").text());
    if (n % g != 0)
        raise_shape((message() << name << ": " << n << channels << " are no whole number for each of " << g << " groups").text());
    return number_of([](std::int64_t n, std::int64_t g) { return n / g; }, all, groups);
}

template <window_number W, class... O>
inline constexpr int times_given = (0 + ... + is_number_of<O, W>);

/// Says what is wrong with options as such. Once said, it does not matter which of their numbers are taken.
template <int S, bool Transposed, class... O>
constexpr void check_options() {
    using enum window_number;
    constexpr bool once = times_given<stride, O...> <= 1 && times_given<dilation, O...> <= 1 && times_given<before, O...> <= 1 &&
                          times_given<after, O...> <= 1 && times_given<extra, O...> <= 1 && times_given<window_number::groups, O...> <= 1;
    static_assert(once, "sinter: convolve<S>(x, w, options...): an option is given twice");
    static_assert((true && ... && (O::count == 1 || O::count == S)),
                  "sinter: convolve<S>(x, w, options...): an option has one number for all axes, or one for each of the S");
    static_assert(Transposed || times_given<extra, O...> == 0,
                  "sinter: convolve<S>(x, w, options...): output_padding(p...) is an option of convolve_transposed alone");
}

template <int S, class X, class W, class... O>
inline constexpr bool can_convolve = [] {
    constexpr bool stored = has_tensor<std::remove_cvref_t<W>>;
    static_assert(stored, "sinter: convolve<S>(x, w): w must be a tensor, a view or own(w), whose extents are the sizes of the windows; "
                          "a formula becomes one with eval(w)");
    static_assert(S >= 1 && rank_of<X> >= S + 1 && rank_of<W> >= S + 2,
                  "sinter: convolve<S>(x, w): x must have a channel axis before its last S, w two axes");
    constexpr bool own_axis = has_groups<O...> || rank_of<W> != S + 2;      // then the outputs need an axis beside those of x
    constexpr bool fits = rank_of<X> + S + (own_axis ? 1 : 0) <= max_rank;
    static_assert(fits, "sinter: convolve<S>(x, w): x has too many leading axes: places, offsets and the axes of x (and where w has "
                        "leading axes, or there are groups, one of the outputs) together may be at most 8");
    static_assert(rank_of<W> == S + 2 || !has_groups<O...>, "sinter: convolve<S>(x, w, groups(g)): w must have two axes before its last S");
    return stored && S >= 1 && rank_of<X> >= S + 1 && rank_of<W> >= S + 2 && fits &&
           (rank_of<W> == S + 2 || !has_groups<O...>);
}();
}  // namespace ir

/// The correlation that neural networks call convolution, over the last S axes:
/// y(…,o,i₁…) = Σ_c Σ_k w(…,o,c,k₁…) · x(…,c, i₁·stride + k₁·dilation − padding, …)
///
/// Shapes: (…,c,n₁…) ⋆ (…,o,c,k₁…) → (…,o,p₁…), with p = ⌊(n + before + after − dilation·(k − 1) − 1) / stride⌋ + 1; what
/// stands for … broadcasts, so groups can be an axis: x as (b,g,c/g,h,w), w as (g,o/g,c/g,kh,kw). With `groups(g)` they are
/// none: x is (…,c,n₁…), w (o,c/g,k₁…), and output o sees the channels of its group.
/// A causal convolution has `padding(k − 1), padding_after(0)`.
/// Throws: shape_error where c differs, which does not broadcast, a window is longer than the padded axis, or a number makes
/// no sense. Cost: one pass, nothing is copied whole.
/// Example: `convolve<2>(image, w, stride(2), padding(1))`
template <int S, array_like X, array_like W, class... Options>
    requires (ir::is_window_option<Options> && ...)
constexpr auto convolve(X&& x, W&& w, Options... options) {
    constexpr int channels = rank_of<X> - S - 1;
    ir::check_options<S, false, Options...>();
    if constexpr (ir::can_convolve<S, X, W, Options...>) {
        auto places = ir::windows_like<false, channels + 1, 0, S>(static_cast<X&&>(x), w, options...);      // (…,c,p…,k…)
        if constexpr (ir::has_groups<Options...>) {
            auto const g = ir::number_for<ir::window_number::groups, 0>(ir::one_t{}, options...);
            auto const outputs = ir::channels_of_group<false>(ir::extent_number<0>(w), g);
            auto grouped = repeat<channels>(ir::split<channels>(std::move(places), g, ir::extent_number<1>(w)), outputs);
            return [&]<int... D>(std::integer_sequence<int, D...>) {                                        // (…,o,p…,k…,c/g)
                auto kernel = ir::expand_times<1, S>(permute<0, (D + 2)..., 1>(static_cast<W&&>(w)));                         // (o,1…,k…,c/g)
                return ir::summed_products<S, false, true>(std::move(grouped), std::move(kernel), axis<-1, D - S - 1 ...>);
            }(std::make_integer_sequence<int, S>{});
        } else {
            return ir::correlate<S, false>(std::move(places), static_cast<W&&>(w));
        }
    }
}

/// The transpose of that map, which takes results to operands: each element of x puts the kernel, times itself, into the
/// result, `stride` apart. With no padding y(…,o, i·stride + k·dilation) += w(c,o,k) · x(…,c,i).
///
/// Shapes: (…,c,n₁…) ⋆ (c,o,k₁…) → (…,o,p₁…), with p = (n − 1)·stride − before − after + dilation·(k − 1) + output_padding + 1:
/// `padding` is what is cut off. With `groups(g)` w is (c,o/g,k₁…), and there are o outputs.
/// Throws: shape_error where c differs, or more is cut off than there is. Cost: one pass; the zeros between the elements
/// are multiplied as well, so stride^S times as many products as count.
/// Example: `convolve_transposed<2>(features, w, stride(2), padding(1), output_padding(1))`
template <int S, array_like X, array_like W, class... Options>
    requires (ir::is_window_option<Options> && ...)
constexpr auto convolve_transposed(X&& x, W&& w, Options... options) {
    constexpr int channels = rank_of<X> - S - 1;
    ir::check_options<S, true, Options...>();
    static_assert(rank_of<W> == S + 2, "sinter: convolve_transposed<S>(x, w): w must be (c,o,k...), with S axes of offsets");
    constexpr bool fits = rank_of<X> + S + 2 <= max_rank || !ir::has_groups<Options...>;
    static_assert(fits, "sinter: convolve_transposed<S>(x, w, groups(g)): x has too many axes: its own, offsets, places and groups "
                        "together may be at most 8");
    if constexpr (ir::can_convolve<S, X, W, Options...> && rank_of<W> == S + 2 && fits) {
        auto places = ir::windows_like<true, channels + 1, 0, S>(static_cast<X&&>(x), w, options...);       // (…,c,p…,k…)
        return [&]<int... D>(std::integer_sequence<int, D...>) {
            if constexpr (ir::has_groups<Options...>) {
                auto const g = ir::number_for<ir::window_number::groups, 0>(ir::one_t{}, options...);
                auto const inputs = ir::channels_of_group<true>(ir::extent_number<0>(w), g);
                auto grouped = expand<channels + 1>(ir::split<channels>(std::move(places), g, inputs));     // (…,g,1,p…,k…,c/g)
                auto kernel = ir::expand_times<2, S>(ir::split<0>(static_cast<W&&>(w), g, inputs));                           // (g,o/g,1…,k…,c/g)
                return ir::merged<channels>(
                    ir::summed_products<S, true, true>(std::move(grouped), std::move(kernel), axis<-1, D - S - 1 ...>));
            } else {
                return ir::correlate<S, true>(std::move(places), static_cast<W&&>(w));
            }
        }(std::make_integer_sequence<int, S>{});
    }
}

}  // namespace sinter
