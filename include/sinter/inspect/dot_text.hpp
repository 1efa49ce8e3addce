// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/inspect/formula_text.hpp>
#include <sinter/inspect/labels.hpp>

#include <memory>
#include <string>

/// The text of `to_dot`. Compiled once, whatever the formula.
namespace sinter::ir {

class drawing {
  public:
    drawing(program_ref const& program, std::string_view const* names, int names_size)
        : p(program), called(program), body(new int[static_cast<std::size_t>(program.size)]),
          write{out, program, nullptr, names, names_size} {
        find_bodies();
    }

    std::string text() {
        out << "digraph sinter {\n  rankdir=BT;\n  fontname=\"Helvetica\";\n"
               "  node [shape=box, style=\"rounded,filled\", fillcolor=white, fontname=\"Helvetica\", fontsize=11];\n"
               "  edge [color=\"#666666\", arrowsize=0.7];\n";
        formula_cluster();
        graph_cluster();
        out << "}\n";
        return static_cast<std::string&&>(out.text);
    }

  private:
    program_ref p;
    labels called;
    std::unique_ptr<int[]> body;
    prose out{};
    infix<prose> write;

    // ---- as written -----------------------------------------------------------------------------------------------

    void formula_cluster() {
        out << "  subgraph cluster_formula {\n    label=\"as written\";\n    color=\"#bbbbbb\";\n";
        for (int t = 0; t < p.terms_size; ++t) {
            out << "    t" << t << " [label=\"";
            term_label(p.terms[t]);
            out << '"' << (p.terms[t].what == form::operand ? ", shape=ellipse" : "") << "];\n";
            for (int a = 0; a < p.terms[t].arity; ++a) out << "    t" << p.terms[t].arg[a] << " -> t" << t << ";\n";
        }
        out << "  }\n";
    }

    void term_label(ir::term const& x) {
        switch (x.what) {
            case form::operand: write.operand(x.slot); break;
            case form::coordinate: out << "coord<" << int{x.order[0]} << '>'; break;
            case form::reduce: out << name(x.reduction); break;
            case form::map:
                if (x.op == op::user) write.operand(x.slot);
                else out << name(x.op);
                break;
            case form::matmul: out << "product"; break;
            default: out << detail::describe(x);
        }
        for (int d = 0; d < x.rank; ++d) out << (d == 0 ? "\\n(" : ", ") << p.extents[x.extent[d]];
        if (x.rank > 0) out << ')';
    }

    // ---- as evaluated ---------------------------------------------------------------------------------------------

    /// The sweep around a loop: reductions of one sweep have one colour.
    int sweep_of(int l) const {
        int sweep = 0;
        for (; l > 0; l = p.loop[l].parent)
            if (p.loop[l].reduces) sweep = l;
        return sweep;
    }

    /// The sweep in which a reduction runs first; 0 for none.
    int sweep_of_reduction(int n) const {
        for (int s = 0; s < p.steps; ++s)
            if (p.step[s].what == step::action::accumulate && p.step[s].target == n) return sweep_of(p.step[s].home);
        return 0;
    }

    /// Of each node the reduction in whose body it stands, the earliest; −1 for none, and of a reduction itself.
    void find_bodies() {
        auto const body_of = [&](int i) -> int& { return body[static_cast<std::size_t>(i)]; };
        for (int i = 0; i < p.size; ++i) body_of(i) = -1;
        for (int i = p.size - 1; i >= 0; --i) {
            auto const& x = p.nodes[i];
            if (!called.live[static_cast<std::size_t>(i)]) continue;
            int const r = x.is_reduce() ? i : body_of(i);
            if (x.is_reduce()) body_of(i) = i;
            for (int a = 0; r >= 0 && a < x.arity; ++a)
                if (has(p.nodes[x.arg[a]].axes, p.nodes[r].axis)) body_of(x.arg[a]) = r;
        }
    }

    int sweep_of_node(int n) const {
        int const r = body[static_cast<std::size_t>(n)];
        return r < 0 ? 0 : sweep_of_reduction(r);
    }

    std::string_view colour(int sweep) {
        constexpr std::string_view colours[] = {"#f2f2f2", "#cfe8ff", "#ffe2b8", "#d6f5d0", "#f6d1e4", "#e3d7f7"};
        int number = sweep > 0 ? 1 : 0;
        for (int l = 1; l < sweep; ++l) number += p.loop[l].reduces && sweep_of(l) == l;
        return colours[number == 0 ? 0 : 1 + (number - 1) % 5];
    }

    bool drawn(int i) const {
        auto const& x = p.nodes[i];
        return called.live[static_cast<std::size_t>(i)] && !(x.is_leaf() && x.from == source::constant);
    }

    void graph_cluster() {
        out << "  subgraph cluster_graph {\n    label=\"as evaluated: " << p.passes << (p.passes == 1 ? " pass" : " passes")
            << ", one colour for each\";\n    color=\"#bbbbbb\";\n";
        for (int i = 0; i < p.size; ++i) {
            if (!drawn(i)) continue;
            auto const& x = p.nodes[i];
            out << "    n" << i << " [label=\"";
            node_label(i);
            out << "\", fillcolor=\"" << colour(sweep_of_node(i)) << '"';
            if (x.is_leaf()) out << ", shape=ellipse";
            if (x.is_reduce()) out << ", shape=invtrapezium, style=filled";
            out << "];\n";
            for (int a = 0; a < x.arity; ++a)
                if (drawn(x.arg[a])) out << "    n" << x.arg[a] << " -> n" << i << ";\n";
        }
        for (int i = 0; i < p.results; ++i) {
            if (!p.makes(i)) continue;
            out << "    result";
            if (p.results > 1) out << i + 1;
            out << " [shape=ellipse, fillcolor=white];\n    n" << p.result[i].root << " -> result";
            if (p.results > 1) out << i + 1;
            out << ";\n";
        }
        out << "  }\n";
    }

    void node_label(int i) {
        auto const& x = p.nodes[i];
        if (x.is_leaf()) return write.leaf(x);
        if (x.is_reduce()) {
            out << name(x.combine) << " over ";
            write.axis(x.axis);
        } else if (x.op == op::user) write.operand(x.slot);
        else {
            auto const symbol = infix<prose>::symbol(x.op);
            out << (symbol.empty() ? name(x.op) : symbol);
            constants(x);
        }
        out << "\\n";
        write.indices(x.axes);
    }

    /// Constants stand in the node that uses them.
    void constants(vertex const& x) {
        for (int a = 0; a < x.arity; ++a) {
            if (drawn(x.arg[a])) continue;
            out << (a == 0 ? " (first: " : " (");
            write.node(x.arg[a]);
            out << ')';
        }
    }
};

}  // namespace sinter::ir
