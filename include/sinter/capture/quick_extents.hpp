// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/capture/operands.hpp>
#include <sinter/capture/to_formula.hpp>
#include <sinter/core/config.hpp>

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
            case extent::source::quotient: case extent::source::before_end: case extent::source::places: return false;
            case extent::source::operand:
                if (f.extents[i].a >= 0) return false;
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

/// Extent number I, from those before it; whether its rule holds. A function for each, so that what is known at compile time costs
/// nothing at run time: small evaluations take as long as their beginning does.
template <class E, std::size_t I, class Operands>
SINTER_ENTRY constexpr bool solve_quickly(Operands const& operands, std::size_t* out) {
    constexpr quick_extent e = quick_extents<E>[I];
    if constexpr (e.from == extent::source::constant) out[I] = e.value;
    else if constexpr (e.from == extent::source::operand) out[I] = boost::hana::at_c<static_cast<std::size_t>(e.a)>(operands).extent[e.b];
    else if constexpr (e.from == extent::source::sum) out[I] = out[e.a] + out[e.b];
    else if constexpr (e.from == extent::source::product) out[I] = out[e.a] * out[e.b];
    else {
        std::size_t const a = out[e.a], b = out[e.b];
        out[I] = a == 1 ? b : a;
        return a == b || (e.from != extent::source::same && (a == 1 || b == 1));
    }
    return true;
}

/// The extents of a formula whose rules are simple; false where they are broken, which `solve` explains.
template <class E, class Operands, std::size_t... I>
SINTER_ENTRY constexpr bool solve_quickly([[maybe_unused]] Operands const& operands, [[maybe_unused]] std::size_t* out, std::index_sequence<I...>) {
    bool hold = true;
    [[maybe_unused]] bool const each[] = {hold, (hold = solve_quickly<E, I>(operands, out) && hold)...};    // clang folds 256 at most
    return hold;
}

}  // namespace sinter::ir::detail
