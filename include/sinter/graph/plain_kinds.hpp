// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/graph/graph.hpp>

#include <array>
#include <cstdint>

/// What of a formula is an integer, a truth or a number of the language whatever the formula is computed in: places, coordinates, masks,
/// and what is made of them.
namespace sinter::ir {

constexpr bool gives_places(vertex const& x) {
    return x.is_reduce() && (x.combine == monoid::argmin || x.combine == monoid::argmax || x.combine == monoid::top_places);
}

/// What plain values are held in: the widest type of their kind.
constexpr dtype plain_kind(dtype d) {
    using enum dtype;
    if (d == own || d == none) return none;
    if (d == boolean || d == u64) return d;
    return is_integer(d) ? i64 : f64;
}

constexpr dtype plain_kind_of_leaf(vertex const& x) {
    if (x.from == source::operand) return plain_kind(x.type);
    if (x.from == source::previous) return dtype::none;
    if (x.from != source::constant) return dtype::i64;
    constexpr double most = 1e15;
    bool const whole = x.value > -most && x.value < most && x.value == static_cast<double>(static_cast<std::int64_t>(x.value));
    return whole ? dtype::i64 : dtype::f64;
}

/// For each node in what it is held; `none`: in the type of the formula.
template <class Graph>
constexpr auto plain_kinds(Graph const& g) {
    using enum dtype;
    std::array<dtype, static_cast<std::size_t>(Graph::capacity)> kind{};
    auto const of = [&](int n) -> dtype& { return kind[static_cast<std::size_t>(n)]; };
    for (int n = 0; n < g.size; ++n) {
        auto const& x = g.nodes[n];
        of(n) = none;
        if (x.is_leaf()) of(n) = plain_kind_of_leaf(x);
        else if (gives_places(x)) of(n) = i64;
        else if (x.is_map() && info(x.op).is_mask) of(n) = boolean;
        else if (x.is_map(op::user)) of(n) = plain_kind(x.type);
        else if (x.is_map()) {
            dtype met = i64;
            for (int a = x.op == op::select; a < x.arity; ++a) met = of(x.arg[a]) == none || met == none ? none : promote(met, of(x.arg[a]));
            bool const whole = x.op == op::select || x.op == op::neg || x.op == op::abs || x.op == op::add ||
                               x.op == op::sub || x.op == op::mul || x.op == op::min || x.op == op::max ||
                               x.op == op::sign || x.op == op::floor || x.op == op::ceil || x.op == op::round;
            of(n) = met == none ? none : x.op == op::cast ? plain_kind(x.type) : whole ? met : f64;
        }
    }
    return kind;
}

/// Whether node n is made of nothing but whole numbers, which are indices, extents and integers, and is exact in 64 bits.
template <class Graph>
constexpr bool is_whole(Graph const& g, int n) {
    auto const kind = plain_kinds(g);
    bool cone[Graph::capacity] = {};
    mark_cone(g, n, cone, [](int) { return false; });
    for (int i = 0; i <= n; ++i) {
        auto const k = kind[static_cast<std::size_t>(i)];
        if (cone[i] && (g.nodes[i].is_map(op::cast) || (k != dtype::i64 && k != dtype::boolean))) return false;
    }
    return true;
}

}  // namespace sinter::ir
