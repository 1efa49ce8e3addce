// SPDX-License-Identifier: BSL-1.0
// Where types meet the edges of what kernels take for granted: integers without infinity, lanes that do not exist, results
// of different types in one pass. The oracle is a plain loop.
#include <sinter/sinter.hpp>

#include <boost/multiprecision/cpp_int.hpp>
#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <complex>
#include <cstdint>
#include <functional>
#include <limits>
#include <type_traits>
#include <vector>

namespace sinter::test {
namespace {

using complex = std::complex<float>;
using rational = boost::multiprecision::cpp_rational;

/// The K largest of each row of negative numbers: 0 is larger than any, and must not be among them.
template <class T, int K>
void largest_of_negatives(std::size_t rows, std::size_t n) {
    matrix<T> x(rows, n), top(rows, std::size_t{K});
    matrix<std::int64_t> at(rows, std::size_t{K});
    std::uint32_t seed = 7;
    for (auto& v : x) v = static_cast<T>(-1 - static_cast<int>((seed = seed * 1664525u + 1013904223u) >> 25));
    tie(top, at) = topk<K>(x, axis<-1>);
    matrix<T> const down = eval(transpose(x)), top_down = eval(topk<K>(down, axis<0>).values);
    for (std::size_t r = 0; r < rows; ++r) {
        std::vector<T> row(x.data() + r * n, x.data() + (r + 1) * n);
        std::sort(row.begin(), row.end(), std::greater<T>());
        for (std::size_t k = 0; k < K; ++k) {
            BOOST_TEST(top(r, k) == row[k]);
            BOOST_TEST(top_down(k, r) == row[k]);
            BOOST_TEST((at(r, k) < static_cast<std::int64_t>(n) && x(r, static_cast<std::size_t>(at(r, k))) == row[k]));
        }
    }
}

BOOST_AUTO_TEST_CASE(largest_of_negative_integers) {
    vector<int> const three{-3, -1, -2};
    BOOST_TEST((eval(topk<2>(three).values) == vector<int>{-1, -2}));
    for (std::size_t n : {3, 8, 9, 17, 40}) {
        largest_of_negatives<std::int32_t, 3>(5, n);
        largest_of_negatives<std::int64_t, 2>(3, n);
    }
    vector<std::int64_t> const lowest{std::numeric_limits<std::int64_t>::min(), std::numeric_limits<std::int64_t>::min()};
    BOOST_TEST((eval(topk<2>(lowest).values) == lowest));
}

/// Sums of truths are truths, also where the same formula reads them.
BOOST_AUTO_TEST_CASE(truths_do_not_count) {
    matrix<bool> const a{{true, true}, {true, true}}, half{{true, false}, {true, true}};
    vector<bool> const u{true, false}, v{true, true};
    BOOST_TEST((eval(equal(a * a, a)) == a));
    BOOST_TEST(eval(sum(a * a))() == 4);
    BOOST_TEST(eval(sum(materialize(a * a)))() == 4);
    BOOST_TEST((eval(equal(u + v, v)) == v));
    BOOST_TEST((eval(sum(cast<float>(einsum<"ij,jk->ik">(half, half)), axis<1>)) == vector<float>{1, 2}));
    BOOST_TEST((eval(dot(v, v) + 0) == eval(cast<int>(dot(v, v)))));
    BOOST_TEST((eval(sum(v)) == eval(sum(cast<int>(v)))));     // but sums of their own count
}

/// Results of one pass are computed in one type, so results that are computed in different types are not made together.
BOOST_AUTO_TEST_CASE(results_of_different_types) {
    vector<int, 2> const x{16777217, 2};
    vector<float, 2> const half{0.5f, 0.5f};
    auto const both = together(sum(x), sum(half % x));
    static_assert(decltype(plan(both))::passes == 2);
    auto const [whole, rounded] = eval(both);
    BOOST_TEST((whole() == 16777219 && rounded() == 8388609));

    vector<int> const signs{-1, 2};
    auto const [least, most, modulo] = eval(together(amin(signs), amax(signs), sum(cast<std::uint64_t>(signs))));
    BOOST_TEST((least() == -1 && most() == 2 && modulo() == 1));

    vector<float> const f{1, 2, 4};
    vector<complex> const z{complex(0, 1), 2, complex(1, 1)};
    tensor<float> s, m;
    tensor<complex> c;
    tie(s, c, m) = together(sum(f), sum(f % z), amax(f));
    BOOST_TEST((s() == 7 && m() == 4 && c() == complex(8, 5)));
    static_assert(decltype(plan(together(sum(f), amax(f))))::passes == 1);
    static_assert(decltype(plan(together(sum(z), sum(z % z))))::passes == 1);
}

/// 64 bits do for 32 where they give the same: beside a sum, which has 64.
BOOST_AUTO_TEST_CASE(integers_of_two_sizes) {
    vector<int> const x{std::numeric_limits<int>::max(), -1, 3};
    auto const [wrapped, total, squares] = eval(together(amax(x + 1), sum(x), dot(x, x)));
    BOOST_TEST((wrapped() == 4 && total() == (std::int64_t{1} << 31) + 1 && squares() == 11));
    static_assert(decltype(plan(together(amax(x + 1), sum(x))))::passes == 2);      // 2³¹, or −2³¹
    static_assert(decltype(plan(together(amax(x), sum(x))))::passes == 2);          // of no elements: two numbers
    static_assert(decltype(plan(together(dot(x, x), sum(x))))::passes == 1);        // wraps around in either
    static_assert(decltype(plan(together(topk<2>(x))))::passes == 1);               // values and places
    vector<int, 3> const three = x;
    static_assert(decltype(plan(together(amax(three), sum(three))))::passes == 1);
    auto const [largest, all] = eval(together(dot(x, x), sum(x)));
    BOOST_TEST((largest() == 11 && all() == total()));
}

/// Each result may have a type of the user's of its own.
BOOST_AUTO_TEST_CASE(results_of_two_own_types) {
    vector<rational, 2> const q{rational(1, 3), rational(1, 6)};
    vector<complex, 2> const z{complex(0, 1), 2};
    tensor<complex> c;
    tensor<rational> r;
    vector<float, 2> const f{2, 3};
    tie(c, r) = together(sum(z % f), sum(q % f));
    BOOST_TEST((c() == complex(6, 2) && r() == rational(7, 6)));
    auto const both = together(sum(f % q), sum(f % z));
    static_assert(decltype(plan(both))::passes == 2);
    auto const [s, t] = eval(both);
    BOOST_TEST((s() == rational(7, 6) && t() == complex(6, 2)));
}

/// 0/0 of a type of the user's may throw: nothing is computed where there is no element.
BOOST_AUTO_TEST_CASE(own_types_have_no_lanes) {
    for (std::size_t n : {1, 2, 3, 5, 8}) {
        vector<rational> x(n), y(n), o(n);
        matrix<rational> a(n, n), b(n, n), p(n, n);
        rational quotients = 0;
        for (std::size_t i = 0; i < n; ++i) {
            x(i) = static_cast<int>(i) - 2, y(i) = static_cast<int>(i) + 1, quotients += x(i) / y(i);
            for (std::size_t j = 0; j < n; ++j) a(i, j) = static_cast<int>(i * j) - 3, b(i, j) = rational(1, static_cast<int>(i + j) + 1);
        }
        o = x / y;
        p = (a / b) * (b / (1 / b));
        tensor<rational> const s = sum(x / y), deviation = sum(x / y - sum(x / y) / static_cast<int>(n));
        BOOST_TEST((s() == quotients && deviation() == 0));
        std::size_t bad = 0;
        for (std::size_t i = 0; i < n; ++i) {
            bad += o(i) != x(i) / y(i);
            for (std::size_t j = 0; j < n; ++j) {
                rational sum = 0;
                for (std::size_t k = 0; k < n; ++k) sum += a(i, k) / b(i, k) * b(k, j) * b(k, j);
                bad += p(i, j) != sum;
            }
        }
        BOOST_TEST(bad == 0u);
    }
}

/// What numbers of the language give may be stored in a tensor of the user's own type.
BOOST_AUTO_TEST_CASE(stored_as_own) {
    for (std::size_t n : {1, 7, 8, 9, 33}) {
        vector<float> x(n), y(n);
        vector<int> k(n);
        for (std::size_t i = 0; i < n; ++i) x(i) = static_cast<float>(i), y(i) = 2, k(i) = static_cast<int>(i * i);
        vector<complex> o(n);
        vector<rational> r(n);
        matrix<complex> turned(n, 3);
        matrix<float> m(3, n);
        for (auto& v : m) v = static_cast<float>(&v - m.data());
        o = x + y;
        r = k - 1;
        turned = transpose(m) * 2;
        std::size_t bad = 0;
        for (std::size_t i = 0; i < n; ++i) {
            bad += o(i) != complex(x(i) + y(i)) || r(i) != rational(k(i) - 1);
            for (std::size_t j = 0; j < 3; ++j) bad += turned(i, j) != complex(2 * m(j, i));
        }
        BOOST_TEST(bad == 0u);
    }
}

/// Throws when one too many is made.
struct one_too_many {
    static inline int alive = 0, most = 0;
    one_too_many() {
        if (alive == most) throw most;
        ++alive;
    }
    one_too_many(one_too_many const&) { ++alive; }
    ~one_too_many() { --alive; }
};

BOOST_AUTO_TEST_CASE(elements_made_before_an_exception_are_destroyed) {
    alignas(one_too_many) unsigned char memory[8 * sizeof(one_too_many)];
    for (int most = 0; most < 8; ++most) {
        one_too_many::most = most;
        BOOST_CHECK_THROW(lower::constructed<one_too_many>(memory, 8), int);
        BOOST_TEST(one_too_many::alive == 0);
    }
    one_too_many::most = 8;
    {
        lower::constructed<one_too_many> const all(memory, 8);
        BOOST_TEST(one_too_many::alive == 8);
    }
    BOOST_TEST(one_too_many::alive == 0);
}

/// Places of floats are patterns of bits, of which there are 2³⁰. One number stands for all of a view, and none is read.
BOOST_AUTO_TEST_CASE(too_many_places) {
    float const one = 1;
    double const precise = 1;
    std::size_t const most = std::size_t{1} << 30, more = most + 1;
    view<float const, dyn, dyn> const long_rows(&one, {1, more}, {0, 0}), fits(&one, {1, most}, {0, 0});
    vector<std::int64_t> at{7};
    matrix<std::int64_t> places(1, 2);
    matrix<float> top(1, 2);
    BOOST_CHECK_THROW(at = argmax(long_rows, axis<1>), shape_error);
    BOOST_CHECK_THROW(tie(at) = together(argmin(long_rows, axis<1>)), shape_error);
    BOOST_CHECK_THROW(tie(top, places) = topk<2>(long_rows), shape_error);
    BOOST_CHECK_THROW(top = topk<2>(long_rows).values, shape_error);
    BOOST_TEST((at(0) == 7 && top(0, 0) == 0 && places(0, 0) == 0));

    auto const check = [](auto const& e) { lower::check_places<lower::kernel<std::remove_cvref_t<decltype(e)>>>(solve_extents(e).data()); };
    BOOST_CHECK_THROW(check(argmax(long_rows, axis<1>) + 1), shape_error);
    check(argmax(fits, axis<1>));
    check(topk<2>(fits).values);
    check(argmax(long_rows, axis<0>));
    check(amax(long_rows, axis<1>));
    check(argmax(view<double const, dyn>(&precise, {more}, {0})));
}

}  // namespace
}  // namespace sinter::test
