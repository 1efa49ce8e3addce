// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/capture/describe.hpp>
#include <sinter/capture/infer_windows.hpp>
#include <sinter/capture/operands.hpp>
#include <sinter/capture/quick_extents.hpp>
#include <sinter/capture/subscripts.hpp>
#include <sinter/capture/to_formula.hpp>
#include <sinter/core/error.hpp>
#include <sinter/core/message.hpp>

#include <boost/hana/basic_tuple.hpp>

#include <array>
#include <cstddef>
#include <string_view>

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

/// Solves the extents of one formula.
struct solver {
    formula_ref f;
    slot_extents const* slots;
    std::size_t* out;

    constexpr void shape(message& m, int id) const {
        term const& t = f.terms[id];
        std::size_t e[max_rank] = {};
        // The kernel of a convolution is an operand whose turn may come later.
        for (int i = 0; i < t.rank; ++i) e[i] = t.what == form::operand ? solve(f.extents[t.extent[i]]) : out[t.extent[i]];
        m.list(e, static_cast<std::size_t>(t.rank));
    }

    /// "A*B: shapes (3,4) and (5,6): ". What a convolution is made of is named as that.
    constexpr message start(term const& x) const {
        term const& t = f.terms[convolution_with(f.terms, f.size, static_cast<int>(&x - f.terms))];
        message m;
        m << describe(t) << (t.arity > 1 ? ": shapes " : ": shape ");
        for (int i = 0; i < t.arity; ++i) {
            if (i > 0) m << (i + 1 == t.arity ? " and " : ", ");
            shape(m, is_convolution(t) ? convolution(f.terms, t).given[i] : t.arg[i]);
        }
        m << ": ";
        return m;
    }

    /// x has another number of channels than the kernel: of so many for each group, where there are groups.
    [[noreturn]] void channels(term const& t, std::size_t in_x, std::size_t in_kernel, std::size_t groups) const {
        message m = start(t);
        if (m.text().starts_with("convolve_t")) m << "the first extent of w must be the channels of x (" << in_kernel * groups;
        else m << "the channels of w times the groups must be those of x (" << in_kernel << " * " << groups;
        raise_shape((m << " vs " << in_x << ")").text());
    }

    [[noreturn]] void disagree(extent const& e) const {
        term const& t = f.terms[e.where];
        if (is_convolution(t) && e.from == extent::source::same) channels(t, out[e.a], out[e.b], 1);
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
        if (e.slot < 0) return dyn;     // what a reshape leaves
        std::size_t const v = slots[e.slot].extent[e.dim];
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
            case extent::source::before_end:
                if (e.value > out[e.a]) outside(f.terms[e.where], 0 - e.value, out[e.a]);
                return out[e.a] - e.value;
            case extent::source::places: return places(f.terms[e.slot], out[e.a]);
            case extent::source::quotient:
                if (out[e.a] < out[e.b])
                    raise_shape((start(f.terms[e.where]) << "range(" << out[e.b] << ", " << out[e.a] << ") ends before it begins").text());
                return (out[e.a] - out[e.b] + e.value - 1) / e.value;
            default: break;
        }
        if (out[e.a] == out[e.b]) return out[e.a];
        bool const ones = e.from == extent::source::broadcast;
        if (ones && out[e.a] == 1) return out[e.b];
        if (!ones || out[e.b] != 1) disagree(e);
        return out[e.a];
    }

    /// A number that was given as one with a sign.
    constexpr void check_number(term const& t, std::string_view name, std::size_t n, int least) const {
        auto const given = static_cast<std::ptrdiff_t>(n);
        if (given < least) raise_shape((start(t) << name << " must be at least " << least << " (" << given << ")").text());
    }

    /// The counts of repeat, rows and cols.
    constexpr void check_counts(term const& t) const {
        if (t.what == form::repeat && !t.keep) check_number(t, "count", out[t.fixed[0]], 0);
        for (int i = 0; i < t.rank && t.what == form::slice; ++i) {
            extent const& e = f.extents[t.extent[i]];
            if (e.from == extent::source::operand && e.slot == t.slot) check_number(t, "a number of rows or columns", out[t.extent[i]], 0);
        }
    }

    constexpr std::size_t places(term const& t, std::size_t n) const {
        std::size_t numbers[6] = {};
        for (int i = 0; i < 6; ++i) numbers[i] = out[t.fixed[i]];
        window_numbers const w(t, numbers);
        constexpr std::string_view name[] = {"size", "stride", "dilation", "padding", "padding behind", "output_padding"};
        for (int i = 0; i < 6; ++i) check_number(t, name[i], numbers[i], i < 3);
        if (w.is_short(n) && t.keep)
            raise_shape((start(t) << w.before + w.after << " elements are to be cut off, but there are "
                                  << w.length(n)).text());
        if (w.is_short(n))
            raise_shape((start(t) << "a window spans " << w.span() << " elements, but axis " << int{t.order[0]} << " has "
                                  << w.length(n) << " with those before and after it").text());
        if (t.fixed[6] >= 0 && out[t.fixed[6]] != n)
            channels(t, n, w.size, out[t.fixed[6]] / w.size);
        return w.places(n);
    }

    /// The extent that was given as −1, and the number of elements.
    constexpr void finish_reshape(term const& t) const {
        std::size_t before = 1, after = 1;
        int open = -1;
        bool too_many = false;
        term const& x = f.terms[t.arg[0]];
        for (int i = 0; i < x.rank; ++i) before *= out[x.extent[i]];
        for (int i = 0; i < t.rank; ++i) {
            std::size_t const n = out[t.extent[i]];
            if (n == dyn && open >= 0) raise_shape((start(t) << "only one extent may be −1").text());
            if (n == dyn) open = t.extent[i];
            else if (n > PTRDIFF_MAX) raise_shape((start(t) << "extent " << static_cast<std::ptrdiff_t>(n) << " is negative").text());
            else too_many = __builtin_mul_overflow(after, n, &after) || too_many;
        }
        if (open >= 0 && after == 0) raise_shape((start(t) << "an extent of −1 beside one of 0 could be any number").text());
        if (open >= 0) after *= out[open] = before / after;
        if (before == after && !too_many) return;
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
            check_counts(f.terms[i]);
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

/// The extents of any formula, and what is wrong with them. Out of line: most formulas come here only where something is.
template <class E, class... H>
[[gnu::noinline]] constexpr void solve_slowly(boost::hana::basic_tuple<H...> const& operands, std::size_t* out) {
    ir::slot_extents slots[sizeof...(H) + 1] = {};
    ir::detail::list_slots(operands, slots, std::index_sequence_for<H...>{});
    ir::solve(ir::ref(ir::formula_of<E>), slots, out);
}

/// All extents of the formula of E, in the order of formula::extents, from the handles of its operands.
/// Throws shape_error, naming the operation, the shapes and the rule.
template <class E, class... H>
SINTER_ENTRY constexpr auto solve_extents(boost::hana::basic_tuple<H...> const& operands) {
    constexpr auto const& f = ir::formula_of<E>;
    std::array<std::size_t, static_cast<std::size_t>(f.extents_size)> out;
    if constexpr (ir::detail::can_be_quick(f))
        if (ir::detail::solve_quickly<E>(operands, out.data(), std::make_index_sequence<ir::detail::quick_extents<E>.size()>{})) return out;
    solve_slowly<E>(operands, out.data());
    return out;
}

/// The same from the expression itself.
template <evaluable E>
constexpr auto solve_extents(E const& e) { return solve_extents<E>(handles(e)); }

}  // namespace sinter
