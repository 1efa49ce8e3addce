// SPDX-License-Identifier: BSL-1.0
// Loads, stores, conversions and transpositions, beside a page that may not be touched.
#define BOOST_TEST_MODULE simd.memory
#include <sinter/simd/simd.hpp>

#include <boost/test/included/unit_test.hpp>

#include <sys/mman.h>

#include <algorithm>
#include <cstdint>
#include <tuple>
#include <vector>

namespace {
namespace s = sinter::simd;

/// A page of memory between two that end the program when touched.
struct fenced_page {
    static constexpr std::size_t size = 4096;
    char* all = static_cast<char*>(mmap(nullptr, 3 * size, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
    fenced_page() { BOOST_REQUIRE(mprotect(all + size, size, PROT_READ | PROT_WRITE) == 0); }
    ~fenced_page() { munmap(all, 3 * size); }
    template <class T> T* begin() const { return reinterpret_cast<T*>(all + size); }
    template <class T> T* end() const { return reinterpret_cast<T*>(all + 2 * size); }
};

template <class V, class T = s::element_t<V>>
std::vector<T> lanes_of(V const& x) {
    std::vector<T> v(s::width<T>);
    s::store(v.data(), x);
    return v;
}
}  // namespace

using numbers = std::tuple<float, double, std::int32_t, std::int64_t, std::uint64_t>;
using floats = std::tuple<float, double>;

BOOST_AUTO_TEST_CASE_TEMPLATE(parts_at_both_edges, T, numbers) {
    fenced_page page;
    constexpr int w = s::width<T>;
    for (int n = 0; n <= w; ++n)
        for (T* p : {page.begin<T>(), page.end<T>() - n}) {
            for (int i = 0; i < n; ++i) p[i] = T(i + 1);
            auto const x = s::load_first(p, n);
            auto const got = lanes_of(x);
            for (int i = 0; i < w; ++i) BOOST_TEST(got[i] == (i < n ? T(i + 1) : T(0)));
            s::store_first(p, s::broadcast(T(-7)), n);
            for (int i = 0; i < n; ++i) BOOST_TEST(p[i] == T(-7));
        }
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_part_leaves_the_rest, T, numbers) {
    constexpr int w = s::width<T>;
    for (int n = 0; n <= w; ++n) {
        std::vector<T> v(2 * w, T(5));
        s::store_first(v.data(), s::iota<T>(), n);
        for (int i = 0; i < 2 * w; ++i) BOOST_TEST(v[i] == (i < n ? T(i) : T(5)));
    }
}

BOOST_AUTO_TEST_CASE_TEMPLATE(strides, T, numbers) {
    fenced_page page;
    constexpr int w = s::width<T>;
    for (int stride : {-3, -1, 0, 1, 2, 5})
        for (int n = 0; n <= w; ++n) {
            T* const p = stride < 0 ? page.end<T>() - 1 : page.end<T>() - (n == 0 ? 0 : (n - 1) * stride + 1);
            for (int i = 0; i < n; ++i) p[i * stride] = T(i + 1);
            auto const got = lanes_of(s::load_strided(p, stride, n));
            for (int i = 0; i < w; ++i) BOOST_TEST(got[i] == (i < n ? (stride == 0 ? T(n) : T(i + 1)) : T(0)));
            if (stride == 0) continue;
            s::store_strided(p, stride, s::iota<T>(), n);
            for (int i = 0; i < n; ++i) BOOST_TEST(p[i * stride] == T(i));
        }
}

template <class T, class U>
void check_conversion() {
    fenced_page page;
    constexpr int w = s::width<T>;
    for (int n = 0; n <= w; ++n) {
        U* const p = page.end<U>() - n;
        for (int i = 0; i < n; ++i) p[i] = static_cast<U>(i % 3 == 1 ? 0 : std::is_signed_v<U> ? i * 3 - 20 : i * 3);
        auto const x = s::load_first_as<T>(p, n), y = s::load_strided_as<T>(p, 1, n);
        auto const got = lanes_of(x), got_strided = lanes_of(y);
        for (int i = 0; i < w; ++i) BOOST_TEST((got[i] == (i < n ? T(p[i]) : T(0)) && got_strided[i] == got[i]));
        U out[w + 1], out_strided[2 * w + 1];
        std::fill_n(out, w + 1, U(1));
        std::fill_n(out_strided, 2 * w + 1, U(1));
        s::store_first_as(out, x, n);
        s::store_strided_as(out_strided, 2, x, n);
        for (int i = 0; i <= w; ++i) BOOST_TEST(out[i] == (i < n ? p[i] : U(1)));
        for (int i = 0; i < n; ++i) BOOST_TEST((out_strided[2 * i] == p[i] && out_strided[2 * i + 1] == U(1)));
    }
}

BOOST_AUTO_TEST_CASE_TEMPLATE(conversions, T, floats) {
    check_conversion<T, bool>();
    check_conversion<T, std::int8_t>(); check_conversion<T, std::uint8_t>();
    check_conversion<T, std::int16_t>(); check_conversion<T, std::uint16_t>();
    check_conversion<T, std::int32_t>(); check_conversion<T, std::uint32_t>();
    check_conversion<T, std::int64_t>(); check_conversion<T, std::uint64_t>();
    check_conversion<T, float>(); check_conversion<T, double>();
}

BOOST_AUTO_TEST_CASE(conversions_of_integers) {
    check_conversion<std::int32_t, bool>(); check_conversion<std::int32_t, std::int8_t>();
    check_conversion<std::int32_t, std::uint16_t>(); check_conversion<std::int64_t, std::int8_t>();
    check_conversion<std::int64_t, std::int32_t>(); check_conversion<std::int64_t, std::uint32_t>();
    check_conversion<std::uint64_t, std::uint8_t>(); check_conversion<std::int32_t, float>();
}

BOOST_AUTO_TEST_CASE_TEMPLATE(truncation_and_truth, T, floats) {
    constexpr int w = s::width<T>;
    std::int32_t whole[w];
    bool truth[w];
    s::store_as(whole, s::iota<T>() * s::broadcast(T(-0.75)));
    s::store_as(truth, s::iota<T>() * s::broadcast(T(0.25)));
    for (int i = 0; i < w; ++i) {
        BOOST_TEST(whole[i] == static_cast<int>(T(-0.75) * T(i)));
        BOOST_TEST(truth[i] == (i != 0));
    }
}

BOOST_AUTO_TEST_CASE_TEMPLATE(transpositions, T, numbers) {
    fenced_page page;
    constexpr int w = s::width<T>;
    for (int rows = 0; rows <= w; ++rows)
        for (int cols = 0; cols <= w; ++cols) {
            T* const in = page.end<T>() - rows * cols;                  // exactly as large as it must be
            for (int i = 0; i < rows * cols; ++i) in[i] = T(i + 1);
            std::vector<T> out(w * (w + 1), T(-1));
            s::transpose<T>(in, cols, out.data(), w + 1, rows, cols);
            for (int c = 0; c < w; ++c)
                for (int r = 0; r <= w; ++r)
                    if (c * (w + 1) + r < static_cast<int>(out.size()) && !(r == w))
                        BOOST_TEST(out[c * (w + 1) + r] == (r < rows && c < cols ? in[r * cols + c] : T(-1)));
        }
}
