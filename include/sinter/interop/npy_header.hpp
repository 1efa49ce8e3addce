// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/interop/stored_array.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// The header of NumPy's format, https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html:
///
///     \x93NUMPY, version (major, minor), length of what follows (2 bytes in version 1, 4 in 2 and 3, little-endian),
///     {'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }, spaces, a line feed
namespace sinter::detail {

/// Reads the dictionary: these three keys, each once, in any order.
class npy_dictionary {
public:
    npy_dictionary(std::string const& where, std::string_view text) : where_(where), rest_(text) {
        expect('{');
        while (!take('}')) {
            entry(quoted("a key"));
            if (!take(',')) {
                expect('}');
                break;
            }
        }
        skip_space();
        if (!rest_.empty()) refuse("the end");
        if (!descr) lacks("descr");
        if (!fortran_order) lacks("fortran_order");
        if (!shape) lacks("shape");
    }

    std::optional<std::string_view> descr;
    std::optional<bool> fortran_order;
    std::optional<std::vector<std::size_t>> shape;

private:
    void entry(std::string_view key) {
        expect(':');
        if (key == "descr" && !descr) descr = element_type();
        else if (key == "fortran_order" && !fortran_order) fortran_order = truth();
        else if (key == "shape" && !shape) shape = extents();
        else raise_file(where_ + ": its header has an unexpected or repeated key '" + std::string(key) + "'");
    }

    std::string_view element_type() {
        skip_space();
        if (rest_.starts_with('['))
            raise_file(where_ + ": has structured elements, expected numbers of one type");
        return quoted("an element type");
    }
    bool truth() {
        skip_space();
        for (std::string_view const word : {"True", "False"})
            if (rest_.starts_with(word)) {
                rest_.remove_prefix(word.size());
                return word == "True";
            }
        refuse("True or False as 'fortran_order'");
    }
    std::vector<std::size_t> extents() {
        std::vector<std::size_t> result;
        if (!take('(')) refuse("a tuple as 'shape'");
        while (!take(')')) {
            result.push_back(extent());
            if (!take(',') && !(result.size() > 1 && rest_.starts_with(')'))) refuse("a comma in 'shape'");
        }
        return result;
    }
    std::size_t extent() {
        skip_space();
        std::size_t value = 0;
        auto const [end, failed] = std::from_chars(rest_.data(), rest_.data() + rest_.size(), value);
        if (failed != std::errc()) refuse("an extent in 'shape'");
        rest_.remove_prefix(static_cast<std::size_t>(end - rest_.data()));
        if (rest_.starts_with('L')) rest_.remove_prefix(1);     // Python 2 wrote long integers so
        return value;
    }

    std::string_view quoted(char const* what) {
        skip_space();
        auto const close = rest_.size() < 2 ? rest_.npos : rest_.find(rest_[0], 1);
        if (close == rest_.npos || (rest_[0] != '\'' && rest_[0] != '"')) refuse(what);
        auto const text = rest_.substr(1, close - 1);
        rest_.remove_prefix(close + 1);
        return text;
    }
    void skip_space() { rest_.remove_prefix(std::min(rest_.size(), rest_.find_first_not_of(" \t\r\n"))); }
    bool take(char c) {
        skip_space();
        bool const there = rest_.starts_with(c);
        rest_.remove_prefix(there ? 1 : 0);
        return there;
    }
    void expect(char c) {
        if (!take(c)) refuse(std::string("'") + c + "'");
    }

    [[noreturn]] void refuse(std::string const& expected) const {
        raise_file(where_ + ": its header cannot be read at \"" + std::string(rest_.substr(0, 20)) + "\", expected " + expected);
    }
    [[noreturn]] void lacks(char const* key) const { raise_file(where_ + ": its header has no '" + key + "'"); }

