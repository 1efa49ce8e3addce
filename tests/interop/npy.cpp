// SPDX-License-Identifier: BSL-1.0
#include <sinter/interop/npy.hpp>
#include <sinter/sinter.hpp>

#include "interop/files.hpp"
#include "support/random.hpp"

#include <boost/test/unit_test.hpp>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <type_traits>
#include <utility>

using sinter::dyn;
using sinter::matrix;
using sinter::tensor;
using sinter::vector;
using sinter::view;
namespace npy = sinter::npy;

namespace {

std::string const here = files::folder("npy").string() + "/";
std::string const path = here + "x.npy";

/// A file of version 1 with this dictionary and these bytes of data.
std::string file(std::string const& dictionary, std::string const& data) {
    return std::string("\x93NUMPY\x01\x00", 8) + static_cast<char>(dictionary.size()) + '\0' + dictionary + data;
}
std::string header(std::string const& descr, std::string const& shape, std::string const& fortran = "False") {
    return "{'descr': " + descr + ", 'fortran_order': " + fortran + ", 'shape': " + shape + ", }";
}

/// Writes the bytes, demands that reading them is refused with this text.
void refused(std::string const& text, std::string const& bytes) {
    files::write(path, bytes);
    files::refuses(path, text, [] { npy::load(path); });
    files::refuses(path, text, [] { npy::read<float, dyn, dyn>(path); });
}

template <class... T>
struct types {};

template <class T>
void round_trip() {
    tensor<T, dyn, 3, 2> x(2);
    int n = 0;
    for (T& e : x) e = static_cast<T>(n++ % (std::is_same_v<T, bool> ? 2 : 100));
    npy::write(path, x);
    BOOST_TEST((npy::read<T, dyn, dyn, 2>(path) == x));
    auto a = npy::load(path);
    BOOST_TEST(a.holds<T>());
    BOOST_TEST((a.as<T, dyn, 3, dyn>() == x));
    BOOST_TEST(std::filesystem::file_size(path) % 64 == x.size() * sizeof(T) % 64);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(interop_npy)

BOOST_AUTO_TEST_CASE(every_type) {
    using all = types<bool, std::int8_t, std::uint8_t, std::int16_t, std::uint16_t, std::int32_t, std::uint32_t,
                      std::int64_t, std::uint64_t, sinter::half, sinter::bfloat16, float, double, long long>;
    []<class... T>(types<T...>) { (round_trip<T>(), ...); }(all());
}

/// As numpy.save of NumPy 1.24 writes it.
BOOST_AUTO_TEST_CASE(bytes_of_the_file) {
    npy::write(path, tensor<float, 2, 3>{{1, 2, 3}, {4, 5, 6}});
    std::string text = header("'<f4'", "(2, 3)");
    text += std::string(117 - text.size(), ' ') + '\n';
    BOOST_TEST((files::contents(path) == file(text, files::bytes<float>(1, 2, 3, 4, 5, 6))));
}

BOOST_AUTO_TEST_CASE(shapes) {
    npy::write(path, tensor<double>(2.5));
    BOOST_TEST(npy::read<double>(path)() == 2.5);
    BOOST_TEST(npy::load(path).rank() == 0u);
    npy::write(path, vector<float>(5));
    BOOST_TEST((npy::read<float, dyn>(path) == vector<float>(5)));
    for (std::size_t n : {0, 1, 7, 1023, 1024, 1025, 3000}) {
        matrix<float> x(3, n);
        float value = 0;
        for (float& e : x) e = value++;
        view<float const, dyn, dyn> const turned(x.data(), {n, std::size_t{3}}, {std::size_t{1}, n});
        npy::write(path, turned);               // strided: goes through a buffer
        BOOST_TEST((npy::read<float, dyn, dyn>(path) == turned));
        npy::write(path, x);
        BOOST_TEST((npy::read<float, 3, dyn>(path) == x));
    }
    tensor<int, 1, 1, 1, 1, 1, 1, 1, 2> deep;
    npy::write(path, deep);
    BOOST_TEST((npy::read<int, dyn, 1, 1, 1, 1, dyn, 1, dyn>(path) == deep));
}

BOOST_AUTO_TEST_CASE(value_of_a_formula) {
    matrix<float> const x{{1, 2}, {3, 4}};
    npy::write(path, x * x + 1);
    BOOST_TEST((npy::read<float, dyn, dyn>(path) == matrix<float>{{8, 11}, {16, 23}}));
    npy::write(path, sum(x));
    BOOST_TEST(npy::read<float>(path)() == 10);
}

BOOST_AUTO_TEST_CASE(fortran_order) {
    files::write(path, file(header("'<f4'", "(2, 3)", "True"), files::bytes<float>(1, 2, 3, 4, 5, 6)));
    matrix<float> const x{{1, 3, 5}, {2, 4, 6}};
    auto const a = npy::load(path);
    auto const v = a.as<float, dyn, dyn>();
    static_assert(std::is_same_v<decltype(v), view<float const, dyn, dyn> const>);
    BOOST_TEST((v == x));
    BOOST_TEST((v.stride(0) == 1 && v.stride(1) == 2));
    BOOST_TEST((a.fortran_order() && a.bytes().size() == 24 && static_cast<void const*>(a.bytes().data()) == v.data()));
    BOOST_TEST((npy::read<float, dyn, dyn>(path) == x));
}

BOOST_AUTO_TEST_CASE(views_write_through) {
    npy::write(path, vector<float>{1, 2});
    auto a = npy::load(path);
    a.as<float, dyn>()(1) = 5;
    auto const moved = std::move(a);
    BOOST_TEST((moved.as<float, 2>() == vector<float>{1, 5}));
}

/// Keys in another order, other spaces and quotes, Python 2's long integers, versions 2 and 3, '=' and '|'.
BOOST_AUTO_TEST_CASE(ways_to_write_a_header) {
    vector<float> const x{1, 2};
    auto const data = files::bytes<float>(1, 2);
    for (std::string const dictionary : {"{'shape': (2,), 'fortran_order': False, 'descr': '<f4'}",
                                         "{\"shape\":(2L,),\"descr\":\"=f4\",\"fortran_order\":True,}",
                                         " { 'descr' : '<f4' , 'fortran_order' : False , 'shape' : ( 2 , ) }  \n"}) {
        files::write(path, file(dictionary, data));
        BOOST_TEST((npy::read<float, dyn>(path) == x));
    }
    for (char version : {2, 3}) {
        auto const dictionary = header("'<f4'", "(2,)");
        files::write(path, std::string("\x93NUMPY", 6) + version + '\0' + files::bytes<std::uint32_t>(dictionary.size()) +
                               dictionary + data);     // the data are not aligned then
        BOOST_TEST((npy::read<float, dyn>(path) == x));
        auto const a = npy::load(path);
        BOOST_TEST((a.as<float, 2>() == x));
    }
    files::write(path, file(header("'>i1'", "(2,)"), "\x01\x02"));      // a byte has no order
    BOOST_TEST((npy::read<std::int8_t, dyn>(path) == vector<std::int8_t>{1, 2}));
}

BOOST_AUTO_TEST_CASE(other_than_asked_for) {
    npy::write(path, matrix<float>(2, 3));
    files::refuses(path, "has elements of type float32 ('<f4'), expected float64", [] { npy::read<double, dyn, dyn>(path); });
    files::refuses(path, "has shape (2,3), expected (?,?,?)", [] { npy::read<float, dyn, dyn, dyn>(path); });
    files::refuses(path, "has shape (2,3), expected (?,2)", [] { npy::read<float, dyn, 2>(path); });
    auto a = npy::load(path);
    BOOST_TEST(!a.holds<double>());
    files::refuses(path, "expected (6,)", [&] { a.as<float, 6>(); });
    files::refuses(path, "expected int32", [&] { std::as_const(a).as<int, dyn, dyn>(); });
}

BOOST_AUTO_TEST_CASE(bad_files) {
    auto const data = files::bytes<float>(1, 2, 3, 4, 5, 6);
    refused("is not a .npy file", "");
    refused("is not a .npy file", "\x93NUMPX\x01");
    refused("is not a .npy file", "a text file that is longer");
    refused("has format version 4", std::string("\x93NUMPY\x04\x00\x01\x00{", 11));
    auto const none = header("'<f4'", "(0,)");
    refused("truncated in its header, of which it has " + std::to_string(none.size()) + " bytes of 200",
            std::string("\x93NUMPY\x01\x00\xc8\x00", 10) + none);
    refused("big-endian elements ('>f4')", file(header("'>f4'", "(2, 3)"), data));
    refused("of type '<c8'", file(header("'<c8'", "(3,)"), data));
    refused("of type '|O'", file(header("'|O'", "(3,)"), data));
    refused("of type ''", file(header("''", "(3,)"), data));
    refused("structured elements", file(header("[('shape', '<f4')]", "(6,)"), data));
    refused("24 bytes of data, which is not what shape (2,4) of float32", file(header("'<f4'", "(2, 4)"), data));
    refused("25 bytes of data", file(header("'<f4'", "(2, 3)"), data + "x"));
    refused("not what shape", file(header("'<f4'", "(4611686018427387904, 4)"), ""));       // 2⁶²·4 is 0 in 64 bits
    refused("not what shape", file(header("'<f4'", "(0, 4611686018427387904, 4)"), ""));    // nor can strides be counted
    refused("not what shape", file(header("'<f4'", "(4000000000,)"), data));
    refused("an extent in 'shape'", file(header("'<f4'", "(-2, 3)"), data));
    refused("an extent in 'shape'", file(header("'<f4'", "(99999999999999999999, 3)"), data));
    refused("a comma in 'shape'", file(header("'<f4'", "(2 3)"), data));
    refused("a comma in 'shape'", file(header("'<f4'", "(6)"), data));      // a number in Python, not a tuple
    refused("a tuple as 'shape'", file(header("'<f4'", "[2, 3]"), data));
    refused("has no 'shape'", file("{'descr': '<f4', 'fortran_order': False}", data));
    refused("has no 'descr'", file("{'fortran_order': False, 'shape': (6,)}", data));
    refused("has no 'fortran_order'", file("{'descr': '<f4', 'shape': (6,)}", data));
    refused("repeated key 'shape'", file(header("'<f4'", "(6,), 'shape': (6,)"), data));
    refused("unexpected or repeated key 'more'", file(header("'<f4'", "(6,), 'more': 1"), data));
    refused("repeated key 'a\\nb\\x07'", file(header("'<f4'", "(6,), 'a\nb\a': 1"), data));        // the text is one line
    refused("cannot be read at \"'\\n\", expected a key", file("{'\n", data));
    refused("True or False", file(header("'<f4'", "(6,)", "None"), data));
    refused("expected '}'", file(header("'<f4'", "(6,) 'x'"), data));
    refused("expected the end", file(header("'<f4'", "(6,)") + "x", data));
    files::write(path, file(header("'|b1'", "(3,)"), std::string("\x00\x01\x02", 3)));
    files::refuses(path, "element 2 is the byte 2, expected a bool", [] { npy::read<bool, dyn>(path); });
    files::refuses(here + "nowhere.npy", "cannot be read: No such file", [] { npy::load(here + "nowhere.npy"); });
    files::refuses(here, "cannot be read: it is a folder", [] { npy::load(here); });
    files::refuses(here + "no\\nwhere.npy", "cannot be read: No such file", [] { npy::load(here + "no\nwhere.npy"); });
    files::refuses("/dev/null", "cannot be read", [] { npy::load("/dev/null"); });
    files::refuses(here + "no/such.npy", "cannot be written: No such file", [] { npy::write(here + "no/such.npy", vector<float>(3)); });
    files::refuses("/dev/full", "cannot be written: No space", [] { npy::write("/dev/full", matrix<float>(1000, 1000)); });
}

BOOST_AUTO_TEST_CASE(no_prefix_is_taken_for_the_whole) {
    npy::write(path, matrix<float>(2, 3));
    auto const whole = files::contents(path);
    for (std::size_t n = 0; n < whole.size(); ++n) {
        files::write(path, whole.substr(0, n));
        BOOST_TEST(!files::refusal([] { npy::load(path); }).empty(), n << " bytes of the file are enough");
    }
}

/// Whatever is wrong, it is refused or read, and nothing else happens (see the build with sanitizers).
BOOST_AUTO_TEST_CASE(flipped_bits) {
    npy::write(path, matrix<float>(2, 3));
    auto const whole = files::contents(path);
    sinter::test::generator random(sinter::test::seed());
    int read = 0, refused = 0;
    for (int i = 0; i < 4000; ++i) {
        auto bytes = whole;
        for (int flips = 1 + i % 3; flips > 0; --flips)
            bytes[random.below(i % 2 ? 70 : bytes.size())] ^= static_cast<char>(1 << random.below(8));
        std::span<char const> const file(bytes);
        auto const said = files::refusal([&] { npy::array(sinter::detail::parse_npy(path, std::as_bytes(file))); });
        ++(said.empty() ? read : refused);
        if (!said.empty()) BOOST_TEST(said.starts_with(path + ": "));
    }
    BOOST_TEST(read > 100);             // in the elements, or in the spaces
    BOOST_TEST(refused > 1000);
}

BOOST_AUTO_TEST_SUITE_END()
