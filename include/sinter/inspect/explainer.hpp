// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/inspect/cost.hpp>
#include <sinter/inspect/formula_text.hpp>
#include <sinter/inspect/labels.hpp>
#include <sinter/inspect/mask_text.hpp>

#include <memory>
#include <string>

namespace sinter::ir {

/// The text of `explain`. Compiled once, whatever the formula.
class explanation {
  public:
    int lanes = 1, temporaries = 0;
    bool mixed_tiles = false;       ///< tiles of that many lanes, and shorter ones
    cost total{};
    bool workspace_is_static = false;
    bool const* stored = nullptr;   ///< the operands that `materialize` makes

    explanation(program_ref const& program, std::string_view const* names, int names_size)
        : p(program), called(program), write{out, program, called.of.get(), names, names_size} {}

    std::string text() {
        for (int i = 0; i < p.results; ++i) {
            if (!p.makes(i)) continue;
            formula_writer<prose>{out, p, write}.term(p.result_term[i]);
            out << '\n';
        }
        operands();
        axes_line();
        out << "\nWhat is computed\n";
        nodes();
        if (p.whole_intermediate >= 0) refusal();
        else {
            out << "\nHow\n";
            steps(0, 1);
            summary();
        }
        return static_cast<std::string&&>(out.text);
    }

  private:
    program_ref p;
    labels called;
    prose out{};
    infix<prose> write;
    int pass = 0;
    std::uint64_t finished = 0;   ///< reductions that earlier sweeps have computed

    // ---- the formula ----------------------------------------------------------------------------------------------

    void operands() {
        for (int t = 0; t < p.terms_size; ++t) {
            auto const& x = p.terms[t];
            if (x.what != form::operand) continue;
            out << "  ";
            write.operand(x.slot);
            out << ": " << type_name(x.type);
            for (int d = 0; d < x.rank; ++d) out << (d > 0 ? ", " : " (") << p.extents[x.extent[d]];
            if (x.rank > 0) out << ')';
            if (stored && stored[x.slot]) out << ", stored first, for materialize(...)";
            out << '\n';
        }
    }

    void axes_line() {
        axes used = 0;
        for (int i = 0; i < p.size; ++i)
            if (called.live[static_cast<std::size_t>(i)])
                used |= p.nodes[i].axes | (p.nodes[i].is_reduce() ? bit(p.nodes[i].axis) : 0u);
        bool first = true;
        for (int a = 0; a < p.axes_size; ++a) {
            if (!has(used, a)) continue;
            out << (first ? "  axes: " : ", ");
            first = false;
            write.axis(a);
            out << " < " << p.extent_of(a) << (p.axis[a].value == dyn ? "" : " (static)");
        }
        if (!first) out << '\n';
    }

    void nodes() {
        for (int i = 0; i < p.size; ++i) {
            auto const n = static_cast<std::size_t>(i);
            if (!called.live[n] || !called.of[n].letter) continue;
            out << "  ";
            write.name(i);
            out << " = ";
            write.definition(i);
            out << '\n';
        }
        for (int i = 0; i < p.results; ++i) {
            if (!p.makes(i)) continue;
            out << "  ";
            result(i);
            out << " = ";
            write.node(p.result[i].root);
            out << '\n';
        }
    }

    void result(int i) {
        auto const& r = p.result[i];
        out << "result";
        if (p.results > 1) out << i + 1;
        for (int d = 0; d < r.rank; ++d) {
            out << (d == 0 ? '[' : ',');
            if (r.out[d] >= 0) write.axis(r.out[d]);
            else out << '0';
        }
        if (r.rank > 0) out << ']';
    }

    void refusal() {
        out << "\nThis cannot be evaluated: all of ";
        write.name(p.whole_intermediate);
        out << " would have to be kept. Write materialize(...) around it.\n";
    }

    // ---- the loops ------------------------------------------------------------------------------------------------

    void indent(int depth) {
        for (int i = 0; i < depth; ++i) out << "  ";
    }

    void steps(int l, int depth) {
        for (int s = 0; s < p.steps; ++s) {
            auto const& x = p.step[s];
            if (x.home != l) continue;
            if (x.what == step::action::run) {
                enter(x.target, depth);
                steps(x.target, depth + 1);
                finished |= p.loop[x.target].running;
                continue;
            }
            indent(depth);
            if (x.what == step::action::compute) compute(x);
            else if (x.what == step::action::accumulate) accumulate(x);
            else store(x);
            out << '\n';
        }
    }

