// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "array.hpp"

#include <filesystem>
#include <map>
#include <memory>
#include <optional>

namespace conformance {

struct sub_graph;

/// The value of an attribute, as ONNX types them.
struct attribute {
    std::vector<std::int64_t> ints;         // int, ints
    std::vector<double> floats;             // float, floats
    std::vector<std::string> strings;       // string, strings
    std::shared_ptr<sub_graph const> graph;
};

using attributes_t = std::map<std::string, attribute>;

/// One use of an operator: what an implementation of the operator is given.
struct call {
    std::string op;
    int opset = 0;
    attributes_t attributes;                        // what the case sets, else ONNX's defaults
    std::vector<std::optional<array>> inputs;       // by slot; empty where it is omitted
    std::vector<bool> wanted;                       // results, by slot

    bool has(std::string const& name) const { return attributes.contains(name); }
    attribute const& get(std::string const& name) const;
    std::int64_t integer(std::string const& name) const;
    std::int64_t integer(std::string const& name, std::int64_t otherwise) const { return has(name) ? integer(name) : otherwise; }
    bool flag(std::string const& name) const { return integer(name, 0) != 0; }
    double real(std::string const& name) const;
    double real(std::string const& name, double otherwise) const { return has(name) ? real(name) : otherwise; }
    std::string const& string(std::string const& name) const;
    std::vector<std::int64_t> const* integers(std::string const& name) const;   ///< null where there are none

    bool given(std::size_t slot) const { return slot < inputs.size() && inputs[slot].has_value(); }
    array const& in(std::size_t slot) const;
    bool wants(std::size_t slot) const { return slot < wanted.size() && wanted[slot]; }
};

/// A step of a graph that is the value of an attribute, or of the family `gradient`.
struct node {
    std::string op;
    std::vector<std::string> inputs, outputs;
    attributes_t attributes;
};

struct sub_graph {
    std::vector<std::string> inputs, outputs;
    std::vector<node> nodes;
    std::map<std::string, array> constants;
};

struct expected {
    std::string name;
    std::optional<array> value;         // empty where the result is not asked for
};

/// A case as its folder tells it.
struct test_case {
    std::string name, family;
    call what;
    std::vector<std::string> input_names;
    std::vector<expected> outputs;
    std::shared_ptr<sub_graph const> graph;         // the family `gradient`: the nodes
    double rtol = 0, atol = 0;
};

/// Reads FOLDER/case.json and the arrays beside it. Throws bad_case, or not_applicable for element types that are none.
test_case read_case(std::filesystem::path const& folder);

}  // namespace conformance
