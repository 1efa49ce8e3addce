// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/capture/infer_windows.hpp>
#include <sinter/capture/operands.hpp>
#include <sinter/capture/subscripts.hpp>
#include <sinter/capture/to_formula.hpp>
#include <sinter/core/error.hpp>
#include <sinter/core/message.hpp>

#include <boost/hana/basic_tuple.hpp>

#include <array>
#include <cstddef>

/// Extents at run time: one loop over the extents of a formula, whatever the formula.
namespace sinter {

namespace ir {

/// The extents of every operand (or the entries of a list) by slot.
struct slot_extents {
    std::size_t extent[max_rank] = {};
};

/// A formula of any capacity.
struct formula_ref {
    term const* terms;
    int size;
    extent const* extents;
    int extents_size;
};

template <int N>
constexpr formula_ref ref(formula<N> const& f) { return {f.terms, f.size, f.extents, f.extents_size}; }

namespace detail {

/// What a term is called in messages.
constexpr std::string_view describe(term const& t) {
    switch (t.what) {
        case form::map: return t.op == op::user ? std::string_view("map(f, ...)") : name(t.op);
        case form::function: return name(t.function);
        case form::matmul: return t.op == op::mul && t.reduction == reduction::sum ? "A*B" : "product<S>(A, B)";
        case form::outer: return "outer";
        case form::einsum: return "einsum";
        case form::permute: return "permute";
        case form::reshape: return "reshape";
        case form::expand: return "expand";
        case form::slice: return "slice";
        case form::concatenate: return "concatenate";
        case form::windows: return "windows";
        case form::repeat: return "repeat";
        case form::take: return "take";
        case form::take_along: return "take_along";
        case form::reduce: return "reduction";
        case form::cumulate: return "cumulative reduction";
        case form::softmax: return "softmax";
        case form::log_softmax: return "log_softmax";
        case form::layer_norm: return "layer_norm";
        case form::rms_norm: return "rms_norm";
        case form::normalize: return "normalize";
        case form::cosine_similarity: return "cosine_similarity";
        case form::top: return "topk";
        case form::top_places: return "indices of topk";
        default: return "operand";
    }
}

/// Solves the extents of one formula.
struct solver {
    formula_ref f;
    slot_extents const* slots;
    std::size_t* out;

    constexpr void shape(message& m, int id) const {
        term const& t = f.terms[id];
        std::size_t e[max_rank] = {};
        for (int i = 0; i < t.rank; ++i) e[i] = out[t.extent[i]];
        m.list(e, static_cast<std::size_t>(t.rank));
    }

    /// "A*B: shapes (3,4) and (5,6): "
    constexpr message start(term const& t) const {
        message m;
        m << describe(t) << (t.arity > 1 ? ": shapes " : ": shape ");
        for (int i = 0; i < t.arity; ++i) {
            if (i > 0) m << (i + 1 == t.arity ? " and " : ", ");
            shape(m, t.arg[i]);
        }
        m << ": ";
        return m;
    }

    [[noreturn]] void disagree(extent const& e) const {
        term const& t = f.terms[e.where];
        message m = start(t);
        if (t.what == form::einsum && e.from == extent::source::same)
            m << "the extents of index " << letter_of(disputed(t, e)) << " of \"" << t.text << "\" must be equal";
        else if (e.from == extent::source::broadcast) m << "extents of one axis must be equal, or one of them 1";
        else if (t.what == form::matmul) m << "the last extent of A must equal the one before last of B";
        else if (t.what == form::concatenate) m << "the parts must have the same extents along the other axes";
        else m << "the last extents must be equal";
        m << " (" << out[e.a] << " vs " << out[e.b] << ")";
        raise_shape(m.text());
    }

    /// The index of an einsum whose extents do not agree.
    constexpr int disputed(term const& t, extent const& e) const {
        subscripts const s = subscripts_of(f.terms, t);
        for (int i = 0; i < s.operands; ++i)
            for (int d = 0; d < s.rank[i]; ++d)
                if (f.terms[t.arg[i]].extent[d] == e.b) return s.index[i][d];
        return 0;
    }

    [[noreturn]] void outside(term const& t, std::size_t at, std::size_t n) const {
        message m = start(t);
        m << "index " << static_cast<std::ptrdiff_t>(at) << " lies outside an axis of extent " << n;
        raise_shape(m.text());
    }

    /// An extent or list entry as it stands; negative list entries count from the end of axis a.
    constexpr std::size_t given(extent const& e) const {
        std::size_t const v = e.slot < 0 ? static_cast<std::size_t>(static_cast<std::ptrdiff_t>(e.dim))
                                         : slots[e.slot].extent[e.dim];
        if (e.a < 0 || static_cast<std::ptrdiff_t>(v) >= 0) return v;
        std::size_t const n = out[e.a];
        if (v + n > n) outside(f.terms[e.where], v, n);
        return v + n;
    }

