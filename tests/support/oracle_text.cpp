// SPDX-License-Identifier: BSL-1.0
#include "oracle.hpp"

#include <sinter/capture/shape.hpp>
#include <sinter/inspect/formula_text.hpp>

#include <sstream>

namespace sinter::oracle {

namespace {

void print(std::ostream& s, ir::term const& t) {
    if (t.what == ir::form::reduce) s << ir::name(t.reduction);
    else if (t.what == ir::form::coordinate) s << "coordinate";
    else s << ir::detail::describe(t);
    if (t.slot >= 0) s << " #" << t.slot;
    s << '(';
    for (int i = 0; i < t.arity; ++i) s << (i ? ", t" : "t") << t.arg[i];
    s << ')';
    if (t.axes) s << " axes " << int(t.axes);
    if (t.what == ir::form::coordinate || t.what == ir::form::expand) s << ' ' << int(t.order[0]);
}

void print(std::ostream& s, operand_value const& o) {
    if (o.call) s << "a function";
    else if (o.combine) s << "a monoid";
    else if (!o.list.empty()) s << "extents";
    else if (o.value.shape.empty()) s << o.value.data.at(0);
    s << '[';
    for (std::size_t i = 0; i < o.value.shape.size(); ++i) s << (i ? "," : "") << o.value.shape[i];
    s << ']';
}

}  // namespace

std::string text(program const& p) {
    std::ostringstream s;
    for (std::size_t i = 0; i < p.operands.size(); ++i) {
        s << "  #" << i << " = ";
        print(s, p.operands[i]);
        s << '\n';
    }
    for (std::size_t i = 0; i < p.terms.size(); ++i) {
        s << "  t" << i << " = ";
        print(s, p.terms[i]);
        s << '\n';
    }
    return s.str();
}

}  // namespace sinter::oracle
