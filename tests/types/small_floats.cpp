// SPDX-License-Identifier: BSL-1.0
// Floats of 16 bits: how they round, one by one and in registers, and formulas of them.
#include "support/verify.hpp"

#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <sstream>
#include <tuple>

namespace sinter::test {
namespace {

using small_types = std::tuple<half, bfloat16>;

static_assert(half(65519.0) == 65504.0f && float(half(65520.0)) == std::numeric_limits<float>::infinity());
static_assert(half(0x1p-25) == 0.0f && half(0x1.8p-25) == 0x1p-24f && half(0x1p-24) == std::numeric_limits<half>::denorm_min());
static_assert(half(2049) == 2048.0f && half(2051) == 2052.0f && half(0x1.002p0 + 0x1p-40) == 0x1.004p0f);
static_assert(bfloat16(0x1.01p0) == 1.0f && bfloat16(0x1.03p0) == 0x1.04p0f && bfloat16(3.4e38f) == INFINITY);
static_assert(std::numeric_limits<half>::max() == 65504.0f && std::numeric_limits<half>::min() == 0x1p-14f);
static_assert(std::numeric_limits<bfloat16>::epsilon() == 0x1p-7f && std::numeric_limits<half>::epsilon() == 0x1p-10f);
static_assert(std::is_trivially_copyable_v<half> && sizeof(bfloat16) == 2);

template <class T> double exponent_range = std::is_same_v<T, half> ? -14 : -126;

/// x rounded by the definition: to a multiple of the last place, as the machine rounds whole doubles.
template <class T>
double reference(double x) {
    if (std::isnan(x) || std::isinf(x) || x == 0) return x;
    int const power = std::max(std::ilogb(x), static_cast<int>(exponent_range<T>));
    double const place = std::ldexp(1.0, power - std::numeric_limits<T>::digits + 1);
    double const y = std::nearbyint(x / place) * place;
    return std::fabs(y) > double(std::numeric_limits<T>::max()) ? std::copysign(INFINITY, x) : y;
}

bool agree(double a, double b) { return (std::isnan(a) && std::isnan(b)) || (a == b && std::signbit(a) == std::signbit(b)); }

BOOST_AUTO_TEST_CASE_TEMPLATE(all_of_them, T, small_types) {
    constexpr int w = simd::width<float>;
    int bad = 0;
    for (int b = 0; b < 65536; b += w) {
        T in[w], out[w];
        for (int i = 0; i < w; ++i) in[i] = T::from_bits(static_cast<std::uint16_t>(b + i));
        auto const x = simd::load_as<float>(in);
        float got[w];
        simd::store(got, x);
        simd::store_as(out, x);
        for (int i = 0; i < w; ++i) {
            bad += !agree(got[i], float(in[i])) || (!std::isnan(got[i]) && out[i].bits() != in[i].bits());
            bad += !std::isnan(got[i]) && T(got[i]).bits() != in[i].bits();
            bad += std::isnan(got[i]) && !std::isnan(float(out[i]));
        }
    }
    BOOST_TEST(bad == 0);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(rounding, T, small_types) {
    constexpr int w = simd::width<float>;
    constexpr std::uint32_t middle = std::is_same_v<T, half> ? 0x1000 : 0x8000;
    int bad = 0;
    for (std::uint64_t b = 0; b < 1ull << 32; b += 1021 * w) {
        float in[w];
        T out[w];
        for (int i = 0; i < w; ++i) {
            auto const u = static_cast<std::uint32_t>(b + 1021u * unsigned(i));
            // every second one half-way between two, or next to it
            in[i] = std::bit_cast<float>(i % 2 ? u : (u & ~(2 * middle - 1)) + middle + unsigned(i % 3) - 1u);
        }
        simd::store_as(out, simd::load(in));
        for (int i = 0; i < w; ++i) {
            bad += !agree(out[i], reference<T>(in[i]));
            bad += !agree(T(in[i]), reference<T>(in[i]));
        }
    }
    BOOST_TEST(bad == 0);
    double const once = 1 + double(std::numeric_limits<T>::epsilon()) / 2 + 0x1p-40;    // not half-way, but as a float
    BOOST_TEST(float(T(once)) > 1);
    T two[simd::width<double>];
    simd::store_as(two, simd::broadcast(once));
    BOOST_TEST(float(two[0]) > 1);
}

template <class T>
closeness near_small(double size = 1) { return {0.51 * double(std::numeric_limits<T>::epsilon()) * size + 2e-5}; }

BOOST_AUTO_TEST_CASE_TEMPLATE(formulas, T, small_types) {
    generator g(seed());
    for (auto [n, m, d] : {std::tuple{1, 1, 1}, {7, 9, 5}, {16, 97, 8}, {33, 100, 17}}) {
        auto q = make<matrix<T>>(g, -1, 1, n, d), k = make<matrix<T>>(g, -1, 1, m, d), v = make<matrix<T>>(g, -1, 1, m, d);
        verify("attention", softmax(q * transpose(k) / 3) * v, matrix<T>(n, d), near_small<T>());
        verify("product", q * transpose(k), matrix<float>(n, m), near<float>(std::size_t(d)));
        verify("AT*B", transpose(k) * v, matrix<T>(d, d), near_small<T>());
        verify("rows", exp(q) + sum(q, axis<1>, keep) * 0.1, matrix<T>(n, d), near_small<T>(1.1));
        verify("columns", transpose(q) + 1, matrix<T>(d, n), near_small<T>());
        verify("vector", k * row(q, 0), vector<T>(m), near_small<T>());
    }
}

static_assert(std::is_same_v<value_type_of<decltype(matrix<half>() * matrix<half>())>::type, half>);
static_assert(std::is_same_v<value_type_of<decltype(sum(vector<half>() * 2.0))>::type, half>);
static_assert(std::is_same_v<value_type_of<decltype(vector<half>() + vector<bfloat16>())>::type, float>);
static_assert(std::is_same_v<value_type_of<decltype(vector<half>() + vector<float>())>::type, float>);
static_assert(std::is_same_v<value_type_of<decltype(vector<bfloat16>() + vector<int>())>::type, bfloat16>);
static_assert(std::is_same_v<value_type_of<decltype(vector<float>() * half(2))>::type, float>);
static_assert(std::is_same_v<value_type_of<decltype(map([](auto x) { return x * x; }, vector<half>()))>::type, half>);

BOOST_AUTO_TEST_CASE(sums_and_numbers_are_floats_inside) {
    vector<half> x(5000);
    x.fill(1);
    BOOST_TEST(float(half(eval(sum(x)))) == 5000);              // halves alone would stop at 2048
    vector<half> y = x * 0.1f * 10;                             // 0.1 is not rounded to a half
    BOOST_TEST(float(y(4)) == 1);
    BOOST_TEST(float(eval(cast<half>(vector<float>{2049, 0.1f}) * 1)(0)) == 2048);
}

BOOST_AUTO_TEST_CASE(as_elements) {
    vector<half> const x{0.1f, 2, -0.5, 1e6};
    std::ostringstream out;
    out << x << x(1);
    BOOST_TEST(out.str() == "[ 0.1  2.  -0.5  inf]2");
    BOOST_TEST((x == vector<float>{half(0.1), 2, -0.5, INFINITY}));
    BOOST_TEST(float(x(0)) != 0.1f);
}

constexpr float at_compile_time() {
    tensor<half, 2, 2> const a{{1, 2}, {3, 4}};
    tensor<half, 2, 2> const b = a * a / 3;
    return b(1, 1);
}
static_assert(at_compile_time() == half(22.0 / 3));

}  // namespace
}  // namespace sinter::test