    constexpr std::size_t solve(extent const& e) const {
        switch (e.from) {
            case extent::source::constant: return e.value;
            case extent::source::operand: return given(e);
            case extent::source::sum: return out[e.a] + out[e.b];
            case extent::source::product: return out[e.a] * out[e.b];
            case extent::source::places: return places(f.terms[e.slot], out[e.a]);
            case extent::source::quotient:
                if (out[e.a] < out[e.b]) outside(f.terms[e.where], out[e.b], out[e.a]);
                return (out[e.a] - out[e.b] + e.value - 1) / e.value;
            default: break;
        }
        if (out[e.a] == out[e.b]) return out[e.a];
        bool const ones = e.from == extent::source::broadcast;
        if (ones && out[e.a] == 1) return out[e.b];
        if (!ones || out[e.b] != 1) disagree(e);
        return out[e.a];
    }

    constexpr std::size_t places(term const& t, std::size_t n) const {
        std::size_t numbers[6] = {};
        for (int i = 0; i < 6; ++i) numbers[i] = out[t.fixed[i]];
        window_numbers const w(t, numbers);
        if (w.size == 0 || w.stride == 0 || w.dilation == 0)
            raise_shape((start(t) << "size, stride and dilation of windows must be at least 1").text());
        if (w.is_short(n) && t.keep)
            raise_shape((start(t) << "convolve_transposed: " << w.before + w.after << " elements are to be cut off, but there are "
                                  << w.length(n)).text());
        if (w.is_short(n))
            raise_shape((start(t) << "a window spans " << w.span() << " elements, but axis " << int{t.order[0]} << " has "
                                  << w.length(n) << " with those before and after it").text());
        if (t.fixed[6] >= 0 && out[t.fixed[6]] != n)
            raise_shape((start(t) << "convolve: the groups have " << out[t.fixed[6]] << " channels together, x has " << n).text());
        return w.places(n);
    }

    /// The extent that was given as −1, and the number of elements.
    constexpr void finish_reshape(term const& t) const {
        std::size_t before = 1, after = 1;
        int open = -1;
        term const& x = f.terms[t.arg[0]];
        for (int i = 0; i < x.rank; ++i) before *= out[x.extent[i]];
        for (int i = 0; i < t.rank; ++i) {
            if (out[t.extent[i]] != dyn) after *= out[t.extent[i]];
            else if (open < 0) open = t.extent[i];
            else raise_shape((start(t) << "only one extent may be −1").text());
        }
        if (open >= 0 && after == 0) raise_shape((start(t) << "an extent of −1 beside one of 0 could be any number").text());
        if (open >= 0) after *= out[open] = before / after;
        if (before == after) return;
        message m = start(t);
        m << "reshape to ";
        std::size_t e[max_rank] = {};
        for (int i = 0; i < t.rank; ++i) e[i] = out[t.extent[i]];
        m.list(e, static_cast<std::size_t>(t.rank)) << " must keep the number of elements (" << before << " vs " << after << ")";
        raise_shape(m.text());
    }

    constexpr void check_slice(term const& t) const {
        term const& x = f.terms[t.arg[0]];
        for (int i = 0; i < x.rank; ++i)
            if (t.fixed[i] >= 0 && out[t.fixed[i]] >= out[x.extent[i]]) outside(t, out[t.fixed[i]], out[x.extent[i]]);
        for (int i = 0; i < t.rank; ++i) {
            std::size_t const n = out[x.extent[t.order[i]]], count = out[t.extent[i]];
            std::size_t const first = t.start[i] < 0 ? 0 : out[t.start[i]];
            extent const& e = f.extents[t.extent[i]];
            bool const is_range = e.from == extent::source::quotient && t.extent[i] != x.extent[t.order[i]];    // and not all of one
            std::size_t const end = is_range ? out[e.a]
                                    : count == 0 ? first : first + (count - 1) * static_cast<std::size_t>(t.step[i]) + 1;
            if (first > n || end > n || count > n) outside(t, first > n ? first : end, n);
        }
    }

    constexpr void check_top(term const& t) const {
        term const& x = f.terms[t.arg[0]];
        for (int i = 0; i < x.rank; ++i) {
            if (!(t.axes >> i & 1u) || out[t.extent[i]] <= out[x.extent[i]]) continue;
            message m = start(t);
            m << "the axis has fewer than " << out[t.extent[i]] << " elements (" << out[x.extent[i]] << ")";
            raise_shape(m.text());
        }
    }

