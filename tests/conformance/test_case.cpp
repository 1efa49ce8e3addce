// SPDX-License-Identifier: BSL-1.0
#include "test_case.hpp"

#include "npy.hpp"

#include <nlohmann/json.hpp>

#include <fstream>
#include <limits>

namespace conformance {

attribute const& call::get(std::string const& name) const {
    auto const found = attributes.find(name);
    if (found == attributes.end()) throw bad_case(op + ": there is no attribute '" + name + "'");
    return found->second;
}

std::int64_t call::integer(std::string const& name) const {
    auto const& a = get(name);
    return a.ints.size() == 1 ? a.ints[0] : throw bad_case(op + ": attribute '" + name + "' is no int");
}

double call::real(std::string const& name) const {
    auto const& a = get(name);
    return a.floats.size() == 1 ? a.floats[0] : throw bad_case(op + ": attribute '" + name + "' is no float");
}

std::string const& call::string(std::string const& name) const {
    auto const& a = get(name);
    return a.strings.size() == 1 ? a.strings[0] : throw bad_case(op + ": attribute '" + name + "' is no string");
}

std::vector<std::int64_t> const* call::integers(std::string const& name) const {
    auto const found = attributes.find(name);
    return found == attributes.end() ? nullptr : &found->second.ints;
}

array const& call::in(std::size_t slot) const {
    if (!given(slot)) throw bad_case(op + ": input " + std::to_string(slot) + " is missing");
    return *inputs[slot];
}

namespace {

using nlohmann::json;

dtype dtype_named(std::string const& name) {
    for (std::size_t i = 0; i < dtype_table.size(); ++i)
        if (dtype_table[i].name == name) return static_cast<dtype>(i);
    throw not_applicable("element type " + name);
}

/// A number, or the text of an infinity.
double number(json const& j) {
    if (!j.is_string()) return j.get<double>();
    double const inf = std::numeric_limits<double>::infinity();
    auto const s = j.get<std::string>();
    if (s == "inf") return inf;
    if (s == "-inf") return -inf;
    if (s == "nan") return std::numeric_limits<double>::quiet_NaN();
    throw bad_case("'" + s + "' is no number");
}

array constant(json const& j) {
    array a(dtype_named(j.at("dtype")), j.at("shape").get<shape_t>());
    auto const& values = j.at("values");
    auto const put = [&]<class T>(T) {
        for (std::size_t i = 0; i < a.size(); ++i) {
            if constexpr (std::is_integral_v<T>) a.data<T>()[i] = values.at(i).get<T>();
            else a.data<T>()[i] = static_cast<T>(number(values.at(i)));
        }
    };
    switch (a.type) {
        case dtype::boolean: put(false); break;
        case dtype::i32: put(std::int32_t()); break;
        case dtype::i64: put(std::int64_t()); break;
        case dtype::f16: put(sinter::half()); break;
        case dtype::bf16: put(sinter::bfloat16()); break;
        case dtype::f32: put(0.0f); break;
        case dtype::f64: put(0.0); break;
        default: throw not_applicable("a constant of type " + std::string(info(a.type).name));
    }
    return a;
}

std::shared_ptr<sub_graph const> graph(json const& j);

attribute value(json const& j) {
    std::string const type = j.at("type");
    auto const& v = j.at("value");
    attribute a;
    if (type == "int") a.ints = {v.get<std::int64_t>()};
    else if (type == "ints") a.ints = v.get<std::vector<std::int64_t>>();
    else if (type == "float") a.floats = {number(v)};
    else if (type == "floats") for (auto const& x : v) a.floats.push_back(number(x));
    else if (type == "string") a.strings = {v.get<std::string>()};
    else if (type == "strings") a.strings = v.get<std::vector<std::string>>();
    else if (type == "graph") a.graph = graph(v);
    else throw not_applicable("an attribute of type " + type);
    return a;
}

attributes_t attributes(json const& j, char const* key) {
    attributes_t all;
    if (j.contains(key))
        for (auto const& [name, a] : j.at(key).items()) all.emplace(name, value(a));
    return all;
}

std::vector<node> nodes(json const& j) {
    std::vector<node> all;
    for (auto const& n : j)
        all.push_back({n.at("op"), n.at("inputs"), n.at("outputs"), attributes(n, "attributes")});
    return all;
}

std::shared_ptr<sub_graph const> graph(json const& j) {
    sub_graph g{j.at("inputs"), j.at("outputs"), nodes(j.at("nodes")), {}};
    if (j.contains("constants"))
        for (auto const& [name, c] : j.at("constants").items()) g.constants.emplace(name, constant(c));
    return std::make_shared<sub_graph const>(std::move(g));
}

std::optional<array> slot(json const& j, std::filesystem::path const& folder) {
    if (j.value("omitted", false)) return std::nullopt;
    return read_npy(folder / j.at("file").get<std::string>(), dtype_named(j.at("dtype")), j.at("shape").get<shape_t>());
}

void fill(test_case& c, json const& j, std::filesystem::path const& folder) {
    c.name = j.at("name");
    c.family = j.at("family");
    c.what.op = j.at("op");
    c.what.opset = j.at("opset");
    c.rtol = j.at("rtol");
    c.atol = j.at("atol");
    c.what.attributes = attributes(j, "attributes");
    c.what.attributes.merge(attributes(j, "defaults"));
    for (auto const& x : j.at("inputs")) {
        c.what.inputs.push_back(slot(x, folder));
        c.input_names.push_back(x.at("name"));
    }
    for (auto const& x : j.at("outputs")) {
        c.outputs.push_back({x.at("name"), slot(x, folder)});
        c.what.wanted.push_back(c.outputs.back().value.has_value());
    }
    if (j.contains("nodes"))
        c.graph = std::make_shared<sub_graph const>(sub_graph{c.input_names, {}, nodes(j.at("nodes")), {}});
}

}  // namespace

test_case read_case(std::filesystem::path const& folder) {
    test_case c;
    try {
        std::ifstream file(folder / "case.json");
        fill(c, json::parse(file), folder);
    } catch (json::exception const& error) {
        throw bad_case((folder / "case.json").string() + ": " + error.what());
    }
    return c;
}

}  // namespace conformance
