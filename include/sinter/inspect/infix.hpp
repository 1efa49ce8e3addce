// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/inspect/ir_ref.hpp>

#include <string_view>

/// Nodes of a graph as people write them: `exp(S[i,j] - m[i])`.
namespace sinter::ir {

/// What a node is called instead of being written out: a letter and a number; 0: it is written out.
struct label {
    char letter = 0;
    std::int16_t number = 0;
};

constexpr std::string_view type_name(dtype t) {
    constexpr std::string_view names[] = {"bool", "int8", "uint8", "int16", "uint16", "int32", "uint32", "int64",
                                          "uint64", "half", "bfloat16", "float", "double", "own", "none"};
    return names[static_cast<int>(t)];
}

template <class Out>
constexpr void write_number(Out& out, double v) {
    if (v != v) return void(out << "nan");
    if (v < 0) out << '-', v = -v;
    if (v > 1.7e308) return void(out << "inf");
    int exponent = 0;
    bool const scientific = v != 0 && (v >= 1e6 || v < 1e-3);
    while (scientific && v >= 10) v /= 10, ++exponent;
    while (scientific && v < 1) v *= 10, --exponent;
    auto whole = static_cast<unsigned long long>(v);
    auto rest = static_cast<unsigned>((v - static_cast<double>(whole)) * 1e6 + 0.5);
    if (rest >= 1000000) ++whole, rest = 0;
    out << whole;
    if (rest > 0) {
        out << '.';
        for (unsigned unit = 100000; rest > 0; rest %= unit, unit /= 10) out << static_cast<char>('0' + rest / unit);
    }
    if (scientific) out << 'e' << exponent;
}

/// Writes axes, operands and nodes of one program.
template <class Out>
struct infix {
    Out& out;
    program_ref p;
    label const* labels = nullptr;                 ///< of the nodes; null: everything is written out
    std::string_view const* names = nullptr;       ///< of the tensors, in the order of the operands
    int names_size = 0;

    static constexpr std::string_view axis_letters = "ijklpqxyzefgh";

    constexpr void axis(int a) const {
        int const n = static_cast<int>(axis_letters.size());
        out << axis_letters[static_cast<std::size_t>(a % n)];
        if (a >= n) out << a / n;
    }
    constexpr void axes_list(axes set) const {
        bool first = true;
        for (int a = 0; a < p.axes_size; ++a) {
            if (!has(set, a)) continue;
            if (!first) out << ',';
            first = false;
            axis(a);
        }
    }
    /// `[i,j]`, nothing for a scalar.
    constexpr void indices(axes set) const {
        if (!set) return;
        out << '[';
        axes_list(set);
        out << ']';
    }

    constexpr void operand(int slot) const {
        auto const& o = p.operand[slot];
        int number = 0;
        for (int s = 0; s < slot; ++s)
            number += (p.operand[s].rank > 0) == (o.rank > 0) && (p.operand[s].type == dtype::none) == (o.type == dtype::none);
        if (o.type == dtype::none) out << 'f', number += 1;
        else if (o.rank > 0 && number < names_size) return void(out << names[number]);
        else {
            auto const letters = o.rank > 0 ? tensor_letters : number_letters;
            int const n = static_cast<int>(letters.size());
            out << letters[static_cast<std::size_t>(number % n)];
            number /= n;
        }
        if (number > 0) out << number;
    }

    constexpr std::size_t extent(int id) const { return p.extents ? p.extents[id] : p.formula_extents[id].known(); }

    constexpr void strand(ir::strand const& s, bool first) const {
        if (s.step < 0) out << '-';
        else if (!first) out << '+';
        if (s.step != 1 && s.step != -1) out << (s.step < 0 ? -s.step : s.step);
        if (s.by >= 0 && extent(s.by) == dyn) out << "?*";
        else if (s.by >= 0 && extent(s.by) != 1) out << extent(s.by) << '*';
        axis(s.axis);
        if (s.per >= 0) out << '/';
        if (s.per >= 0 && extent(s.per) == dyn) out << '?';
        else if (s.per >= 0) out << extent(s.per);
    }

    constexpr void index(ir::index const& i) const {
        bool const written = i.axis >= 0 || i.via >= 0;
        if (i.over >= 0) out << '(';
        if (i.via >= 0) looked_up(i);
        if (i.axis >= 0) strand(i, i.via < 0);
        if (i.second.axis >= 0) strand(i.second, false);
        std::ptrdiff_t start = 0;
        bool unknown = false;
        for (int s = 0; s < i.starts_used(); ++s) {
            std::size_t const v = extent(i.start[s]);
            unknown = unknown || v == dyn;
            start += static_cast<std::ptrdiff_t>(v) * i.scale[s];
        }
        if (unknown) out << (written ? "+?" : "?");
        else if (!written || start < 0) out << start;
        else if (start > 0) out << '+' << start;
        if (i.over >= 0) out << ")/";
        if (i.over >= 0 && extent(i.over) == dyn) out << '?';
        else if (i.over >= 0) out << extent(i.over);
    }

