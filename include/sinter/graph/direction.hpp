// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/graph/graph.hpp>

/// Whether values never fall, or never rise, along an axis. Of a truth: whether it stays true, or false, once it is.
namespace sinter::ir {

enum class direction : std::int8_t { falls = -1, level = 0, rises = 1, unknown = 2 };

constexpr direction opposite(direction d) {
    return d == direction::falls ? direction::rises : d == direction::rises ? direction::falls : d;
}
/// Of what rises with each of both.
constexpr direction together(direction a, direction b) {
    if (a == direction::level || a == b) return b;
    return b == direction::level ? a : direction::unknown;
}

/// Directions along one axis, of the nodes of a graph.
template <class Graph>
class directions {
  public:
    constexpr directions(Graph const& graph, int along) : g(graph), axis(along) {
        for (int n = 0; n < g.size; ++n) of_node[n] = find(g.nodes[n]);
    }
    constexpr direction operator[](int n) const { return of_node[n]; }

  private:
    Graph const& g;
    int axis;
    direction of_node[Graph::capacity] = {};

    constexpr direction find(vertex const& x) const {
        if (!has(x.axes, axis)) return direction::level;
        if (x.is_leaf()) return x.from == source::coordinate ? of_index(x.at[0]) : direction::unknown;
        return x.is_map() ? of_map(x) : direction::unknown;
    }

    constexpr direction of_index(index const& i) const {
        if (i.jumps()) return direction::unknown;
        auto const of = [this](strand const& s) {
            if (s.axis != axis || s.step == 0) return direction::level;
            return s.step > 0 ? direction::rises : direction::falls;
        };
        return together(of(i), of(i.second));
    }

    constexpr direction of_map(vertex const& x) const {
        auto const a = of_node[x.arg[0]], b = x.arity > 1 ? of_node[x.arg[1]] : direction::level;
        switch (x.op) {
            case op::neg: case op::logical_not: return opposite(a);
            case op::cast: return x.type == dtype::boolean ? direction::unknown : a;
            case op::add: case op::min: case op::max: case op::logical_and: case op::logical_or: return together(a, b);
            case op::sub: case op::greater: case op::greater_equal: return together(a, opposite(b));
            case op::less: case op::less_equal: return together(opposite(a), b);
            default: return info(x.op).goes == course::rises ? a : info(x.op).goes == course::falls ? opposite(a) : direction::unknown;
        }
    }
};

}  // namespace sinter::ir
