// SPDX-License-Identifier: BSL-1.0
// Operators by name, and graphs of operators.
#include "operators.hpp"

#include <algorithm>

namespace conformance {

operators::operators() {
    add_activations(*this);
    add_elementwise(*this);
    add_arithmetic(*this);
    add_choices(*this);
    add_casts(*this);
    add_reductions(*this);
    add_order(*this);
    add_products(*this);
    add_norms(*this);
    add_losses(*this);
    add_shapes(*this);
    add_parts(*this);
    add_gathers(*this);
    add_convolutions(*this);
    add_attention(*this);
    add_positions(*this);
    add_linear_attention(*this);
}

namespace {

/// The element type of a result that was computed in float: that of the operand it is made from.
dtype type_of_result(call const& c, std::size_t slot) {
    if (c.op == "LayerNormalization" && slot > 0) return dtype::f32;            // its statistics are not rounded
    std::size_t first = c.op == "BatchNormalization" && slot > 0 ? 3 : c.op == "RMSNormalization" ? 1 : 0;
    while (c.given(first) && c.in(first).type < dtype::f16) ++first;            // masks, indices
    return c.given(first) ? c.in(first).type : dtype::f32;
}

/// The call with operands of 16 bits widened, which is exact.
call widened(call c) {
    for (auto& x : c.inputs)
        if (x && is_narrow(x->type)) x = converted(*x, dtype::f32);
    return c;
}

}  // namespace

results operators::run(call const& c) const {
    auto const found = all_.find(c.op);
    if (found == all_.end()) throw not_applicable("operator " + c.op + " has no formula here");
    auto const& f = found->second.f;
    auto const& narrow = found->second.narrow;
    auto const fits = [&narrow](std::optional<array> const& x) {
        return !x || !is_narrow(x->type) || std::find(narrow.begin(), narrow.end(), x->type) != narrow.end();
    };
    if (std::all_of(c.inputs.begin(), c.inputs.end(), fits)) return f(c);
    results out = f(widened(c));
    for (std::size_t i = 0; i < out.size(); ++i)
        if (out[i] && out[i]->type == dtype::f32) out[i] = converted(*out[i], type_of_result(c, i));
    return out;
}

namespace {

using values = std::map<std::string, array>;

array const& value_of(values const& known, std::string const& name) {
    auto const found = known.find(name);
    return found != known.end() ? found->second : throw bad_case("graph: there is no value '" + name + "'");
}

void evaluate_node(node const& n, values& known, int opset, operators const& all) {
    call c{n.op, opset, n.attributes, {}, std::vector<bool>(n.outputs.size(), true)};
    for (auto const& name : n.inputs)
        c.inputs.push_back(name.empty() ? std::nullopt : std::optional(value_of(known, name)));
    auto const made = all.run(c);
    for (std::size_t i = 0; i < n.outputs.size(); ++i)
        if (!n.outputs[i].empty()) known[n.outputs[i]] = made.at(i).value();
}

// ---- derivatives -------------------------------------------------------------------------------------------------------

array apply(operators const& all, std::string const& op, std::vector<array> const& x, attributes_t attributes = {}) {
    call c{op, 18, std::move(attributes), {}, {true}};
    for (auto const& a : x) c.inputs.emplace_back(a);
    return all.run(c).at(0).value();
}

/// A derivative by something that was broadcast: the sum over the axes that it repeats along.
array summed_to(array const& g, shape_t const& shape, operators const& all) {
    std::vector<std::int64_t> axes;
    std::size_t const more = g.rank() - shape.size();
    for (std::size_t i = 0; i < g.rank(); ++i)
        if (i < more || (shape[i - more] == 1 && g.shape[i] != 1)) axes.push_back(static_cast<std::int64_t>(i));
    if (axes.empty()) return g;
    return reshaped(apply(all, "ReduceSum", {g, array_of({axes.size()}, axes)}), shape);
}

/// What the derivative by a node's result says about those by its inputs.
std::vector<array> inputs_derivatives(node const& n, array const& g, values const& known, operators const& all) {
    auto const x = [&](std::size_t i) { return value_of(known, n.inputs.at(i)); };
    auto const op = [&](char const* name, std::vector<array> const& a) { return apply(all, name, a); };
    if (n.op == "Identity") return {g};
    if (n.op == "Neg") return {op("Neg", {g})};
    if (n.op == "Exp") return {op("Mul", {g, op("Exp", {x(0)})})};
    if (n.op == "Log") return {op("Div", {g, x(0)})};
    if (n.op == "Add") return {g, g};
    if (n.op == "Sub") return {g, op("Neg", {g})};
    if (n.op == "Mul") return {op("Mul", {g, x(1)}), op("Mul", {g, x(0)})};
    if (n.op == "Div") return {op("Div", {g, x(1)}), op("Neg", {op("Div", {op("Mul", {g, x(0)}), op("Mul", {x(1), x(1)})})})};
    throw not_applicable("the derivative of " + n.op + " has no formula here");
}

/// Backward through the nodes before the last: the last node's results, dy/dx for each x that it names.
void differentiate(std::vector<node> const& nodes, values& known, operators const& all) {
    node const& last = nodes.back();
    std::string const y = last.attributes.at("y").strings.at(0);
    values by{{y, apply(all, "Exp", {apply(all, "Sub", {value_of(known, y), value_of(known, y)})})}};     // ones
    for (std::size_t i = nodes.size() - 1; i-- > 0;) {
        auto const seed = by.find(nodes[i].outputs.at(0));
        if (seed == by.end()) continue;
        auto const parts = inputs_derivatives(nodes[i], seed->second, known, all);
        for (std::size_t k = 0; k < parts.size(); ++k) {
            auto const& name = nodes[i].inputs[k];
            array part = summed_to(parts[k], value_of(known, name).shape, all);
            auto const before = by.find(name);
            by[name] = before == by.end() ? part : apply(all, "Add", {before->second, part});
        }
    }
    auto const& xs = last.attributes.at("xs").strings;
    for (std::size_t i = 0; i < xs.size(); ++i) {
        if (!by.contains(xs[i])) throw not_applicable("the derivative by what " + y + " does not depend on");
        known[last.outputs.at(i)] = by[xs[i]];
    }
}

}  // namespace

results run(test_case const& c, operators const& all) {
    if (!c.graph) return all.run(c.what);
    values known;
    for (std::size_t i = 0; i < c.input_names.size(); ++i) known[c.input_names[i]] = c.what.in(i);
    auto const& nodes = c.graph->nodes;
    for (auto const& n : nodes)
        if (n.op == "Gradient") differentiate(nodes, known, all);
        else evaluate_node(n, known, c.what.opset, all);
    results out;
    for (auto const& wanted : c.outputs) out.emplace_back(value_of(known, wanted.name));
    return out;
}

std::vector<array> run(sub_graph const& g, std::vector<array> const& inputs, int opset, operators const& all) {
    values known(g.constants.begin(), g.constants.end());
    for (std::size_t i = 0; i < g.inputs.size(); ++i) known[g.inputs[i]] = inputs.at(i);
    for (auto const& n : g.nodes) evaluate_node(n, known, opset, all);
    std::vector<array> out;
    for (auto const& name : g.outputs) out.push_back(value_of(known, name));
    return out;
}

}  // namespace conformance
