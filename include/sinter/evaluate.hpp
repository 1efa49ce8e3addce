// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/capture/functions.hpp>
#include <sinter/capture/prepare.hpp>
#include <sinter/capture/shape.hpp>
#include <sinter/capture/slots.hpp>
#include <sinter/core/message.hpp>
#include <sinter/inspect/require_fused.hpp>
#include <sinter/lower/callable.hpp>
#include <sinter/lower/lookups.hpp>
#include <sinter/lower/run.hpp>
#include <sinter/tensor/overlap.hpp>
#include <sinter/tensor/tensor.hpp>
#include <sinter/tensor/view.hpp>

/// Evaluation: o = e, eval(e).
namespace sinter {

namespace mismatch {
template <std::size_t Result, std::size_t Formula, int Axis>
struct result {
    static_assert(Result == Formula, "sinter: o = e: the shape of the result must be that of the formula (axis -1 is the last)");
};
}  // namespace mismatch

namespace detail {

/// The first axis along which a result and its formula differ, as far as both are known at compile time; −1: none.
template <class Out, class E>
inline constexpr int misfit = [] {
    for (std::size_t d = 0; d < Out::rank_v; ++d) {
        std::size_t const mine = Out::static_extents[d], its = child_t<E>::info.extent[d];
        if (mine != dyn && its != dyn && mine != its) return static_cast<int>(d);
    }
    return -1;
}();

/// An error where there is one.
template <class Out, class E, int Axis = misfit<Out, E>>
constexpr void require_fit() {
    if constexpr (Axis >= 0)
        (void)mismatch::result<Out::static_extents[Axis], child_t<E>::info.extent[Axis], Axis - static_cast<int>(Out::rank_v)>{};
}

/// The stride of dimension d of a result, where its type says it.
template <class Out>
constexpr std::ptrdiff_t known_stride(std::size_t d) {
    std::size_t n = 1;
    for (std::size_t i = Out::rank_v; --i > d;) {
        if (Out::static_extents[i] == dyn) return lower::unknown_stride;
        n *= Out::static_extents[i];
    }
    return static_cast<std::ptrdiff_t>(n);
}

template <class T, class Out, std::size_t... D>
constexpr auto empty_target(std::index_sequence<D...>) {
    if constexpr (Out::contiguous) return lower::target<T, Out::rank_v, known_stride<Out>(D)...>{};
    else return lower::target<T, Out::rank_v>{};
}

/// What an evaluation writes to, checked against the formula's result.
template <class Out>
constexpr auto target_of(Out& out) {
    using T = std::remove_pointer_t<decltype(out.data())>;
    static_assert(!std::is_const_v<T>, "sinter: o = e: the elements of o are const");
    auto t = empty_target<T, std::remove_cv_t<Out>>(std::make_index_sequence<Out::rank_v>{});
    t.data = out.data();
    for (int d = 0; d < Out::rank_v; ++d) t.given[d] = out.stride(static_cast<std::size_t>(d));
    return t;
}

/// Whether coordinate d of a leaf is the index along axis d of the formula's result, which may be two axes of the graph's.
template <class K>
constexpr bool is_result_index(ir::vertex const& leaf, int d) {
    auto const& r = K::graph.result[0];
    auto const& i = leaf.at[d];
    if (i.jumps() || i.start[0] >= 0) return false;
    if (ir::axes_of(i) == 0 && K::formula.operand[leaf.slot].extent[d] == 1) return true;      // and where it is not 1 in the result, shapes differ
    if (d != r.split) {
        int const axis = K::program.graph.out[r.split >= 0 && d > r.split ? d + 1 : d];
        return i.axis == axis && i.second.axis < 0 && (i.axis < 0 || (i.step == 1 && i.by < 0));
    }
    std::size_t const part = K::formula.extents[r.part].known();
    bool const in_parts = part == dyn ? i.step == 1 && i.by == r.part : i.by < 0 && static_cast<std::size_t>(i.step) == part;
    return in_parts && i.axis == r.out[d] && i.second.axis == r.out[d + 1] && i.second.step == 1 && i.second.by < 0;
}

/// For each operand, whether all that reads it reads, for each element of the result, the element at that same index.
template <class K>
inline constexpr auto read_at_same_index = [] {
    auto const& g = K::program.graph;
    std::array<bool, static_cast<std::size_t>(K::formula.operands) + 1> same{};
    for (auto& s : same) s = true;
    bool inside[K::graph.size] = {}, live[K::graph.size] = {};
    live[g.root] = true;
    for (int i = g.root; i >= 0; --i) {
        auto const& x = g.nodes[i];
        for (int a = 0; a < x.arity; ++a) {
            live[x.arg[a]] = live[x.arg[a]] || live[i];
            inside[x.arg[a]] = inside[x.arg[a]] || (live[i] && (x.is_reduce() || inside[i]));
        }
        if (!live[i] || !x.is_leaf() || x.from != ir::source::operand) continue;
        bool plain = !inside[i] && x.rank == K::formula.root().rank && x.shape < 0;
        for (int d = 0; plain && d < x.rank; ++d) plain = is_result_index<K>(x, d);
        if (!plain) same[static_cast<std::size_t>(x.slot)] = false;
    }
    for (int i = 0; i < g.lookups; ++i) same[static_cast<std::size_t>(g.nodes[g.lookup[i].node].slot)] = false;
    return same;
}();

/// The result and an operand, as bytes, for the overlap of memory.
struct bytes_of {
    using value_type = char;
    static constexpr bool contiguous = false;
    lower::seen_operand const& o;
    static constexpr std::size_t rank() { return max_rank; }
    char const* data() const { return static_cast<char const*>(o.data); }
    std::size_t extent(std::size_t i) const { return static_cast<int>(i) < o.rank ? o.extent[i] : 1; }
    std::ptrdiff_t stride(std::size_t i) const { return static_cast<int>(i) < o.rank ? o.stride[i] * o.element_bytes : 0; }
    std::size_t size() const {
        std::size_t n = 1;
        for (int i = 0; i < o.rank; ++i) n *= o.extent[i];
        return n;
    }
};

/// Whether the result and an operand share memory. Arrays of elements of two sizes, or between each other's elements: whether their
/// address ranges meet.
inline bool share_memory(lower::seen_operand const& a, lower::seen_operand const& b) {
    auto const apart = static_cast<std::ptrdiff_t>(reinterpret_cast<std::uintptr_t>(a.data) - reinterpret_cast<std::uintptr_t>(b.data));
    if (a.element_bytes == b.element_bytes && apart % a.element_bytes == 0)
        return share_elements(bytes_of{a}, bytes_of{b});
    if (bytes_of{a}.size() == 0 || bytes_of{b}.size() == 0) return false;
    auto const ra = address_range(bytes_of{a}), rb = address_range(bytes_of{b});
    auto const width = [](lower::seen_operand const& x) { return static_cast<std::uintptr_t>(x.element_bytes - 1); };
    return ra[0] < rb[1] + width(b) && rb[0] < ra[1] + width(a);
}

inline bool same_elements(lower::seen_operand const& a, lower::seen_operand const& b) {
    if (a.data != b.data || a.rank != b.rank || a.element_bytes != b.element_bytes) return false;
    for (int i = 0; i < a.rank; ++i)
        if (a.extent[i] != b.extent[i] || (a.extent[i] != 1 && a.stride[i] != b.stride[i])) return false;
    return true;
}

/// Raises alias_error where the result shares elements with an operand that is still read when they are written.
[[gnu::noinline]] inline void check_aliases(lower::seen_operand const& out, lower::seen_operand const* operands, bool const* same_index,
                          std::size_t n) {
    for (std::size_t i = 0; i < n; ++i) {
        auto const& in = operands[i];
        if (in.element_bytes == 0 || !share_memory(out, in)) continue;
        if (same_index[i] && same_elements(out, in)) continue;
        raise_alias((message() << "o = e: the result shares elements with operand " << i + 1
                               << " of the formula, which is still read when they are written; evaluate into another tensor, "
                                  "or write materialize(...) around the operand").text());
    }
}

/// The same of an evaluation. It gets copies: what nothing points to stays in registers where nothing is shared.
template <class K, class T, int R, std::ptrdiff_t... Known, std::size_t N>
[[gnu::noinline]] void check_aliases_of(lower::target<T, R, Known...> out, std::array<std::size_t, N> shape, typename K::operands operands) {
    auto const seen = lower::see_all(operands);
    check_aliases({out.data, shape.data(), out.given, R, static_cast<int>(sizeof(T))}, seen.data(), read_at_same_index<K>.data(), seen.size() - 1);
}

/// Addresses from the lowest element to behind the highest.
struct addresses {
    std::uintptr_t from = 0, to = 0;
    bool meet(addresses const& o) const { return from < o.to && o.from < to; }
};

/// Of an array that has elements.
template <class T>
SINTER_ENTRY addresses addresses_of(T const* data, std::size_t const* extent, std::ptrdiff_t const* stride, int rank) {
    std::ptrdiff_t low = 0, high = 0;
    for (int i = 0; i < rank; ++i) {
        std::ptrdiff_t const reach = stride[i] * (static_cast<std::ptrdiff_t>(extent[i]) - 1);
        (reach < 0 ? low : high) += reach;
    }
    auto const start = reinterpret_cast<std::uintptr_t>(data);
    constexpr auto bytes = static_cast<std::ptrdiff_t>(sizeof(T));
    return {start + static_cast<std::uintptr_t>(low * bytes), start + static_cast<std::uintptr_t>((high + 1) * bytes)};
}

template <class T, int R>
SINTER_ENTRY bool may_share(addresses const& out, handle<T, R> const& in) {
    return out.meet(addresses_of(in.data, in.extent.data(), in.stride.data(), R));
}
template <class T>
SINTER_ENTRY bool may_share(addresses const&, number_handle<T> const&) { return false; }
template <class H>
SINTER_ENTRY bool may_share(addresses const&, H const&) { return false; }

/// Whether the memory of the result may be shared by an operand: the cheap question, in front of the exact one.
template <class K, class T, int R, std::ptrdiff_t... Known, std::size_t... I>
SINTER_ENTRY bool may_share_any(lower::target<T, R, Known...> const& out, std::size_t const* shape, typename K::operands const& operands,
                                 std::index_sequence<I...>) {
    addresses const mine = addresses_of(out.data, shape, out.given, R);
    return (... || may_share(mine, boost::hana::at_c<I>(operands)));
}

/// Whether an operand is reshaped.
template <class K>
inline constexpr bool reads_reshaped = [] {
    for (auto const& leaf : lower::placed_leaves<K>)
        if (leaf.node.shape >= 0) return true;
    return false;
}();

/// Raises shape_error where an operand that is reshaped has gaps between its rows.
template <class K>
void check_reshaped(lower::seen_operand const* operands) {
    for (std::size_t i = 0; i + 1 < lower::placed_leaves<K>.size(); ++i) {
        auto const& x = lower::placed_leaves<K>[i].node;
        if (x.shape < 0) continue;
        auto const& o = operands[x.slot];
        std::ptrdiff_t row_major = 1;
        for (int d = o.rank - 1; d >= 0; --d) {
            if (o.extent[d] != 1 && o.stride[d] != row_major)
                raise_shape("reshape(x, ...): x is a view with gaps between its elements; copy it into a tensor first");
            row_major *= static_cast<std::ptrdiff_t>(o.extent[d]);
        }
    }
}

template <class E>
constexpr auto shape_from(std::size_t const* extents) {
    constexpr auto const& f = ir::formula_of<E>;
    std::array<std::size_t, static_cast<std::size_t>(f.root().rank)> shape{};
    for (std::size_t d = 0; d < shape.size(); ++d) shape[d] = extents[f.root().extent[d]];
    return shape;
}

template <std::size_t R>
constexpr bool all_static(std::array<std::size_t, R> const& extents) {
    for (std::size_t const e : extents)
        if (e == dyn) return false;
    return true;
}

template <class Out, class E>
SINTER_ENTRY constexpr void assign_prepared(Out& out, E const& e) {
    using K = lower::kernel<E>;
    auto const operands = handles(e);
    auto const extents = solve_extents<E>(operands);
    auto const shape = shape_from<E>(extents.data());
    for (std::size_t d = 0; d < shape.size(); ++d)
        if (out.extent(d) != shape[d])
            raise_shape((message() << "o = e: shapes " << out.shape() << " and " << shape
                                   << ": the shape of the result must be that of the formula").text());
    lower::check_places<K>(extents.data());
    lower::check_split<K>(extents.data());
    auto const to = target_of(out);
    if constexpr (all_static(std::remove_cvref_t<Out>::static_extents)) {   // others cannot be in a constant expression
        if (std::is_constant_evaluated()) {
            lower::evaluate_pointwise<K>(operands, extents.data(), to, shape.data());
            return;
        }
    }
    if constexpr (reads_reshaped<K>) check_reshaped<K>(lower::see_all(operands).data());
    lower::check_lookups<K>(operands, extents.data());
    for (std::size_t d = 0; d < shape.size(); ++d)
        if (shape[d] == 0) return;
    if (may_share_any<K>(to, shape.data(), operands, std::make_index_sequence<static_cast<std::size_t>(K::formula.operands)>{}))
        check_aliases_of<K>(to, shape, handles(e));
    lower::run<K>(operands, extents.data(), to);
}

}  // namespace detail

/// The extents of a formula's result. Throws shape_error where the operands do not fit.
template <expression E>
constexpr auto result_shape(E const& e) {
    return detail::shape_from<E>(extents_before_storing(e).data());
}

/// Kernels differ between instruction sets, so all that evaluates is named after them or inlined: the linker keeps one of the
/// functions that have the same name in several objects.
inline namespace SINTER_SIMD_ARCH {

template <class E>
    requires array_like<E>
constexpr auto eval(E const& e);

/// What evaluates stored intermediates.
struct evaluator {
    template <class E> constexpr auto operator()(E const& e) const { return eval(e); }
};

/// o = e. Writes every element of `out`, a tensor or a view of the result's shape.
/// Throws shape_error or alias_error before anything is written. Once the thread's workspace exists it allocates what `materialize`
/// stores, which is freed at the end, and a workspace where it runs inside of another evaluation; else nothing.
template <class Out, class E>
    requires is_tensor<Out> && operand_like<E>
SINTER_ENTRY constexpr void assign(Out&& out, E const& e) {
    if constexpr (!expression<E>) {
        assign(out, capture(e));
    } else if constexpr (!is_valid<E>) {
        (void)ir::check<E>::value;
    } else {
        constexpr int rank = ir::formula_of<E>.root().rank;
        static_assert(std::remove_cvref_t<Out>::rank_v == rank, "sinter: o = e: the result and the formula differ in rank");
        constexpr bool mixed = lower::mixes_own_types<child_t<E>>();
        static_assert(!mixed, "sinter: a formula has operands of two different scalar types of the user's; convert one of them first");
        if constexpr (std::remove_cvref_t<Out>::rank_v == rank && !mixed) {
            decltype(auto) prepared = prepare<evaluator>(e);
            using K = lower::kernel<std::remove_cvref_t<decltype(prepared)>>;
            (void)detail::can_be_fused<K>;
            if constexpr (K::program.whole_intermediate < 0) {
                if constexpr (detail::misfit<std::remove_cvref_t<Out>, E> >= 0) detail::require_fit<std::remove_cvref_t<Out>, E>();
                else if constexpr (lower::functions_fit<K>) detail::assign_prepared(out, prepared);
                else static_assert(sizeof(lower::takes_registers<K>) > 0);
            }
        }
    }
}

/// The value of a formula, as a tensor with the extents that are known at compile time.
template <class E>
    requires array_like<E>
constexpr auto eval(E const& e) {
    if constexpr (!expression<E>) {
        return eval(capture(e));
    } else {
        (void)ir::check<E>::value;
        if constexpr (is_valid<E>) return tensor(e);
        else return []<std::size_t... I>(std::index_sequence<I...>) {      // the error has been given
            return tensor<float, ((void)I, dyn)...>();
        }(std::make_index_sequence<E::info.rank>());
    }
}

}  // namespace SINTER_SIMD_ARCH
}  // namespace sinter