    constexpr void looked_up(ir::index const& i) const {
        if (i.via_step != 1) out << i.via_step << '*';
        leaf(p.nodes[p.lookup[i.via].node]);
    }

    constexpr void leaf(vertex const& x) const {
        switch (x.from) {
            case source::operand:
                operand(x.slot);
                for (int d = 0; d < x.rank; ++d) {
                    out << (d == 0 ? '[' : ',');
                    index(x.at[d]);
                }
                if (x.rank > 0) out << ']';
                return;
            case source::coordinate: return index(x.at[0]);
            case source::constant: return write_number(out, x.value);
            case source::extent:
                if (p.extents) out << p.extents[x.slot];
                else out << "extent";
                return;
            case source::previous: return former(x.arg[0]);
        }
    }
    constexpr void former(int n) const {
        if (labels && labels[n].letter) return name(n, "_old");
        out << "previous(";
        node(n);
        out << ')';
    }

    /// `S2_old[i]`
    constexpr void name(int n, std::string_view suffix = {}) const {
        out << labels[n].letter;
        if (labels[n].number > 0) out << labels[n].number;
        out << suffix;
        indices(p.nodes[n].axes);
    }

    /// A node where an operation of the given precedence needs it: 1 comparison, 2 sum, 3 product, 4 anything.
    constexpr void node(int n, int precedence = 0) const {
        if (labels && labels[n].letter) name(n);
        else definition(n, precedence);
    }

    constexpr void definition(int n, int precedence = 0) const {
        auto const& x = p.nodes[n];
        if (x.is_leaf()) return leaf(x);
        if (is_guard(x)) return node(x.arg[0], precedence);
        bool const brackets = x.is_reduce() ? precedence > 0 : level(x.op) < precedence;
        if (brackets) out << '(';
        if (x.is_reduce()) reduction(x);
        else map(x);
        if (brackets) out << ')';
    }

    constexpr void reduction(vertex const& x) const {
        out << ir::name(x.combine) << " over ";
        axis(x.axis);
        out << " of ";
        node(x.arg[0], 2);
    }

    static constexpr std::string_view symbol(op o) {
        switch (o) {
            case op::add: return " + ";
            case op::sub: return " - ";
            case op::mul: return "*";
            case op::div: return "/";
            case op::less: return " < ";
            case op::less_equal: return " <= ";
            case op::greater: return " > ";
            case op::greater_equal: return " >= ";
            case op::equal: return " == ";
            case op::not_equal: return " != ";
            case op::logical_and: return " && ";
            case op::logical_or: return " || ";
            default: return {};
        }
    }
    static constexpr int level(op o) {
        switch (o) {
            case op::add: case op::sub: case op::neg: return 2;
            case op::mul: case op::div: case op::inverse_or_zero: return 3;
            default: return symbol(o).empty() ? 4 : 1;   // functions have brackets of their own
        }
    }

    /// What keeps ∞ and 0 apart is no part of the formula.
    static constexpr bool is_guard(vertex const& x) { return x.is_map(op::bounded) || x.is_map(op::finite_or_zero) || x.is_map(op::afresh); }

    /// d where node n is 1/d and is written out; else −1.
    constexpr int divisor(int n) const {
        auto const& x = p.nodes[n];
        if (labels && labels[n].letter) return -1;
        if (x.is_map(op::inverse_or_zero)) return x.arg[0];
        return x.is_map(op::div) && p.nodes[x.arg[0]].is_constant(1) ? x.arg[1] : -1;
    }

    constexpr void negated(int n) const {
        auto const& x = p.nodes[n];
        if (x.is_map(op::sub) && !(labels && labels[n].letter)) {
            node(x.arg[1], 2);
            out << " - ";
            return node(x.arg[0], 3);
        }
        out << '-';
        node(n, 4);
    }

    constexpr void map(vertex const& x) const {
        auto const s = symbol(x.op);
        if (x.op == op::neg) return negated(x.arg[0]);
        if (x.op == op::inverse_or_zero) {
            out << "1/";
            return node(x.arg[0], 4);
        }
        if (x.op == op::mul && divisor(x.arg[1]) >= 0) {
            node(x.arg[0], 3);
            out << '/';
            return node(divisor(x.arg[1]), 4);
        }
        if (!s.empty()) {
            bool const commutes = x.op == op::add || x.op == op::mul;
            node(x.arg[0], level(x.op));
            out << s;
            return node(x.arg[1], level(x.op) + (commutes ? 0 : 1));
        }
        if (x.op == op::user) operand(x.slot);
        else if (x.op == op::cast) out << type_name(x.type);
        else if (x.op == op::logical_not) out << "not";
        else out << ir::name(x.op);
        for (int a = 0; a < x.arity; ++a) {
            out << (a == 0 ? "(" : ", ");
            node(x.arg[a]);
        }
        out << ')';
    }
};

}  // namespace sinter::ir
