// SPDX-License-Identifier: BSL-1.0
#include <sinter/interop/safetensors.hpp>
#include <sinter/sinter.hpp>

#include "interop/files.hpp"
#include "support/random.hpp"

#include <boost/test/unit_test.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <type_traits>
#include <utility>

using sinter::dyn;
using sinter::matrix;
using sinter::vector;
using sinter::view;
namespace safetensors = sinter::safetensors;

namespace {

std::string const path = files::folder("safetensors").string() + "/x.safetensors";

std::string file(std::string const& header, std::string const& data) {
    return files::bytes<std::uint64_t>(header.size()) + header + data;
}
/// Padded so that the data begin at a multiple of 8 bytes, as the format's own library does.
std::string padded(std::string header, std::string const& data) {
    header.append((8 - header.size() % 8) % 8, ' ');
    return file(header, data);
}
std::string entry(std::string const& name, std::string const& dtype, std::string const& shape, std::string const& offsets) {
    return "\"" + name + "\":{\"dtype\":\"" + dtype + "\",\"shape\":" + shape + ",\"data_offsets\":" + offsets + "}";
}

std::string const w = entry("w", "F32", "[2,3]", "[0,24]"), w_data = files::bytes<float>(1, 2, 3, 4, 5, 6);
std::string const b = entry("b", "F32", "[2]", "[24,32]"), b_data = files::bytes<float>(10, 20);

void refused(std::string const& text, std::string const& bytes) {
    files::write(path, bytes);
    files::refuses(path, text, [] { safetensors::file f(path); });
}
/// One tensor named 'w' with 8 bytes of data.
void refused(std::string const& text, std::string const& dtype, std::string const& shape, std::string const& offsets) {
    refused(text, file("{" + entry("w", dtype, shape, offsets) + "}", "12345678"));
}

template <class T>
void reads(safetensors::file const& f, char const* name, T first, T second) {
    BOOST_TEST((f.get<T, dyn>(name) == vector<T>{first, second}), name);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(interop_safetensors)

BOOST_AUTO_TEST_CASE(used_in_place) {
    files::write(path, padded("{" + b + "," + w + ",\"__metadata__\":{\"format\":\"pt\",\"a\\u0062\":\"\\\"\"}}", w_data + b_data));
    safetensors::file opened(path);
    auto const W = opened.get<float, dyn, 3>("w");
    static_assert(std::is_same_v<decltype(W), view<float const, dyn, 3> const>);
    safetensors::file const model = std::move(opened);          // views stay where they are
    BOOST_TEST((W == matrix<float>{{1, 2, 3}, {4, 5, 6}}));
    BOOST_TEST((model.get<float, 2, 3>("w").data() == W.data()));
    BOOST_TEST((model.get<float, dyn>("b").data() == W.data() + 6));
    vector<float> x{1, 0, 1}, y(2);
    y = W * x + model.get<float, dyn>("b");                     // (2,3) × (3) → (2)
    BOOST_TEST((y == vector<float>{14, 30}));

    BOOST_TEST(model.tensors().size() == 2u);
    BOOST_TEST(model.tensors()[0].name == "b");
    auto const& about = model.tensors()[1];
    BOOST_TEST((about.name == "w" && about.dtype == "F32" && about.type == sinter::ir::dtype::f32));
    BOOST_TEST((about.shape == std::vector<std::size_t>{2, 3} && about.begin == 0 && about.end == 24));
    BOOST_TEST((model.contains("w") && !model.contains("") && !model.contains("x") && model.find("b")->begin == 24));
    BOOST_TEST((model.metadata().at("format") == "pt" && model.metadata().at("ab") == "\""));
}

BOOST_AUTO_TEST_CASE(every_type) {
    std::string header, data;
    auto const add = [&](char const* name, std::string const& bytes) {
        auto const at = std::to_string(data.size());
        data += bytes;
        header += (header.empty() ? "{" : ",") + entry(name, name, "[2]", "[" + at + "," + std::to_string(data.size()) + "]");
    };
    add("F64", files::bytes<double>(1, 2)), add("I64", files::bytes<std::int64_t>(-1, 2)), add("U64", files::bytes<std::uint64_t>(1, 2));
    add("F32", files::bytes<float>(1, 2)), add("I32", files::bytes<std::int32_t>(-1, 2)), add("U32", files::bytes<std::uint32_t>(1, 2));
    add("F16", files::bytes<std::uint16_t>(0x3c00, 0xc000)), add("BF16", files::bytes<std::uint16_t>(0x3f80, 0xc000));
    add("I16", files::bytes<std::int16_t>(-1, 2)), add("U16", files::bytes<std::uint16_t>(1, 2));
    add("I8", files::bytes<std::int8_t>(-1, 2)), add("U8", files::bytes<std::uint8_t>(1, 2)), add("BOOL", std::string("\x00\x01", 2));
    files::write(path, padded(header + "}", data));
    safetensors::file const f(path);
    reads<double>(f, "F64", 1, 2), reads<std::int64_t>(f, "I64", -1, 2), reads<std::uint64_t>(f, "U64", 1, 2);
    reads<float>(f, "F32", 1, 2), reads<std::int32_t>(f, "I32", -1, 2), reads<std::uint32_t>(f, "U32", 1, 2);
    reads<sinter::half>(f, "F16", 1, -2), reads<sinter::bfloat16>(f, "BF16", 1, -2);
    reads<std::int16_t>(f, "I16", -1, 2), reads<std::uint16_t>(f, "U16", 1, 2);
    reads<std::int8_t>(f, "I8", -1, 2), reads<std::uint8_t>(f, "U8", 1, 2), reads<bool>(f, "BOOL", false, true);
    auto const [about, text] = std::pair(path + ": tensor 'F64'", "has elements of type F64, expected float32");
    files::refuses(about, text, [&] { f.get<float, dyn>("F64"); });
}

BOOST_AUTO_TEST_CASE(empty_and_scalar) {
    files::write(path, file("{}", ""));
    BOOST_TEST(safetensors::file(path).tensors().empty());
    files::write(path, padded("{" + entry("none", "I64", "[0,3]", "[0,0]") + "," + entry("one", "F64", "[]", "[0,8]") + "," +
                                  entry("also none", "F32", "[2,0]", "[8,8]") + "}", files::bytes<double>(2.5)));
    safetensors::file const f(path);
    BOOST_TEST((f.get<double>("one")() == 2.5));
    BOOST_TEST((f.get<std::int64_t, dyn, 3>("none").empty() && f.read<float, 2, 0>("also none").empty()));
}

BOOST_AUTO_TEST_CASE(other_than_asked_for) {
    files::write(path, padded("{" + w + "," + entry("f8", "F8_E4M3", "[4]", "[24,28]") + "," + entry("mask", "BOOL", "[2]", "[28,30]") + "}",
                              w_data + "1234" + std::string("\x01\x80", 2)));
    safetensors::file const f(path);
    auto const said = [&](auto get) { return files::refusal(get).substr(path.size()); };
    BOOST_TEST(said([&] { f.get<float, dyn>("v"); }) == ": has no tensor 'v'");
    BOOST_TEST(said([&] { f.get<float, dyn>("w"); }) == ": tensor 'w': has shape (2,3), expected (?,)");
    BOOST_TEST(said([&] { f.get<float, dyn, 2>("w"); }) == ": tensor 'w': has shape (2,3), expected (?,2)");
    BOOST_TEST(said([&] { f.read<int, dyn, 3>("w"); }) == ": tensor 'w': has elements of type F32, expected int32");
    BOOST_TEST(said([&] { f.get<std::uint8_t, dyn>("f8"); }) == ": tensor 'f8': has elements of type F8_E4M3, expected uint8");
    BOOST_TEST(said([&] { f.get<bool, dyn>("mask"); }) == ": tensor 'mask': element 1 is the byte 128, expected a bool, 0 or 1");
}

/// Older files are not padded.
BOOST_AUTO_TEST_CASE(not_aligned) {
    auto header = "{" + w + "}";
    header.append(header.size() % 2 ? 0 : 1, ' ');
    files::write(path, file(header, w_data));
    safetensors::file const f(path);
    files::refuses(path + ": tensor 'w'", "no multiple of 4", [&] { f.get<float, dyn, dyn>("w"); });
    BOOST_TEST((f.read<float, dyn, 3>("w") == matrix<float>{{1, 2, 3}, {4, 5, 6}}));
}

BOOST_AUTO_TEST_CASE(bad_layout) {
    refused("has 0 bytes, expected the 8", "");
    refused("has 7 bytes, expected the 8", "1234567");
    refused("length of 9, but only 8 bytes follow", files::bytes<std::uint64_t>(9) + "{      }");
    refused("length of 100000001, expected at most 100000000", files::bytes<std::uint64_t>(100'000'001) + "{}");
    refused("length of 18446744073709551615", files::bytes<std::uint64_t>(~0ull) + "{}");
    refused("tensor 'w', data_offsets [8, 0]: expected the first to be at most the second", "F32", "[2]", "[8,0]");
    refused("tensor 'w', data_offsets [0, 12]: the file has 8 bytes of data", "F32", "[3]", "[0,12]");
    refused("tensor 'w', data_offsets [0, 8]: expected 12 bytes for shape (3,) of F32", "F32", "[3]", "[0,8]");
    refused("expected 16 bytes for shape (2,) of F64", "F64", "[2]", "[0,8]");
    refused("expected 0 bytes for shape (2,0) of F64", "F64", "[2,0]", "[0,8]");
    refused("expected more than memory can hold", "F32", "[4611686018427387904,4]", "[0,8]");       // 2⁶⁴·4 bytes
    refused("expected more than memory can hold", "F32", "[4611686018427387904,4,0]", "[0,0]");
    refused("expected more than memory can hold", "F32", "[18446744073709551615]", "[0,8]");
    refused("'w', data_offsets [4, 8]: leaves a gap behind the header", "F32", "[1]", "[4,8]");
    refused("8 bytes of data, of which the last 4 belong to no tensor", "F32", "[1]", "[0,4]");
    refused("8 bytes of data, of which the last 8 belong to no tensor", file("{}", "12345678"));
    refused("'b', data_offsets [24, 32]: leaves a gap behind 'w', which ends at byte 16",
            file("{" + entry("w", "F32", "[2,2]", "[0,16]") + "," + b + "}", w_data + b_data));
    refused("'b', data_offsets [24, 32]: overlaps 'w', which ends at byte 28",
            file("{" + b + "," + entry("w", "F32", "[7]", "[0,28]") + "}", w_data + b_data));
    refused("overlaps 'v'", file("{" + w + "," + entry("v", "F32", "[6]", "[0,24]") + "}", w_data));
}

BOOST_AUTO_TEST_CASE(bad_header) {
    refused("does not begin with '{'", file("[]", ""));
    refused("does not begin with '{'", file(" {}", ""));
    refused("does not begin with '{'", file("", ""));
    refused("no JSON at byte 2", file("{", ""));
    refused("no JSON at byte 3", file("{}x", ""));
    refused("no JSON at byte 3", file("{\"\xff\":1}", ""));
    refused("tensor 'w': is the number 1, expected an object", file("{\"w\":1}", ""));
    refused("tensor 'w': is a list", file("{\"w\":[]}", ""));
    refused("tensor 'w': has no 'dtype'", file("{\"w\":{}}", ""));
    refused("tensor 'w': has no 'shape'", file("{\"w\":{\"dtype\":\"F32\"}}", ""));
    refused("tensor 'w': has no 'data_offsets'", file("{\"w\":{\"dtype\":\"F32\",\"shape\":[]}}", ""));
    refused("tensor 'w': has an unexpected or repeated field 'x'", file("{\"w\":{\"x\":1}}", ""));
    refused("tensor 'w': has an unexpected or repeated field 'dtype'", file("{\"w\":{\"dtype\":\"F32\",\"dtype\":\"F32\"}}", ""));
    refused("tensor 'w': 'dtype' is the number 3", file("{\"w\":{\"dtype\":3}}", ""));
    refused("the tensor 'w' is there twice", file("{" + w + "," + w + "}", w_data));
    refused("'shape' is the number 2, expected a list", "F32", "2", "[0,8]");
    refused("'shape' is null", "F32", "null", "[0,8]");
    refused("'shape' has the number -1, expected integers that are not negative", "F32", "[-1]", "[0,8]");
    refused("'shape' has the number 2.0", "F32", "[2.0]", "[0,8]");
    refused("'shape' has the number 1e3", "F32", "[1e3]", "[0,8]");
    refused("'shape' has the number 18446744073709551616", "F32", "[18446744073709551616]", "[0,8]");
    refused("'shape' has a text", "F32", "[\"2\"]", "[0,8]");
    refused("'shape' has a list", "F32", "[[2]]", "[0,8]");
    refused("'shape' has true", "F32", "[true]", "[0,8]");
    refused("'data_offsets' has 1 numbers, expected 2", "F32", "[2]", "[0]");
    refused("'data_offsets' has 3 numbers, expected 2", "F32", "[2]", "[0,8,8]");
    refused("'data_offsets' is an object", "F32", "[2]", "{\"a\":1}");
    refused("'__metadata__' is a text", file("{\"__metadata__\":\"x\"}", ""));
    refused("'__metadata__' has the number 1 as 'a', expected a text", file("{\"__metadata__\":{\"a\":1}}", ""));
    refused("'__metadata__' has 'a' twice", file("{\"__metadata__\":{\"a\":\"\",\"a\":\"\"}}", ""));
    refused("is a list", file("{\"w\":" + std::string(1'000'000, '['), ""));        // refused at the first, not followed down
}

BOOST_AUTO_TEST_CASE(behind_the_object) {
    auto const object = "{" + w + "}";
    files::write(path, file(object + "   ", w_data));
    BOOST_TEST(safetensors::file(path).contains("w"));
    auto const at = std::to_string(object.size() + 1);
    using namespace std::string_literals;
    refused("its header: it is no JSON at byte " + at + ": it has a NUL", file(object + "\0"s, w_data));
    refused("its header: it is no JSON at byte " + at + ": it has a NUL", file(object + "\0garbage}{"s, w_data));
    refused("it has a NUL", file(object + "  \0}"s, w_data));
    refused("its header has more than spaces behind the object", file(object + "\n", w_data));
    refused("its header has more than spaces behind the object", file(object + " \t ", w_data));
}

/// Names and texts of a file may have any character; the errors that name them are one line.
BOOST_AUTO_TEST_CASE(control_characters) {
    refused("tensor 'a\\nb\\x1b[2J', data_offsets [0, 8]: expected 12 bytes",
            file("{" + entry("a\\nb\\u001b[2J", "F32", "[3]", "[0,8]") + "}", "12345678"));
    refused("'__metadata__' has 'a\\x7fb' twice", file("{\"__metadata__\":{\"a\x7f" "b\":\"\",\"a\\u007fb\":\"\"}}", ""));
    refused("no JSON at byte 3", file("{\"\n\":1}", ""));
    files::write(path, file("{" + entry("a\\rb", "F32", "[2]", "[0,8]") + "}", "12345678"));
    safetensors::file const f(path);
    BOOST_TEST(f.contains("a\rb"));
    files::refuses(path, "tensor 'a\\x0db': has shape (2,), expected ()", [&] { f.get<float>("a\rb"); });
    files::refuses(path, "has no tensor 'x\\ny'", [&] { f.get<float>("x\ny"); });
}

BOOST_AUTO_TEST_CASE(no_prefix_is_taken_for_the_whole) {
    auto const whole = padded("{" + w + "," + b + "}", w_data + b_data);
    for (std::size_t n = 0; n < whole.size(); ++n) {
        files::write(path, whole.substr(0, n));
        BOOST_TEST(!files::refusal([] { safetensors::file f(path); }).empty(), n << " bytes of the file are enough");
    }
}

/// Whatever is wrong, it is refused or read, and nothing else happens (see the build with sanitizers).
BOOST_AUTO_TEST_CASE(flipped_bits) {
    auto const whole = padded("{\"__metadata__\":{\"a\":\"b\"}," + w + "," + b + "}", w_data + b_data);
    sinter::test::generator random(sinter::test::seed());
    int read = 0, refused = 0;
    for (int i = 0; i < 1500; ++i) {
        auto bytes = whole;
        for (int flips = 1 + i % 4; flips > 0; --flips) bytes[random.below(bytes.size())] ^= static_cast<char>(1 << random.below(8));
        files::write(path, bytes);
        float sum = 0;
        auto const said = files::refusal([&] {
            safetensors::file const f(path);
            for (auto const& about : f.tensors())
                if (about.dtype == "F32" && about.shape.size() == 1)
                    for (float const x : f.read<float, dyn>(about.name)) sum += x;
        });
        ++(said.empty() ? read : refused);
        if (!said.empty()) BOOST_TEST(said.starts_with(path + ": "));
    }
    BOOST_TEST(read > 50);             // in the elements, in names and texts
    BOOST_TEST(refused > 500);
}

BOOST_AUTO_TEST_SUITE_END()
