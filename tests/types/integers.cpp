// SPDX-License-Identifier: BSL-1.0
// Formulas of integers alone are exact: compared with plain loops in 64 and 128 bits, never with the oracle's doubles.
#include "support/exact.hpp"
#include "support/random.hpp"

#include <cstdint>
#include <tuple>

namespace sinter::test {
namespace {

using i8 = std::int8_t;
using i32 = std::int32_t;
using i64 = std::int64_t;
using u32 = std::uint32_t;
using u64 = std::uint64_t;
__extension__ using wide = __int128;

/// All bits of T, also where they overflow.
template <class X>
void fill_bits(X& x, generator& g) {
    for (auto& v : x) v = static_cast<std::remove_reference_t<decltype(v)>>(g());
}

template <class A, class B>
auto product_of(A const& a, B const& b) {
    return [&a, &b](std::size_t i, std::size_t j) {
        wide sum = 0;
        for (std::size_t k = 0; k < a.extent(1); ++k) sum += wide(a(i, k)) * wide(b(k, j));
        return sum;
    };
}

struct sizes { std::size_t n, k, m; };
constexpr sizes volumes_of_integers[] = {{1, 1, 1}, {5, 0, 7}, {7, 3, 15}, {6, 17, 16}, {13, 31, 17}, {12, 70, 33}};

template <class T>
void products() {
    generator g(seed());
    using R = typename value_type_of<decltype(matrix<T>() * matrix<T>())>::type;
    for (auto [n, k, m] : volumes_of_integers) {
        matrix<T> a(n, k), b(k, m), bt(m, k);
        fill_bits(a, g);
        fill_bits(b, g);
        bt = transpose(b);
        auto const want = product_of(a, b);
        exact("A*B", matrix<R>(n, m), a * b, want);
        exact("A*BT", matrix<R>(n, m), a * transpose(bt), want);
    }
}

BOOST_AUTO_TEST_CASE(of_small_integers_have_32_bits) {
    static_assert(std::is_same_v<value_type_of<decltype(matrix<i8>() * matrix<i8>())>::type, i32>);
    static_assert(std::is_same_v<value_type_of<decltype(matrix<std::uint16_t>() * matrix<std::uint16_t>())>::type, i32>);
    products<i8>();
}
BOOST_AUTO_TEST_CASE(of_32_bits_wrap_around) { products<i32>(); }
BOOST_AUTO_TEST_CASE(of_64_bits) { products<i64>(); }
BOOST_AUTO_TEST_CASE(without_sign) { products<u64>(); }
// Of 64 bits, and none of the types above where these are long.
BOOST_AUTO_TEST_CASE(of_long_long) {
    products<long long>();
    products<unsigned long long>();
}

/// 49 · (1/49) is less than 1.
BOOST_AUTO_TEST_CASE(quotients_of_sums_are_exact) {
    matrix<i32> const a{{7}}, b{{7}}, parts{{40, 9}};
    BOOST_TEST(eval(floor((a * b) / 49))(0, 0) == 1);
    BOOST_TEST(eval(cast<int>(sum(parts, axis<1>) / 49))(0) == 1);
    BOOST_TEST(eval(mean(parts, axis<1>))(0) == 24.5);
}

BOOST_AUTO_TEST_CASE(beyond_the_digits_of_double) {
    generator g(seed());
    for (std::size_t m : {1, 3, 4, 5, 15, 16, 17, 100}) {
        matrix<i64> a(3, m), b(3, m);
        fill_bits(a, g);
        fill_bits(b, g);
        for (auto& v : a) v >>= 2;
        for (auto& v : b) v >>= 2;
        exact("a - b + 1", matrix<i64>(3, m), a - b + 1, [&](auto i, auto j) { return a(i, j) - b(i, j) + 1; });
        exact("a % 3", matrix<i64>(3, m), a % 3, [&](auto i, auto j) { return wide(a(i, j)) * 3; });
        exact("max |a|", matrix<i64>(3, m), max(abs(a), -b),
              [&](auto i, auto j) { return std::max(a(i, j) < 0 ? -a(i, j) : a(i, j), -b(i, j)); });
        exact("clamp", matrix<i64>(3, m), clamp(a, b, i64(1) << 60),
              [&](auto i, auto j) { return std::min(std::max(a(i, j), b(i, j)), i64(1) << 60); });
        exact("a < b", matrix<bool>(3, m), a < a + (b > 0), [&](auto i, auto j) { return b(i, j) > 0; });
        exact("where", matrix<i64>(3, m), where(coord<-1> <= coord<-2>, sign(a), square(b)),
              [&](auto i, auto j) { return j <= i ? wide((a(i, j) > 0) - (a(i, j) < 0)) : wide(b(i, j)) * b(i, j); });
        exact("places in columns", matrix<i64>(m, 1), expand<1>(argmax(transpose(a), axis<1>)), [&](auto i, auto) {
            std::size_t p = 0;
            for (std::size_t r = 1; r < 3; ++r) p = a(r, i) > a(p, i) ? r : p;
            return i64(p);
        });
        auto const sums = [&](auto i, auto) { wide s = 0; for (std::size_t j = 0; j < m; ++j) s += a(i, j); return s; };
        exact("sum of rows", matrix<i64>(3, 1), sum(a, axis<1>, keep), sums);
        exact("sum of columns", matrix<i64>(1, m), sum(a, axis<0>, keep),
              [&](auto, auto j) { return wide(a(0, j)) + a(1, j) + a(2, j); });
        exact("product", matrix<i64>(1, m), prod(a, axis<0>, keep),
              [&](auto, auto j) { return u64(a(0, j)) * u64(a(1, j)) * u64(a(2, j)); });
    }
}

BOOST_AUTO_TEST_CASE(places_of_neighbours) {
    i64 const large = i64(1) << 62;
    for (std::size_t n : {1, 2, 7, 8, 9, 16, 17, 40}) {
        for (std::size_t at = 0; at < n; ++at) {
            vector<i64> x(n);
            for (auto& v : x) v = large;
            x(at) = large + 1;
            if (at + 3 < n) x(at + 3) = large + 1;
            BOOST_TEST(i64(eval(argmax(x))) == i64(at));
            BOOST_TEST(i64(eval(amax(x))) == large + 1);
            BOOST_TEST(i64(eval(argmin(-x))) == i64(at));
            matrix<i64> y(n, 3);
            y = expand<1>(x) + expand<0>(vector<i64>{0, 2, 1});
            BOOST_TEST(i64(eval(argmax(y))) == i64(3 * at + 1));
            BOOST_TEST(eval(argmax(y, axis<0>))(1) == i64(at));
        }
        vector<i64> least(n);
        for (auto& v : least) v = std::numeric_limits<i64>::min();
        BOOST_TEST(i64(eval(argmax(least))) == 0);
        BOOST_TEST(i64(eval(amax(least))) == std::numeric_limits<i64>::min());
    }
}

BOOST_AUTO_TEST_CASE(types_in_between) {
    generator g(seed());
    for (std::size_t m : {1, 7, 8, 9, 16, 31, 33}) {
        matrix<i8> a(4, m), b(4, m);
        matrix<u32> u(4, m);
        matrix<u64> w(4, m);
        matrix<i32> x(4, m);
        fill_bits(a, g), fill_bits(b, g), fill_bits(u, g), fill_bits(w, g), fill_bits(x, g);
        exact("stored as int8", matrix<i8>(4, m), a + b, [&](auto i, auto j) { return a(i, j) + b(i, j); });
        exact("stored as int32", matrix<i32>(4, m), a % b, [&](auto i, auto j) { return a(i, j) * b(i, j); });
        exact("stored as float", matrix<float>(4, m), a % b, [&](auto i, auto j) { return a(i, j) * b(i, j); });
        exact("cast", matrix<i32>(4, m), cast<i8>(x), [&](auto i, auto j) { return i8(x(i, j)); });
        exact("cast to unsigned", matrix<i64>(4, m), cast<u32>(x), [&](auto i, auto j) { return u32(x(i, j)); });
        exact("u32", matrix<bool>(4, m), u > 1u << 31, [&](auto i, auto j) { return u(i, j) > 1u << 31; });
        exact("u64", matrix<bool>(4, m), w > u64(1) << 63, [&](auto i, auto j) { return w(i, j) > u64(1) << 63; });
        exact("least u64", matrix<u64>(4, 1), amin(w, axis<1>, keep), [&](auto i, auto) {
            u64 least = w(i, 0);
            for (std::size_t j = 0; j < m; ++j) least = std::min(least, w(i, j));
            return least;
        });
        exact("counts", matrix<i64>(4, 1), sum(x > 0, axis<1>, keep), [&](auto i, auto) {
            i64 n = 0;
            for (std::size_t j = 0; j < m; ++j) n += x(i, j) > 0;
            return n;
        });
        exact("any, all", matrix<bool>(4, 1), any(x > 0, axis<1>, keep) && !all(x > 0, axis<1>, keep), [&](auto i, auto) {
            bool some = false, other = false;
            for (std::size_t j = 0; j < m; ++j) (x(i, j) > 0 ? some : other) = true;
            return some && other;
        });
        exact("own function", matrix<i32>(4, m), map([](auto p, auto q) { return (p ^ q) - p; }, x, a),
              [&](auto i, auto j) { return u32(x(i, j) ^ a(i, j)) - u32(x(i, j)); });
        exact("columns", matrix<i32>(m, 4), transpose(x) + 1, [&](auto i, auto j) { return wide(x(j, i)) + 1; });
        exact("every second", matrix<i32>(2, m), slice(x, range(0, 4, by<2>)) + 1, [&](auto i, auto j) { return wide(x(2 * i, j)) + 1; });
        exact("quotients are double", matrix<double>(4, m), x / (a % a + 1),
              [&](auto i, auto j) { return double(x(i, j)) / (a(i, j) * a(i, j) + 1); });
    }
}

BOOST_AUTO_TEST_CASE(shortest_paths) {
    generator g(seed());
    for (auto [n, k, m] : volumes_of_integers) {
        if (k == 0) continue;
        matrix<i32> a(n, k), b(k, m);
        fill_bits(a, g), fill_bits(b, g);
        for (auto& v : a) v /= 4;
        for (auto& v : b) v /= 4;
        exact("min-plus", matrix<i32>(n, m), amin(expand<2>(a) + expand<0>(b), axis<1>), [&, k = k](auto i, auto j) {
            i32 best = a(i, 0) + b(0, j);
            for (std::size_t q = 0; q < k; ++q) best = std::min(best, a(i, q) + b(q, j));
            return best;
        });
    }
}

constexpr bool at_compile_time() {
    tensor<i64, 2, 2> a{{i64(1) << 60, 3}, {-5, 7}};
    tensor<i64, 2, 2> const b = a * a + 1;
    tensor<i8, 2> const c{-128, 127};
    tensor<i32, 2> const d = c % c;
    tensor<i64> const place = argmax(a - 1);
    return b(1, 1) == 35 && b(0, 0) == -14 && d(0) == 16384 && place() == 0 && tensor<i64>(sum(c))() == -1;
}
static_assert(at_compile_time());

}  // namespace
}  // namespace sinter::test