    std::string const& where_;
    std::string_view rest_;
};

/// The type that a descriptor names, as '<f4'.
inline ir::dtype npy_type(std::string const& where, std::string_view descr) {
    char const order = descr.empty() ? '?' : descr[0];
    auto const code = descr.substr(descr.empty() ? 0 : 1);
    for (stored_type const& t : stored_types) {
        if (code != t.npy) continue;
        if (order == '<' || order == '=' || order == '|') return t.type;
        if (order == '>' && t.npy[1] == '1') return t.type;     // a single byte has no order
        if (order == '>')
            raise_file(where + ": has big-endian elements ('" + std::string(descr) + "'), expected little-endian ones ('<" +
                       std::string(code) + "')");
    }
    raise_file(where + ": has elements of type '" + std::string(descr) +
               "', expected bool, integers, or floats of 16, 32 or 64 bits");
}

/// The array of a .npy file.
inline stored_array parse_npy(std::string where, std::span<std::byte const> file) {
    std::string_view const text(reinterpret_cast<char const*>(file.data()), file.size());
    auto const byte = [&](std::size_t i) { return std::to_integer<std::size_t>(file[i]); };
    stored_array a{std::move(where), ir::dtype::none, {}, {}, false, {}};
    if (file.size() < 10 || !text.starts_with("\x93NUMPY")) a.refuse("is not a .npy file");
    std::size_t const version = byte(6), begin = version == 1 ? 10 : 12;
    if (version < 1 || version > 3) a.refuse("has format version " + std::to_string(version) + ", expected 1 to 3");
    if (file.size() < begin) a.refuse("is truncated in its header");
    std::size_t const length = byte(8) | byte(9) << 8 | (version == 1 ? 0 : byte(10) << 16 | byte(11) << 24);
    if (file.size() - begin < length)
        a.refuse("is truncated in its header, of which it has " + std::to_string(file.size() - begin) + " bytes of " +
                 std::to_string(length));

    npy_dictionary const header(a.where, text.substr(begin, length));
    a.type = npy_type(a.where, *header.descr);
    a.type_text = std::string(stored_types[static_cast<std::size_t>(a.type)].name) + " ('" + std::string(*header.descr) + "')";
    a.shape = *header.shape;
    a.columns_first = *header.fortran_order;
    a.bytes = file.subspan(begin + length);
    if (bytes_of_shape(a.shape, static_cast<std::size_t>(ir::bytes_of(a.type))) != a.bytes.size())
        a.refuse("has " + std::to_string(a.bytes.size()) + " bytes of data, which is not what shape " + shape_text(a.shape) +
                 " of " + a.type_text + " needs; is it truncated?");
    return a;
}

/// What stands before the elements in a .npy file of version 1: a multiple of 64 bytes.
inline std::string npy_header(stored_type const& type, std::size_t const* shape, std::size_t rank) {
    std::string text = "{'descr': '" + std::string(ir::bytes_of(type.type) == 1 ? "|" : "<") + std::string(type.npy) +
                       "', 'fortran_order': False, 'shape': (";
    for (std::size_t i = 0; i < rank; ++i) text += std::to_string(shape[i]) + (i + 1 < rank ? ", " : rank == 1 ? "," : "");
    text += "), }";
    constexpr std::size_t before = 10;
    text.append(63 - (before + text.size()) % 64, ' ');
    text += '\n';
    std::string const start("\x93NUMPY\x01\x00", 8);
    return start + static_cast<char>(text.size() & 0xff) + static_cast<char>(text.size() >> 8) + text;
}

/// Hands the bytes of the elements to `put(pointer, bytes)`, in row-major order.
template <class X, class Put>
void put_elements(X const& x, Put put) {
    using T = typename X::value_type;
    if (x.size() == 0) return;
    if (gapless(x)) {
        put(static_cast<void const*>(x.data()), x.size() * sizeof(T));
        return;
    }
    std::array<T, 1024> block;
    std::size_t n = 0;
    for (T const& element : x) {
        block[n++] = element;
        if (n == block.size()) put(static_cast<void const*>(block.data()), std::exchange(n, 0) * sizeof(T));
    }
    if (n != 0) put(static_cast<void const*>(block.data()), n * sizeof(T));
}

}  // namespace sinter::detail
