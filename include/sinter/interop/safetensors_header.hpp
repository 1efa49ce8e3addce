// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/interop/stored_array.hpp>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// The header of the safetensors format, https://huggingface.co/docs/safetensors:
///
///     its length (8 bytes, little-endian),
///     {"name": {"dtype": "F32", "shape": [2, 3], "data_offsets": [0, 24]}, …, "__metadata__": {"text": "text"}}, spaces
namespace sinter::detail {

/// What the header says of one tensor. Offsets count from the first byte behind the header.
struct safetensors_entry {
    std::string name, dtype;
    std::vector<std::size_t> shape, offsets;
    bool has_dtype = false, has_shape = false, has_offsets = false;
};

/// Listens to the JSON parser and takes exactly what the format allows, so nothing is stored that could be refused later.
class safetensors_listener : public nlohmann::json_sax<nlohmann::json> {
public:
    std::vector<safetensors_entry> tensors;
    std::map<std::string, std::string> metadata;
    std::string wrong;              ///< why the parser was stopped

    bool start_object(std::size_t) override {
        if (place_ == place::start) return go(place::names);
        if (place_ == place::tensor) return go(place::fields);
        if (place_ == place::metadata) return go(place::texts);
        return unexpected("an object");
    }
    bool end_object() override {
        if (place_ == place::fields && !complete(tensors.back())) return false;
        return go(place_ == place::names ? place::end : place::names);
    }
    bool key(string_t& name) override {
        key_ = name;
        if (place_ == place::texts) return metadata.emplace(name, "").second || refuse("'__metadata__' has '" + name + "' twice");
        if (place_ == place::fields) return field(name);
        if (!names_.insert(name).second) return refuse("the tensor '" + name + "' is there twice");
        if (name == "__metadata__") return go(place::metadata);
        tensors.emplace_back().name = name;
        return go(place::tensor);
    }
    bool string(string_t& text) override {
        if (place_ == place::texts) {
            metadata[key_] = text;
            return true;
        }
        if (place_ != place::dtype) return unexpected("a text");
        tensors.back().dtype = text;
        return go(place::fields);
    }
    bool start_array(std::size_t) override {
        if (place_ == place::shape) return go(place::extents);
        if (place_ == place::offsets) return go(place::two_offsets);
        return unexpected("a list");
    }
    bool end_array() override {
        if (place_ == place::two_offsets && tensors.back().offsets.size() != 2)
            return refuse(of_tensor() + "'data_offsets' has " + std::to_string(tensors.back().offsets.size()) +
                          " numbers, expected 2");
        return go(place::fields);
    }
    bool number_unsigned(number_unsigned_t value) override {
        if (place_ == place::extents) tensors.back().shape.push_back(value);
        else if (place_ == place::two_offsets) tensors.back().offsets.push_back(value);
        else return unexpected("the number " + std::to_string(value));
        return true;
    }
    bool number_integer(number_integer_t value) override { return unexpected("the number " + std::to_string(value)); }
    bool number_float(number_float_t, string_t const& text) override { return unexpected("the number " + text); }
    bool null() override { return unexpected("null"); }
    bool boolean(bool value) override { return unexpected(value ? "true" : "false"); }
    bool binary(binary_t&) override { return unexpected("binary data"); }
    bool parse_error(std::size_t position, std::string const&, nlohmann::json::exception const& error) override {
        std::string_view const text = error.what();     // "[json.exception.….101] parse error at …: syntax error …"
        auto const begin = text.find("] ");
        return refuse("it is no JSON at byte " + std::to_string(position) + ": " +
                      std::string(begin == text.npos ? text : text.substr(begin + 2)));
    }

private:
    /// Where in the header the parser is, named by what comes next.
    enum class place { start, names, tensor, fields, dtype, shape, extents, offsets, two_offsets, metadata, texts, end };

    bool go(place where) {
        place_ = where;
        return true;
    }
    bool refuse(std::string const& why) {
        if (wrong.empty()) wrong = why;
        return false;
    }
    std::string of_tensor() const { return tensors.empty() ? "" : "tensor '" + tensors.back().name + "': "; }

    bool field(std::string const& name) {
        auto& t = tensors.back();
        if (name == "dtype" && !std::exchange(t.has_dtype, true)) return go(place::dtype);
        if (name == "shape" && !std::exchange(t.has_shape, true)) return go(place::shape);
        if (name == "data_offsets" && !std::exchange(t.has_offsets, true)) return go(place::offsets);
        return refuse(of_tensor() + "has an unexpected or repeated field '" + name + "'");
    }
    bool complete(safetensors_entry const& t) {
        for (auto const& [has, name] : {std::pair(t.has_dtype, "dtype"), std::pair(t.has_shape, "shape"),
                                        std::pair(t.has_offsets, "data_offsets")})
            if (!has) return refuse(of_tensor() + "has no '" + name + "'");
        return true;
    }
    bool unexpected(std::string const& found) {
        switch (place_) {
            case place::start: return refuse("it is " + found + ", expected an object");
            case place::tensor: return refuse(of_tensor() + "is " + found + ", expected an object");
            case place::metadata: return refuse("'__metadata__' is " + found + ", expected an object");
            case place::texts: return refuse("'__metadata__' has " + found + " as '" + key_ + "', expected a text");
            case place::dtype: return refuse(of_tensor() + "'dtype' is " + found + ", expected a text");
            case place::shape: case place::offsets:
                return refuse(of_tensor() + "'" + key_ + "' is " + found + ", expected a list");
            default: return refuse(of_tensor() + "'" + key_ + "' has " + found + ", expected integers that are not negative");
        }
    }

    place place_ = place::start;
    std::string key_;               ///< the last one
    std::set<std::string> names_;
};

}  // namespace sinter::detail
