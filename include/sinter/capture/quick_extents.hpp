// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/capture/operands.hpp>
#include <sinter/capture/to_formula.hpp>

#include <boost/hana/basic_tuple.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <utility>

/// Extents at run time where their rules are simple: nothing but comparisons, and no text of what is wrong.
namespace sinter::ir::detail {

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
            case form::repeat:
                if (!f.terms[i].keep && f.extents[f.terms[i].fixed[0]].from == extent::source::operand) return false;
                break;
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

}  // namespace sinter::ir::detail
