// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/capture/functions.hpp>
#include <sinter/capture/prepare.hpp>
#include <sinter/capture/shape.hpp>
#include <sinter/core/message.hpp>
#include <sinter/inspect/require_fused.hpp>
#include <sinter/lower/run.hpp>
#include <sinter/tensor/overlap.hpp>
#include <sinter/tensor/tensor.hpp>
#include <sinter/tensor/view.hpp>

/// Evaluation: o = e, eval(e).
namespace sinter {

namespace detail {

/// What an evaluation writes to, checked against the formula's result.
template <class Out>
constexpr auto target_of(Out& out) {
    using T = std::remove_pointer_t<decltype(out.data())>;
    static_assert(!std::is_const_v<T>, "sinter: o = e: the elements of o are const");
    lower::target<T, Out::rank_v> t;
    t.data = out.data();
    for (int d = 0; d < Out::rank_v; ++d) t.stride[d] = out.stride(static_cast<std::size_t>(d));
    return t;
}

/// Whether the leaf reads, at each index of the result, the element at that same index, and nothing else does.
template <class K, int Slot>
constexpr bool reads_same_index() {
    auto const& g = K::program.graph;
    bool inside[K::graph.size] = {};
    bool live[K::graph.size] = {};
    live[g.root] = true;
    for (int i = g.root; i >= 0; --i) {
        if (!live[i]) continue;
        auto const& x = g.nodes[i];
        for (int a = 0; a < x.arity; ++a) {
            live[x.arg[a]] = true;
            if (x.is_reduce() || inside[i]) inside[x.arg[a]] = true;
        }
        if (!x.is_leaf() || x.from != ir::source::operand || x.slot != Slot) continue;
        if (inside[i] || x.rank != g.out_rank || x.shape >= 0) return false;
        for (int d = 0; d < x.rank; ++d)
            if (x.at[d].axis != g.out[d] || (x.at[d].axis >= 0 && !x.at[d].plain())) return false;
    }
    return true;
}

/// A handle as a view, for the overlap of memory.
template <class T, int R>
struct seen {
    using value_type = T;
    static constexpr int rank_v = R;
    static constexpr bool contiguous = false;
    handle<T, R> const& h;
    static constexpr std::size_t rank() { return R; }
    constexpr T const* data() const { return h.data; }
    constexpr std::size_t extent(std::size_t i) const { return h.extent[i]; }
    constexpr std::ptrdiff_t stride(std::size_t i) const { return h.stride[i]; }
    constexpr std::size_t size() const {
        std::size_t n = 1;
        for (std::size_t i = 0; i < R; ++i) n *= h.extent[i];
        return n;
    }
};

template <class A, class B>
[[gnu::noinline]] bool overlap(A const& a, B const& b) {
    return share_elements(a, b);
}

template <class K, int Slot, class Out, class H>
void check_alias(Out const&, H const&) {}

template <class K, int Slot, class Out, class T, int R>
    requires(R > 0)
void check_alias(Out const& out, handle<T, R> const& h) {
    seen<T, R> const in{h};
    if (!overlap(out, in)) return;
    if constexpr (reads_same_index<K, Slot>())
        if (same_elements(out, in)) return;
    raise_alias((message() << "o = e: the result shares elements with operand " << std::size_t{Slot + 1}
                           << " of the formula, which is still read when they are written; evaluate into another tensor, "
                              "or write materialize(...) around the operand").text());
}

template <class K, class Out, class... H, std::size_t... S>
void check_aliases(Out const& out, boost::hana::basic_tuple<H...> const& operands, std::index_sequence<S...>) {
    (check_alias<K, static_cast<int>(S)>(out, boost::hana::at_c<S>(operands)), ...);
}
template <class K, class Out, class... H>
void check_aliases(Out const& out, boost::hana::basic_tuple<H...> const& operands) {
    check_aliases<K>(out, operands, std::index_sequence_for<H...>{});
}

template <class E>
constexpr auto shape_from(std::size_t const* extents) {
    constexpr auto const& f = ir::formula_of<E>;
    std::array<std::size_t, static_cast<std::size_t>(f.root().rank)> shape{};
    for (std::size_t d = 0; d < shape.size(); ++d) shape[d] = extents[f.root().extent[d]];
    return shape;
}

template <class Out, class E>
constexpr void assign_prepared(Out& out, E const& e) {
    using K = lower::kernel<E>;
    auto const operands = handles(e);
    auto const extents = solve_extents<E>(operands);
    auto const shape = shape_from<E>(extents.data());
    for (std::size_t d = 0; d < shape.size(); ++d)
        if (out.extent(d) != shape[d])
            raise_shape((message() << "o = e: shapes " << out.shape() << " and " << shape
                                   << ": the shape of the result must be that of the formula").text());
    auto const to = target_of(out);
    if (std::is_constant_evaluated()) {
        lower::evaluate_pointwise<K>(operands, extents.data(), to, shape.data());
        return;
    }
    check_aliases<K>(out, operands);
    for (std::size_t d = 0; d < shape.size(); ++d)
        if (shape[d] == 0) return;
    lower::run<K>(operands, extents.data(), to);
}

}  // namespace detail

/// The extents of a formula's result. Throws shape_error where the operands do not fit.
template <expression E>
constexpr auto result_shape(E const& e) {
    return detail::shape_from<E>(solve_extents(e).data());
}

/// o = e. Writes every element of `out`, a tensor or a view of the result's shape.
/// Throws shape_error or alias_error before anything is written. Allocates nothing once the thread's workspace exists.
template <class Out, class E>
    requires is_tensor<Out> && operand_like<E>
constexpr void assign(Out&& out, E const& e) {
    if constexpr (!expression<E>) {
        assign(out, capture(e));
    } else if constexpr (is_valid<E>) {
        constexpr int rank = ir::formula_of<E>.root().rank;
        static_assert(std::remove_cvref_t<Out>::rank_v == rank, "sinter: o = e: the result and the formula differ in rank");
        if constexpr (std::remove_cvref_t<Out>::rank_v == rank) {
            decltype(auto) prepared = prepare(e);
            using K = lower::kernel<std::remove_cvref_t<decltype(prepared)>>;
            (void)detail::can_be_fused<K>;
            if constexpr (K::program.whole_intermediate < 0) detail::assign_prepared(out, prepared);
        }
    }
}

/// The value of a formula, as a tensor with the extents that are known at compile time.
template <class E>
    requires array_like<E>
constexpr auto eval(E const& e) {
    if constexpr (expression<E>) return tensor(e);
    else return eval(capture(e));
}

}  // namespace sinter
