// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/capture/shape.hpp>
#include <sinter/inspect/infix.hpp>

/// A formula as it was written: `softmax(A*transpose(B)/a)*C`.
namespace sinter::ir {

template <class Out>
struct formula_writer {
    Out& out;
    program_ref p;
    infix<Out> leaves;

    constexpr void term(int t, int precedence = 0) const {
        auto const& x = p.terms[t];
        bool const brackets = level(x) < precedence;
        if (brackets) out << '(';
        body(x);
        if (brackets) out << ')';
    }

  private:
    static constexpr int level(ir::term const& x) {
        if (x.what == form::matmul) return is_plain(x) ? 3 : 4;
        return x.what == form::map ? infix<Out>::level(x.op) : 4;
    }

    constexpr void arguments(ir::term const& x) const {
        for (int a = 0; a < x.arity; ++a) {
            out << (a == 0 ? "(" : ", ");
            term(x.arg[a]);
        }
    }
    constexpr void call(std::string_view name, ir::term const& x) const {
        out << name;
        arguments(x);
        out << ')';
    }
    constexpr void binary(std::string_view symbol, ir::term const& x, int level) const {
        term(x.arg[0], level);
        out << symbol;
        term(x.arg[1], level + 1);
    }

    constexpr void body(ir::term const& x) const {
        switch (x.what) {
            case form::operand: return leaves.operand(x.slot);
            case form::coordinate: out << "coord<" << int{x.order[0]} << '>'; return;
            case form::map: return map(x);
            case form::matmul: return is_plain(x) ? binary("*", x, 3) : product(x);
            case form::einsum: out << "einsum<\"" << x.text << '"'; return call(">", x);
            case form::permute: return permuted(x);
            case form::slice: return call("slice", x);
            case form::reduce: case form::softmax: case form::log_softmax: return over_axes(x);
            case form::function: return call(ir::name(x.function), x);
            default: return call(detail::describe(x), x);
        }
    }

    constexpr void map(ir::term const& x) const {
        bool const elementwise = x.op == op::mul && p.terms[x.arg[0]].rank > 0 && p.terms[x.arg[1]].rank > 0;
        auto const symbol = elementwise ? std::string_view(" % ") : infix<Out>::symbol(x.op);
        if (!symbol.empty()) return binary(symbol, x, infix<Out>::level(x.op));
        if (x.op == op::neg) {
            out << '-';
            return term(x.arg[0], 4);
        }
        if (x.op == op::user) {
            leaves.operand(x.slot);
            arguments(x);
            out << ')';
            return;
        }
        call(ir::name(x.op), x);
    }

    static constexpr bool is_plain(ir::term const& x) { return x.op == op::mul && x.reduction == reduction::sum; }

    /// A product over another semiring, which is named by what it adds and multiplies with, where that has a name.
    constexpr void product(ir::term const& x) const {
        out << "product<";
        if (x.reduction == reduction::user || x.op == op::user) out << 'S';
        else out << ir::name(x.reduction) << ", " << ir::name(x.op);
        call(">", x);
    }

    constexpr void permuted(ir::term const& x) const {
        int const r = x.rank;
        bool last_two = r >= 2 && x.order[r - 1] == r - 2 && x.order[r - 2] == r - 1;
        for (int d = 0; d < r - 2; ++d) last_two = last_two && x.order[d] == d;
        if (last_two) return call("transpose", x);
        out << "permute<";
        for (int d = 0; d < r; ++d) out << (d > 0 ? "," : "") << int{x.order[d]};
        call(">", x);
    }

    constexpr void over_axes(ir::term const& x) const {
        auto const& a = p.terms[x.arg[0]];
        bool const all = x.axes == (1u << a.rank) - 1 && x.what == form::reduce;
        bool const last = x.axes == 1u << (a.rank - 1) && x.what != form::reduce;
        out << (x.what == form::reduce ? ir::name(x.reduction) : detail::describe(x));
        arguments(x);
        for (int d = 0, n = 0; d < a.rank && !all && !last; ++d)
            if (x.axes >> d & 1) out << (n++ == 0 ? ", axis<" : ",") << d;
        if (!all && !last) out << '>';
        if (x.keep) out << ", keep";
        out << ')';
    }
};

}  // namespace sinter::ir
