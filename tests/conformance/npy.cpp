// SPDX-License-Identifier: BSL-1.0
// NumPy's format, version 1.0, in the element types of the cases. docs/design/0002-npy.md tells why there is no library.
#include "npy.hpp"

#include <bit>
#include <cstring>
#include <fstream>
#include <sstream>

namespace conformance {
namespace {

static_assert(std::endian::native == std::endian::little, "numbers are copied as they are");

std::string contents(std::filesystem::path const& path) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream bytes;
    if (file) bytes << file.rdbuf();
    if (!file) throw bad_case(path.string() + ": cannot be read");
    return std::move(bytes).str();
}

/// What follows `'key':` in the header.
std::string_view entry(std::filesystem::path const& path, std::string_view header, std::string_view key) {
    auto const at = header.find("'" + std::string(key) + "':");
    if (at == header.npos) throw bad_case(path.string() + ": its header has no '" + std::string(key) + "'");
    auto const value = header.substr(at + key.size() + 3);
    return value.substr(std::min(value.size(), value.find_first_not_of(' ')));
}

/// A shape as NumPy writes it: (), (3,), (2, 3).
std::string python_text(shape_t const& shape) {
    std::string s = "(";
    for (std::size_t i = 0; i < shape.size(); ++i) s += (i ? ", " : "") + std::to_string(shape[i]);
    return s + (shape.size() == 1 ? ",)" : ")");
}

/// A float32 that is a bfloat16.
std::uint16_t upper_half(float x, std::filesystem::path const& path) {
    auto const bits = std::bit_cast<std::uint32_t>(x);
    if ((bits & 0xffffu) != 0 && x == x) throw bad_case(path.string() + ": a number is no bfloat16");
    return static_cast<std::uint16_t>(bits >> 16);
}

}  // namespace

array read_npy(std::filesystem::path const& path, dtype type, shape_t const& shape) {
    auto const file = contents(path);
    auto const byte = [&](std::size_t i) { return static_cast<std::size_t>(static_cast<unsigned char>(file[i])); };
    if (file.size() < 10 || file.compare(0, 6, "\x93NUMPY") != 0 || byte(6) != 1)
        throw bad_case(path.string() + ": is not a .npy file of version 1");
    std::size_t const begin = 10 + (byte(8) | byte(9) << 8);
    if (file.size() < begin) throw bad_case(path.string() + ": is truncated in its header");
    std::string_view const header(file.data() + 10, begin - 10);
    auto const expect = [&](std::string_view key, std::string const& value) {
        if (!entry(path, header, key).starts_with(value))
            throw bad_case(path.string() + ": '" + std::string(key) + "' is not " + value + " as the case tells");
    };
    expect("descr", "'" + std::string(info(type).npy) + "'");
    expect("fortran_order", "False");
    expect("shape", python_text(shape));

    array result(type, shape);
    std::size_t const stored = result.size() * (type == dtype::bf16 ? 4 : info(type).bytes);
    if (file.size() - begin != stored) throw bad_case(path.string() + ": has another length than its shape needs");
    if (type != dtype::bf16) {
        if (stored != 0) std::memcpy(result.bytes.data(), file.data() + begin, stored);
        return result;
    }
    for (std::size_t i = 0; i < result.size(); ++i) {
        float x;
        std::memcpy(&x, file.data() + begin + 4 * i, 4);
        auto const half = upper_half(x, path);
        std::memcpy(result.bytes.data() + 2 * i, &half, 2);
    }
    return result;
}

}  // namespace conformance
