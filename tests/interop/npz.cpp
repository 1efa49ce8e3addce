// SPDX-License-Identifier: BSL-1.0
#include <sinter/interop/npz.hpp>
#include <sinter/sinter.hpp>

#include "interop/files.hpp"
#include "support/random.hpp"

#include <boost/test/unit_test.hpp>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

using sinter::dyn;
using sinter::matrix;
using sinter::tensor;
using sinter::vector;
using sinter::view;
namespace npz = sinter::npz;

namespace {

std::string const here = files::folder("npz").string() + "/";
std::string const path = here + "x.npz";

matrix<float> const w{{1, 2, 3}, {4, 5, 6}};

void write(bool compress) {
    npz::writer out(path, compress);
    out.add("w", w);
    out.add("turned", view<float const, dyn, dyn>(w.data(), {3, 2}, {1, 3}));
    out.add("zeros", tensor<std::int64_t, dyn, 100>(50));
    out.add("none", vector<double>(0));
    out.add("one", tensor<sinter::half>(sinter::half(2.5)));
    out.add("sums", sum(w, sinter::axis<1>));
    out.close();
}

/// Whether every array of the file is what it was; throws where one can't be read.
bool unchanged() {
    npz::reader const in(path);
    return in.read<float, dyn, 3>("w") == w && in.read<float, 3, 2>("turned")(2, 1) == 6 &&
           in.read<float, dyn>("sums") == vector<float>{6, 15} && in.read<std::int64_t, dyn, dyn>("zeros") == matrix<std::int64_t>(50, 100) && in.read<double, dyn>("none").empty() &&
           float(in.read<sinter::half>("one")()) == 2.5f;
}

std::uint32_t checksum(std::string const& bytes) {
    std::uint32_t c = ~0u;
    for (char const b : bytes) {
        c ^= static_cast<unsigned char>(b);
        for (int i = 0; i < 8; ++i) c = c >> 1 ^ (c & 1 ? 0xedb88320u : 0);
    }
    return ~c;
}

/// An archive of one member with this name and these bytes; `method` 0 is stored, 8 deflated.
std::string archive(std::string const& name, std::string const& bytes, std::size_t size, std::uint32_t sum, int method = 0) {
    auto const two = [](int x) { return files::bytes<std::uint16_t>(x); };
    auto const four = [](std::size_t x) { return files::bytes<std::uint32_t>(x); };
    auto const common = two(20) + two(0) + two(method) + two(0) + two(33) + four(sum) + four(bytes.size()) + four(size) +
                        two(int(name.size())) + two(0);
    auto const local = "PK\3\4" + common + name + bytes;
    auto const central = "PK\1\2" + two(20) + common + two(0) + two(0) + two(0) + four(0) + four(0) + name;
    return local + central + "PK\5\6" + two(0) + two(0) + two(1) + two(1) + four(central.size()) + four(local.size()) + two(0);
}

void refused(std::string const& text, std::string const& bytes) {
    files::write(path, bytes);
    files::refuses(path, text, [] { npz::reader(path).load("a"); });
}

}  // namespace

BOOST_AUTO_TEST_SUITE(interop_npz)

BOOST_AUTO_TEST_CASE(stored_and_deflated) {
    write(false);
    BOOST_TEST(unchanged());
    auto const stored = std::filesystem::file_size(path);
    write(true);
    BOOST_TEST(unchanged());
    BOOST_TEST(std::filesystem::file_size(path) < stored / 10);

    npz::reader in(path);
    BOOST_TEST((in.names() == std::vector<std::string>{"none", "one", "sums", "turned", "w", "zeros"}));
    npz::reader const moved = std::move(in);
    BOOST_TEST((moved.contains("w") && !moved.contains("w.npy")));
    auto const a = moved.load("w");
    BOOST_TEST((a.holds<float>() && a.as<float, dyn, dyn>() == w));
}

