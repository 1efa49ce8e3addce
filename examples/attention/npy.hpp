// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bit>
#include <cerrno>
#include <charconv>
#include <cstddef>
#include <cstring>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

/// Reads NumPy's .npy files: format versions 1 to 3, float32, C order. Everything else is an error that says what was
/// found and what was expected. docs/design/0002-npy.md tells why this is not a library.
namespace npy {

static_assert(std::endian::native == std::endian::little, "npy.hpp copies little-endian numbers as they are");

struct error : std::runtime_error {
    using std::runtime_error::runtime_error;
};

struct array {
    std::vector<std::size_t> shape;
    std::vector<float> data;                    // row-major
};

/// A shape as Python writes it: (12, 27, 32), (5,), ().
inline std::string to_string(std::vector<std::size_t> const& shape) {
    std::string text = "(";
    for (std::size_t i = 0; i < shape.size(); ++i) text += (i ? ", " : "") + std::to_string(shape[i]);
    return text + (shape.size() == 1 ? ",)" : ")");
}

namespace detail {

inline std::string contents(std::string const& path) {
    errno = 0;
    std::ifstream file(path, std::ios::binary);
    std::ostringstream bytes;
    if (file) bytes << file.rdbuf();            // a directory opens, but fails here; an empty file fails without errno
    if (!file || (!bytes && errno != 0)) throw error(path + ": cannot be read: " + std::strerror(errno));
    return std::move(bytes).str();
}

/// The dictionary's value of a key: what follows `'key':`.
inline std::string_view value(std::string const& path, std::string_view header, std::string const& key) {
    auto at = header.find("'" + key + "'");
    if (at != header.npos) at = header.find_first_not_of(" ", at + key.size() + 2);
    if (at == header.npos || header[at] != ':') throw error(path + ": its header has no '" + key + "'");
    at = header.find_first_not_of(" ", at + 1);
    return at == header.npos ? std::string_view() : header.substr(at);
}

inline std::vector<std::size_t> shape(std::string const& path, std::string_view text) {
    auto const close = text.find(')');
    bool good = !text.empty() && text[0] == '(' && close != text.npos;
    text = good ? text.substr(1, close - 1) : "";
    std::vector<std::size_t> extents;
    while (good && text.find_first_not_of(" ,") != text.npos) {
        text.remove_prefix(text.find_first_not_of(' '));
        std::size_t extent = 0;
        auto const [end, failed] = std::from_chars(text.data(), text.data() + text.size(), extent);
        text.remove_prefix(static_cast<std::size_t>(end - text.data()));
        good = failed == std::errc() && (text.empty() || text[0] == ',');
        text.remove_prefix(text.empty() || !good ? 0 : 1);
        extents.push_back(extent);
    }
    return good ? extents : throw error(path + ": its header has no shape that can be read");
}

/// Whether the elements of the shape fill `bytes` exactly; a product that overflows does not.
inline bool fills(std::vector<std::size_t> const& shape, std::size_t bytes) {
    for (auto extent : shape)
        if (extent == 0) return bytes == 0;
    if (bytes % sizeof(float)) return false;
    std::size_t count = bytes / sizeof(float);
    for (auto extent : shape) {
        if (count % extent) return false;
        count /= extent;
    }
    return count == 1;
}

}  // namespace detail

/// The array of a file. Throws npy::error, whose text begins with the path.
inline array read(std::string const& path) {
    auto const file = detail::contents(path);
    if (file.size() < 10 || file.compare(0, 6, "\x93NUMPY") != 0) throw error(path + ": is not a .npy file");
    auto const byte = [&](std::size_t i) { return static_cast<std::size_t>(static_cast<unsigned char>(file[i])); };
    std::size_t const version = byte(6), begin = version == 1 ? 10 : 12;
    if (version < 1 || version > 3)
        throw error(path + ": has format version " + std::to_string(version) + ", expected 1 to 3");
    std::size_t const length = file.size() < begin ? begin
                             : byte(8) | byte(9) << 8 | (version == 1 ? 0 : byte(10) << 16 | byte(11) << 24);
    if (file.size() < begin + length) throw error(path + ": is truncated in its header");

    std::string_view const header(file.data() + begin, length);
    auto const type = detail::value(path, header, "descr");
    if (!type.starts_with("'<f4'"))
        throw error(path + ": has elements of type " + std::string(type.substr(0, type.find(','))) +
                    ", expected '<f4' (float32)");
    if (!detail::value(path, header, "fortran_order").starts_with("False"))
        throw error(path + ": is in Fortran order, expected C order (numpy.ascontiguousarray)");
    array result{detail::shape(path, detail::value(path, header, "shape")), {}};
    std::size_t const bytes = file.size() - begin - length;
    if (!detail::fills(result.shape, bytes))
        throw error(path + ": has " + std::to_string(bytes) + " bytes of data, which is not what shape " +
                    to_string(result.shape) + " of float32 needs; is it truncated?");
    result.data.resize(bytes / sizeof(float));
    if (bytes != 0) std::memcpy(result.data.data(), file.data() + begin + length, bytes);
    return result;
}

}  // namespace npy
