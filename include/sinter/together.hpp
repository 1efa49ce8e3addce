// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/capture/together.hpp>
#include <sinter/evaluate.hpp>
#include <sinter/lower/shared.hpp>

#include <boost/hana/basic_tuple.hpp>

/// Several results: tie(a, b) = together(e1, e2), eval(together(e1, e2)).
namespace sinter {

namespace detail {
inline namespace SINTER_SIMD_ARCH {

/// One of several results: its formula alone, and what it's written to. Made before anything is written.
template <class E, class Out>
struct part {
    using kernel = lower::kernel<E>;
    using target_type = decltype(target_of(std::declval<Out&>()));
    target_type to;
    decltype(handles(std::declval<E const&>())) operands;
    decltype(solve_extents<E>(operands)) extents;
    decltype(shape_from<E>(extents.data())) shape;

    constexpr part(E const& e, Out& out)
        : to(target_of(out)), operands(handles(e)), extents(solve_extents<E>(operands)), shape(shape_from<E>(extents.data())) {
        for (std::size_t d = 0; d < shape.size(); ++d)
            if (out.extent(d) != shape[d])
                raise_shape((message() << "tie(...) = together(...): shapes " << out.shape() << " and " << shape
                                       << ": the shape of each result must be that of its formula").text());
        lower::check_places<kernel>(extents.data());
        lower::check_split<kernel>(extents.data());
    }

    auto seen() const { return lower::see_all(operands); }
    /// Calls f with the memory that is written.
    template <class F>
    void written(F f) const {
        std::size_t sizes[max_rank] = {};
        for (std::size_t d = 0; d < shape.size(); ++d) sizes[d] = shape[d];
        f(lower::seen_operand{to.data, sizes, to.given, to.rank, static_cast<int>(sizeof(*to.data))});
    }
    constexpr bool is_empty() const {
        for (std::size_t const n : shape)
            if (n == 0) return true;
        return false;
    }
    constexpr void run_pointwise() const {
        lower::evaluate_pointwise<kernel>(operands, extents.data(), to, shape.data());
    }
    void run() const {
        if (is_empty()) return;
        lower::run<kernel>(operands, extents.data(), to);
    }
};

/// Raises alias_error where a result shares elements with what another one reads or writes, or with what its own formula
/// still reads: the results may be stored in any order.
template <class A, class B>
void check_apart(A const& written, B const& read, bool same) {
    static constexpr bool never[B::kernel::formula.operands + 1] = {};
    auto const seen = read.seen();
    if constexpr (reads_reshaped<typename B::kernel>)
        if (same) check_reshaped<typename B::kernel>(seen.data());
    if (same) lower::check_lookups<typename B::kernel>(read.operands, read.extents.data());
    written.written([&](lower::seen_operand const& out) {
        check_aliases(out, seen.data(), same ? read_at_same_index<typename B::kernel>.data() : never, seen.size() - 1);
        if (!same)
            read.written([&](lower::seen_operand const& other) {
                if (share_memory(out, other)) raise_alias("tie(...) = together(...): two of the results share elements");
            });
    });
}

template <std::size_t I, class Parts, std::size_t... J>
void check_part(Parts const& parts, std::index_sequence<J...>) {
    (check_apart(boost::hana::at_c<I>(parts), boost::hana::at_c<J>(parts), I == J), ...);
}

/// What the results share is computed once; a result that shares nothing is evaluated after the others.
template <class R, class Parts, std::size_t... I>
void run_shared(R const& all, Parts const& parts, std::index_sequence<I...>) {
    using K = lower::kernel<R>;
    auto const operands = handles(all);
    auto const extents = solve_extents<R>(operands);
    boost::hana::basic_tuple<typename std::remove_cvref_t<decltype(boost::hana::at_c<I>(parts))>::target_type...> const to{
        boost::hana::at_c<I>(parts).to...};
    lower::run<K>(operands, extents.data(), to);
    [[maybe_unused]] auto const rest = [&]<std::size_t J>() {
        if constexpr (!captured::sharing<R>::has(static_cast<int>(J))) boost::hana::at_c<J>(parts).run();
    };
    (rest.template operator()<I>(), ...);
}

template <class R, class Parts, std::size_t... I>
constexpr void assign_parts(R const& all, Parts const& parts, std::index_sequence<I...> each) {
    if (std::is_constant_evaluated()) {
        (boost::hana::at_c<I>(parts).run_pointwise(), ...);
        return;
    }
    (check_part<I>(parts, each), ...);
    if constexpr (captured::sharing<R>::any)
        if (captured::guesses_hold<R>(handles(all))) return run_shared(all, parts, each);
    (boost::hana::at_c<I>(parts).run(), ...);
}

template <class R, class... Out, std::size_t... I>
constexpr void assign_together(R const& all, std::index_sequence<I...> each, Out&... out) {
    using of = captured::results_of<R>;
    boost::hana::basic_tuple<captured::result_t<R, static_cast<int>(I)>...> const alone{of::template get<static_cast<int>(I)>(all)...};
    assign_parts(all, boost::hana::basic_tuple<part<captured::result_t<R, static_cast<int>(I)>, Out>...>{
        part<captured::result_t<R, static_cast<int>(I)>, Out>(boost::hana::at_c<I>(alone), out)...}, each);
}

/// A tensor that takes the value of a formula.
template <class E>
using tensor_for = decltype(tensor(std::declval<E const&>()));
template <class E>
constexpr auto make_tensor_for(E const& e) {
    if constexpr (tensor_for<E>::rank_v == 0) return tensor_for<E>();
    else return tensor_for<E>(result_shape(e));
}

/// Whether no result has operands of two types of the user's, and an error where one has.
template <class R>
constexpr bool require_one_own_type() {
    constexpr bool mixed = []<int... I>(std::integer_sequence<int, I...>) {
        return (lower::mixes_own_types<captured::result_t<R, I>>() || ...);
    }(std::make_integer_sequence<int, captured::results_of<R>::count>{});
    static_assert(!mixed, "sinter: a formula has operands of two different scalar types of the user's; convert one of them first");
    return !mixed;
}

template <class E>
constexpr bool result_can_be_fused() {
    if constexpr (!can_be_fused<lower::kernel<E>>) return false;
    else if constexpr (lower::functions_fit<lower::kernel<E>>) return true;
    else return sizeof(lower::takes_registers<lower::kernel<E>>) == 0;
}

}  // namespace SINTER_SIMD_ARCH
}  // namespace detail

inline namespace SINTER_SIMD_ARCH {

/// What `tie` names: tensors and views that take one result each.
template <class... Out>
class tied {
  public:
    constexpr explicit tied(Out&... out) : out_(&out...) {}

    /// Throws shape_error or alias_error before anything is written.
    template <is_together R>
    constexpr tied const& operator=(R const& all) const {
        using of = captured::results_of<R>;
        static_assert(of::count == sizeof...(Out), "sinter: tie(...) = together(...): as many results as names");
        (void)ir::check<R>::value;
        if constexpr (is_valid<R> && of::count == sizeof...(Out)) write(all, std::index_sequence_for<Out...>{});
        return *this;
    }

    /// Values and places in one pass.
    template <class V, class P>
    constexpr tied const& operator=(top_pair<V, P> const& pair) const {
        return *this = captured::both_of(pair);
    }

  private:
    boost::hana::basic_tuple<Out*...> out_;

    template <class R, std::size_t... I>
    constexpr void write(R const& all, std::index_sequence<I...> each) const {
        constexpr bool ranks = ((Out::rank_v == captured::result_t<R, static_cast<int>(I)>::info.rank) && ...);
        static_assert(ranks, "sinter: tie(...) = together(...): a result and its formula differ in rank");
        constexpr bool fit = ranks && (... && (0 > detail::misfit<Out, captured::result_t<R, static_cast<int>(I)>>));
        if constexpr (ranks && !fit) {
            (detail::require_fit<Out, captured::result_t<R, static_cast<int>(I)>>(), ...);
        } else if constexpr (ranks && detail::require_one_own_type<R>()) {
            constexpr bool fused = (detail::result_can_be_fused<captured::result_t<R, static_cast<int>(I)>>() && ...);
            if constexpr (fused) {
                decltype(auto) prepared = prepare<evaluator>(all);
                detail::assign_together(prepared, each, *boost::hana::at_c<I>(out_)...);
            }
        }
    }
};

/// Tensors and views for several results.
template <is_tensor... Out>
constexpr auto tie(Out&... out) { return tied<Out...>(out...); }    // spelled as std::tie, which complex numbers bring along
template <is_tensor... Out>
    requires(!std::is_lvalue_reference_v<Out> || ...)
constexpr auto tie(Out&&... out) {
    static_assert(((std::is_lvalue_reference_v<Out> || !captured::is_owner<Out>) && ...),
                  "sinter: tie(...): a temporary tensor would be lost with its result");
    return tied<std::remove_reference_t<Out>...>(out...);
}

/// The values of several results. `auto [o, l] = eval(together(e1, e2));`
template <class... T>
struct several {
    boost::hana::basic_tuple<T...> values;

    template <std::size_t I> constexpr auto& get() & { return boost::hana::at_c<I>(values); }
    template <std::size_t I> constexpr auto const& get() const& { return boost::hana::at_c<I>(values); }
    template <std::size_t I> constexpr auto&& get() && { return std::move(boost::hana::at_c<I>(values)); }
};
template <class... T>
several(boost::hana::basic_tuple<T...>) -> several<T...>;

/// Tensors with the values of several results.
template <is_together R>
constexpr auto eval(R const& all) {
    (void)ir::check<R>::value;
    if constexpr (!is_valid<R>) {
        return;
    } else if constexpr (detail::require_one_own_type<R>()) {
        decltype(auto) prepared = prepare<evaluator>(all);
        using P = std::remove_cvref_t<decltype(prepared)>;
        return [&]<std::size_t... I>(std::index_sequence<I...>) {
            using tensors = boost::hana::basic_tuple<detail::tensor_for<captured::result_t<P, static_cast<int>(I)>>...>;
            several out{tensors{detail::make_tensor_for(captured::results_of<P>::template get<static_cast<int>(I)>(prepared))...}};
            tie(out.template get<I>()...) = prepared;
            return out;
        }(std::make_index_sequence<static_cast<std::size_t>(captured::results_of<P>::count)>{});
    }
}

template <class V, class P>
constexpr auto eval(top_pair<V, P> const& pair) {
    return eval(captured::both_of(pair));
}

}  // namespace SINTER_SIMD_ARCH
}  // namespace sinter

template <class... T>
struct std::tuple_size<sinter::several<T...>> : std::integral_constant<std::size_t, sizeof...(T)> {};
template <std::size_t I, class... T>
struct std::tuple_element<I, sinter::several<T...>> {
    using type = std::remove_cvref_t<decltype(std::declval<sinter::several<T...>&>().template get<I>())>;
};