    bool is_pass(int l) const {
        if (!p.loop[l].reduces) return false;
        for (int o = p.loop[l].parent; o > 0; o = p.loop[o].parent)
            if (p.loop[o].reduces) return false;
        return true;
    }

    void enter(int l, int depth) {
        auto const& x = p.loop[l];
        bool const sweep = is_pass(l);
        if (sweep) barriers(l, depth);
        indent(depth);
        heading(x);
        if (sweep && p.passes == 1) out << "  // the only pass";
        else if (sweep) out << "  // pass " << ++pass << " of " << p.passes;
        out << '\n';
        explain_masks(out, write, p, x, depth + 1);
    }

    void heading(ir::loop const& x) {
        switch (x.how) {
            case loop::style::each: out << (x.axis < 0 ? "once:" : "for each "); break;
            case loop::style::block: out << (x.carries ? "for further " : p.is_bounded(x) ? "for the block of " : "for blocks of " + (x.about > 0 ? "about " + std::to_string(x.about) : std::to_string(x.length)) + ' '); break;
            case loop::style::strip: out << "for strips of " << x.length << ' '; break;
            case loop::style::whole: out << "for all "; break;
            case loop::style::lanes: out << (x.keeps_row ? "for all " : "for tiles of " + ((mixed_tiles ? "up to " : "") + std::to_string(lanes)) + ' '); break;
            case loop::style::root: break;
        }
        if (x.axis >= 0) write.axis(x.axis);
        if (x.how == loop::style::lanes)
            out << (x.reduces ? ", in SIMD lanes that are merged at the end" : x.keeps_row ? ", in SIMD lanes of their own" : ", one SIMD lane for each");
        else if (x.how == loop::style::whole) out << ", results in registers";
    }

    /// Why this sweep cannot run together with an earlier one over its axis.
    void barriers(int l, int depth) {
        for (int s = 0; s < p.steps; ++s) {
            auto const& x = p.step[s];
            if (x.what != step::action::accumulate || x.home != l) continue;
            int const body = x.body;
            std::uint64_t const awaited = p.made_of[body] & earlier_over(p.loop[l].axis);
            if (!awaited) continue;
            indent(depth);
            out << "// again over ";
            write.axis(p.loop[l].axis);
            out << ": ";
            write.name(x.target);
            out << " needs the final ";
            list(awaited);
            int const by = inseparable(body, awaited);
            if (by >= 0) {
                out << "; ";
                write.definition(by);
                out << " does not separate";
            } else if (p.loop[l].how == loop::style::block) {
                out << "; no factor with it can be taken out of the sum";
            }
            out << '\n';
        }
    }

    std::uint64_t earlier_over(int axis) const {
        std::uint64_t found = 0;
        for (int i = 0; i < p.size; ++i)
            if (p.nodes[i].is_reduce() && p.nodes[i].axis == axis) found |= p.reduction[i] & finished;
        return found;
    }

    void list(std::uint64_t reductions) {
        bool first = true;
        for (int i = 0; i < p.size; ++i) {
            if (!(p.reduction[i] & reductions)) continue;
            if (!first) out << ", ";
            first = false;
            write.name(i);
        }
    }

    /// The operation through which neither a factor nor a summand can be taken out; −1 if there is none.
    int inseparable(int n, std::uint64_t awaited) const {
        std::unique_ptr<bool[]> const inside(new bool[static_cast<std::size_t>(n) + 1]());
        inside[static_cast<std::size_t>(n)] = true;
        for (int i = n; i >= 0; --i) {
            auto const& x = p.nodes[i];
            if (!inside[static_cast<std::size_t>(i)] || !(p.made_of[i] & awaited) || !x.is_map()) continue;
            if (!separates(x.op)) return i;
            for (int a = 0; a < x.arity; ++a) inside[static_cast<std::size_t>(x.arg[a])] = true;
        }
        return -1;
    }
    static constexpr bool separates(op o) {
        switch (o) {
            case op::exp: case op::exp2: case op::mul: case op::div: case op::neg: case op::abs: case op::sqrt:
            case op::rsqrt: case op::pow: case op::add: case op::sub: case op::select: case op::log:
            case op::finite_or_zero: case op::inverse_or_zero: return true;
            default: return false;
        }
    }