BOOST_AUTO_TEST_CASE(nothing_before_close) {
    std::filesystem::remove(path);
    { npz::writer(path).add("w", w); }
    BOOST_TEST(!std::filesystem::exists(path));
    npz::writer twice(path);
    twice.add("w", w);
    files::refuses(path, "already", [&] { twice.add("w", w); });
    twice.close();
    files::refuses(path, "cannot be written: it is closed already", [&] { twice.close(); });
    files::refuses(path, "cannot be written: it is closed already", [&] { twice.add("v", w); });
    BOOST_TEST((npz::reader(path).names() == std::vector<std::string>{"w"}));
    files::refuses(here + "no/such.npz", "cannot be written", [] {
        npz::writer out(here + "no/such.npz");
        out.add("w", w);
        out.close();
    });
}

BOOST_AUTO_TEST_CASE(bad_files) {
    sinter::npy::write(path, vector<float>{1});
    auto const npy = files::contents(path);
    auto const sum = checksum(npy);
    files::write(path, archive("a.npy", npy, npy.size(), sum));
    BOOST_TEST((files::refusal([] { npz::reader(path).load("a"); }) == ""));
    refused("array 'a': cannot be unpacked: CRC", archive("a.npy", npy, npy.size(), sum + 1));
    refused("cannot be as large as the archive says", archive("a.npy", npy, 4'000'000'000u, sum, 8));
    std::string const undeflated(100, '\xff');
    refused("array 'a': cannot be unpacked: Zlib", archive("a.npy", undeflated, 1000, 0, 8));
    refused("array 'a': cannot be read: Compression method", archive("a.npy", npy, npy.size(), sum, 77));
    refused("has no array 'a'", archive("b.npy", npy, npy.size(), sum));
    refused("array 'a': is not a .npy file", archive("a", "text", 4, checksum("text")));
    npz::writer out(path);
    out.add("a", w);
    out.add("b", w);
    files::refuses(path, "cannot be written: 'b': File already exists", [&] { out.add("b", w); });
    out.close();
    int failed = 0;
    zip_t* const renamed = zip_open(path.c_str(), 0, &failed);
    BOOST_TEST((zip_file_rename(renamed, 1, "a", 0) == 0 && zip_close(renamed) == 0));      // "a.npy" is "a" as well
    refused("has 'a' twice", files::contents(path));
    refused("cannot be read", "");
    refused("cannot be read", "text");
    files::refuses(here + "nowhere.npz", "cannot be read: No such file", [] { npz::reader(here + "nowhere.npz"); });
    write(false);
    files::refuses(path + ": array 'w'", "has shape (2,3), expected (?,2)", [] { npz::reader(path).read<float, dyn, 2>("w"); });
    files::refuses(path + ": array 'w'", "expected int32", [] { npz::reader(path).read<int, dyn, dyn>("w"); });
}

BOOST_AUTO_TEST_CASE(no_prefix_is_taken_for_the_whole) {
    write(true);
    auto const whole = files::contents(path);
    for (std::size_t n = 0; n < whole.size(); n += 1 + n % 3) {
        files::write(path, whole.substr(0, n));
        BOOST_TEST(!files::refusal(&unchanged).empty(), n << " bytes of the file are enough");
    }
}

/// Whatever is wrong, it is refused, or it was nothing that matters: checksums see to it.
BOOST_AUTO_TEST_CASE(flipped_bits) {
    write(true);
    auto const whole = files::contents(path);
    sinter::test::generator random(sinter::test::seed());
    int refused = 0;
    for (int i = 0; i < 600; ++i) {
        auto bytes = whole;
        bytes[random.below(bytes.size())] ^= static_cast<char>(1 << random.below(8));
        files::write(path, bytes);
        bool same = true;
        auto const said = files::refusal([&] { same = unchanged(); });
        BOOST_TEST(same);
        refused += !said.empty();
    }
    BOOST_TEST(refused > 100);
}

BOOST_AUTO_TEST_SUITE_END()