    /// Extents come in the order of the terms that ask for them, so a term is finished before the next one's are solved.
    constexpr void run() const {
        int done = 0;
        for (int i = 0; i < f.size; ++i) {
            for (; done < f.extents_size && f.extents[done].where <= i; ++done) out[done] = solve(f.extents[done]);
            if (f.terms[i].what == form::reshape) finish_reshape(f.terms[i]);
            if (f.terms[i].what == form::slice) check_slice(f.terms[i]);
            if (f.terms[i].what == form::top || f.terms[i].what == form::top_places) check_top(f.terms[i]);
        }
    }
};

template <class T, int R>
constexpr slot_extents extents_of(handle<T, R> const& h) {
    slot_extents s;
    for (std::size_t i = 0; i < h.extent.size(); ++i) s.extent[i] = h.extent[i];
    return s;
}
template <class F>
constexpr slot_extents extents_of(function_handle<F> const&) { return {}; }
template <std::size_t N>
constexpr slot_extents extents_of(extents_handle<N> const& h) {
    slot_extents s;
    for (std::size_t i = 0; i < N; ++i) s.extent[i] = h.extent[i];
    return s;
}

template <class... H, std::size_t... I>
constexpr void list_slots(boost::hana::basic_tuple<H...> const& operands, slot_extents* out, std::index_sequence<I...>) {
    ((out[I] = extents_of(boost::hana::at_c<I>(operands))), ...);
}

}  // namespace detail

/// Writes every extent of the formula; raises shape_error where a rule is broken. Nothing is allocated.
constexpr void solve(formula_ref f, slot_extents const* slots, std::size_t* out) {
    detail::solver{f, slots, out}.run();
}

}  // namespace ir

namespace ir::detail {

/// How one extent follows from those before it, where that takes no more than a comparison.
struct quick_extent {
    extent::source from = extent::source::constant;
    std::int16_t a = -1, b = -1;    ///< extents; of an operand: its slot and axis
    std::size_t value = 1;
};

template <int N>
constexpr bool can_be_quick(formula<N> const& f) {
    for (int i = 0; i < f.size; ++i)
        switch (f.terms[i].what) {
            case form::reshape: case form::slice: case form::top: case form::top_places: return false;
            default: break;
        }
    for (int i = 0; i < f.extents_size; ++i)
        switch (f.extents[i].from) {
            case extent::source::quotient: case extent::source::places: return false;
            case extent::source::operand:
                if (f.extents[i].a >= 0 || f.extents[i].slot < 0) return false;
                break;
            default: break;
        }
    return true;
}

template <class E>
inline constexpr auto quick_extents = [] {
    constexpr auto const& f = formula_of<E>;
    std::array<quick_extent, static_cast<std::size_t>(f.extents_size)> table{};
    for (int i = 0; i < f.extents_size; ++i) {
        extent const& e = f.extents[i];
        bool const of_operand = e.from == extent::source::operand;
        table[static_cast<std::size_t>(i)] = quick_extent{e.from, of_operand ? e.slot : e.a, of_operand ? e.dim : e.b, e.value};
    }
    return table;
}();

template <class T, int R>
constexpr std::size_t const* where_extents_are(handle<T, R> const& h) { return h.extent.data(); }
template <class F>
constexpr std::size_t const* where_extents_are(function_handle<F> const&) { return nullptr; }
template <std::size_t N>
constexpr std::size_t const* where_extents_are(extents_handle<N> const& h) { return h.extent.data(); }

/// The extents of a formula whose rules are simple; false where they are broken, which `solve` explains.
template <class E, class... H, std::size_t... I>
constexpr bool solve_quickly(boost::hana::basic_tuple<H...> const& operands, std::size_t* out, std::index_sequence<I...>) {
    std::size_t const* const of[sizeof...(H) + 1] = {where_extents_are(boost::hana::at_c<I>(operands))..., nullptr};
    bool holds = true;
    for (std::size_t i = 0; i < quick_extents<E>.size(); ++i) {
        quick_extent const& e = quick_extents<E>[i];
        switch (e.from) {
            case extent::source::constant: out[i] = e.value; break;
            case extent::source::operand: out[i] = of[e.a][e.b]; break;
            case extent::source::sum: out[i] = out[e.a] + out[e.b]; break;
            case extent::source::product: out[i] = out[e.a] * out[e.b]; break;
            case extent::source::same:
                holds = holds && out[e.a] == out[e.b];
                out[i] = out[e.a];
                break;
            default:
                holds = holds && (out[e.a] == out[e.b] || out[e.a] == 1 || out[e.b] == 1);
                out[i] = out[e.a] == 1 ? out[e.b] : out[e.a];
        }
    }
    return holds;
}

}  // namespace ir::detail

/// All extents of the formula of E, in the order of formula::extents, from the handles of its operands.
/// Throws shape_error, naming the operation, the shapes and the rule.
template <class E, class... H>
constexpr auto solve_extents(boost::hana::basic_tuple<H...> const& operands) {
    constexpr auto const& f = ir::formula_of<E>;
    std::array<std::size_t, static_cast<std::size_t>(f.extents_size)> out{};
    if constexpr (ir::detail::can_be_quick(f))
        if (ir::detail::solve_quickly<E>(operands, out.data(), std::index_sequence_for<H...>{})) return out;
    ir::slot_extents slots[sizeof...(H) + 1] = {};
    ir::detail::list_slots(operands, slots, std::index_sequence_for<H...>{});
    ir::solve(ir::ref(f), slots, out.data());
    return out;
}

/// The same from the expression itself.
template <evaluable E>
constexpr auto solve_extents(E const& e) { return solve_extents<E>(handles(e)); }

}  // namespace sinter