    void compute(ir::step const& x) {
        auto const& n = p.nodes[x.target];
        auto const& kept = p.buffer[x.buffer];
        int const lane = p.loop[kept.home].lane;
        if (n.is_map(op::finite_or_zero)) {
            out << "keep ";
            write.node(n.arg[0]);
            out << "  // 0 for a row that is masked throughout";
            return;
        }
        if (n.is_leaf()) {
            out << "keep ";
            write.node(x.target);
            int const last = lane < 0 && kept.rank > 0 ? kept.axis[kept.rank - 1] : lane;
            out << (last < 0 || n.lies_along(last) ? "  // packed: it is read again and again" : "  // transposed, so that ");
            if (last >= 0 && !n.lies_along(last)) out << (lane < 0 ? "what is summed is a row" : "lanes are neighbours");
            return;
        }
        if (n.is_reduce() || !called.of[static_cast<std::size_t>(x.target)].letter) out << "keep ";
        else write.name(x.target), out << " = ";
        n.is_reduce() ? write.name(x.target) : write.definition(x.target);
        if (called.of[static_cast<std::size_t>(x.target)].letter == 'r') out << "  // corrects what has been summed so far";
    }

    void accumulate(ir::step const& x) {
        auto const& n = p.nodes[x.target];
        if (n.combine == monoid::top_places) {
            write.name(n.arg[1]);
            out << ", ";
        }
        write.name(x.target);
        if (n.combine == monoid::sum && x.ratio < 0) out << " += ";
        else if (n.combine == monoid::product) out << " *= ";
        else {
            out << " = ";
            if (n.combine != monoid::sum) out << ir::name(n.combine) << '(';
            if (x.missing >= 0) out << '(';
            write.name(x.target);
            if (x.missing >= 0) {
                out << " + ";
                write.node(x.missing);
                out << ')';
            }
            if (x.ratio >= 0) {
                out << '*';
                write.node(x.ratio);
            }
            out << (n.combine == monoid::sum ? " + " : ", ");
        }
        write.node(x.body, n.combine == monoid::product ? 3 : 0);
        if (n.combine != monoid::sum && n.combine != monoid::product) out << ')';
        remark(x);
    }

    void remark(ir::step const& x) {
        auto const& n = p.nodes[x.target];
        for (int i = 0; i < 3 && x.inner[i] >= 0; ++i) {
            out << (i == 0 ? "  // over all " : ", ");
            write.axis(x.inner[i]);
        }
        std::uint64_t const together = p.made_of[x.body] & p.loop[x.home].running;
        if (finished & p.reduction[x.target]) out << "  // computed again";
        else if (x.missing >= 0) {
            out << "  // ";
            list(together);
            out << " may still change; the sum moves along";
        } else if (x.ratio >= 0) {
            out << "  // ";
            write.definition(separable(x.body, together));
            out << " separates, so ";
            list(together);
            out << " may still change";
        } else if (n.order_axis() >= 0) out << "  // the largest so far, in order";
        else if (n.combine == monoid::maximum || n.combine == monoid::argmax) out << "  // running maximum";
        else if (n.combine == monoid::minimum || n.combine == monoid::argmin) out << "  // running minimum";
    }

    /// The factor through which a summand depends on running values.
    int separable(int n, std::uint64_t together) const {
        auto const& x = p.nodes[n];
        if (!x.is_map(op::mul) && !x.is_map(op::div) && !x.is_map(op::neg)) return n;
        return separable(x.arg[p.made_of[x.arg[0]] & together ? 0 : 1], together);
    }

    void store(ir::step const& x) {
        auto const& r = p.result[x.result];
        result(x.result);
        out << " = ";
        write.node(x.target);
        int const lane = p.loop[x.home].lane, last = r.rank > 0 ? r.out[r.rank - 1] : -1;
        if (lane >= 0 && lane != last) out << "  // transposed back: lanes are rows of the result";
    }

    void summary() {
        out << '\n' << p.passes << (p.passes == 1 ? " pass, " : " passes, ");
        if (temporaries == 0) out << "no temporaries";
        else out << temporaries << (temporaries == 1 ? " temporary" : " temporaries") << ", evaluated first";
        out << ", workspace " << total.workspace << " bytes" << (workspace_is_static ? " (whatever the extents)" : "") << ", "
            << total.flops << " operations, " << total.bytes << " bytes of operands and result\n";
    }
};

}  // namespace sinter::ir
