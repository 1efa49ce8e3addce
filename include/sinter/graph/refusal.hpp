// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/capture/check.hpp>
#include <sinter/capture/describe.hpp>
#include <sinter/capture/shape.hpp>
#include <sinter/core/fixed_string.hpp>
#include <sinter/core/message.hpp>
#include <sinter/graph/compose.hpp>

#include <string_view>

/// Accesses that are more than one index can say, as errors of the compiler: one, with the part of the formula in its name that
/// would have to be stored.
namespace sinter::mismatch {

template <ir::refusal Why, class Node>
struct access {
    using enum ir::refusal;
    static_assert(Why != windows, "sinter: windows of windows along one axis, or of a convolution, a cumulative reduction or the like: "
                                  "write materialize(...) around the part of the formula that is named here");
    static_assert(Why != windows_at_run_time, "sinter: a window of a window, both with steps that are known at run time only: write "
                                              "materialize(...) around the part of the formula that is named here");
    static_assert(Why != slice_at_run_time, "sinter: a slice of windows whose steps are known at run time only: write materialize(...) "
                                            "around the part of the formula that is named here");
    static_assert(Why != slices, "sinter: more than three slices of slices, or of joined parts: write materialize(...) around the part "
                                 "of the formula that is named here");
    static_assert(Why != broadcasts, "sinter: a slice or window of what broadcasts at run time inside of another one: write "
                                     "materialize(...) around the part of the formula that is named here");
    static_assert(Why != window_of_broadcast, "sinter: a window over a slice that broadcasts at run time: write materialize(...) around the "
                                              "part of the formula that is named here");
    static_assert(Why != transposed, "sinter: a transposed convolution of a slice, of windows or of joined parts: write materialize(...) "
                                     "around the part of the formula that is named here");
    static_assert(Why != repeated, "sinter: a slice or window of what is repeated: write materialize(...) around the part of the formula "
                                   "that is named here, or repeat the slice; a slice from its beginning on begins with "
                                   "std::integral_constant<int, 0>, which is known to be 0");
    static_assert(Why != take_of_broadcast, "sinter: take(x, ...), where x is a slice or window of what broadcasts at run time: write "
                                            "materialize(...) around the part of the formula that is named here");
    static_assert(Why != take_at_run_time, "sinter: take from windows whose steps are known at run time only: write materialize(...) around "
                                           "the part of the formula that is named here");
    static_assert(Why != take_twice, "sinter: take along both axes of windows: write materialize(...) around the part of the formula that is "
                                     "named here");
    static_assert(Why != places, "sinter: take(x, places): places must be a tensor or a view, or part of one: write materialize(...) around "
                                 "the part of the formula that is named here");
    static_assert(Why != steps, "sinter: a slice or window takes steps of more than 32767 elements: write materialize(...) around the part "
                                "of the formula that is named here");
};

}  // namespace sinter::mismatch

namespace sinter::ir {

/// A term as calls of functions, `relu(convolve(A, B))`: operands have the letters that `explain` gives them.
struct call_writer {
    formula_ref f;
    message& out;

    constexpr void term(int t) const {
        ir::term const& x = f.terms[t];
        if (x.what == form::operand) return operand(x);
        bool const sums = x.what == form::reduce && detail::is_convolution(f.terms[x.arg[0]]);
        ir::term const& c = sums ? f.terms[x.arg[0]] : x;
        out << (x.what == form::reduce && !sums ? name(x.reduction) : detail::describe(c)) << '(';
        for (int a = 0; a < c.arity; ++a) {
            if (a > 0) out << ", ";
            term(detail::is_convolution(c) ? detail::convolution(f.terms, c).given[a] : c.arg[a]);
        }
        out << ')';
    }

    constexpr void operand(ir::term const& x) const {
        std::string_view const letters = x.rank > 0 ? tensor_letters : number_letters;
        std::size_t n = 0;
        for (int i = 0; &f.terms[i] != &x; ++i) n += f.terms[i].what == form::operand && (f.terms[i].rank > 0) == (x.rank > 0);
        out << letters[n % letters.size()];
        if (n >= letters.size()) out << n / letters.size();
    }
};

template <auto const& Formula, int Term>
constexpr auto text_of_term() {
    constexpr message m = [] {
        message text;
        call_writer{ref(Formula), text}.term(Term);
        return text;
    }();
    fixed_string<m.size() + 1> t;
    for (std::size_t i = 0; i < m.size(); ++i) t.at[i] = m.text()[i];
    return t;
}

/// An error where an access of a formula cannot be said: to be asked for its size. It stands in no function, since clang goes on to say
/// that what the function gives is no constant, and nothing that is made of it.
template <auto const& Formula, refusal Why, int Term>
struct accepted : mismatch::access<Why, captured::shown<text_of_term<Formula, Term>()>> {};
template <auto const& Formula, int Term>
struct accepted<Formula, refusal::none, Term> {};

/// What is asked for on the way to an element: windows of a slice of …. Where an index cannot say it, the part of the formula is
/// named that is best stored.
template <class Formula>
struct accesses {
    Formula const& f;
    int open[Formula::capacity] = {};
    int depth = 0;
    refusal why = refusal::none;
    std::int16_t named = -1;

    constexpr void note(place const& p) {
        for (int d = 0; d < p.rank && why == refusal::none; ++d)
            if (p.at[d].refused != refusal::none) refuse(p.at[d].refused, best());
    }
    constexpr void refuse(refusal r, int term) {
        if (why != refusal::none) return;
        why = r;
        named = static_cast<std::int16_t>(term);
    }

  private:
    static constexpr bool is_access(form what) {
        return what == form::operand || what == form::windows || what == form::slice || what == form::repeat || what == form::permute ||
               what == form::expand || what == form::reshape;
    }
    /// What the innermost access of something that is computed takes; else what the outermost access takes.
    constexpr int best() const {
        for (int i = depth - 1; i > 0; --i)
            if (!is_access(f.terms[open[i - 1]].what)) return open[i - 1];
        return open[0];
    }
};

}  // namespace sinter::ir
