// SPDX-License-Identifier: BSL-1.0
// Scalar types of the user's: complex numbers, 50 digits, and one whose objects are counted.
#include "support/exact.hpp"

#include <boost/multiprecision/cpp_bin_float.hpp>

#include <complex>
#include <sstream>
#include <tuple>

namespace sinter::test {
namespace {

using complex = std::complex<float>;
using big = boost::multiprecision::cpp_bin_float_50;

static_assert(own_scalar<complex> && own_scalar<big>);
static_assert(!own_scalar<float> && !own_scalar<half> && !own_scalar<std::string> && !is_number<matrix<float>>);

/// Whole numbers, so that sums of products are exact.
template <class X>
void fill_complex(X& x, int seed) {
    for (auto& v : x) {
        seed = (seed * 61 + 17) % 1009;
        v = complex(static_cast<float>(seed % 11 - 5), static_cast<float>(seed % 7 - 3));
    }
}

BOOST_AUTO_TEST_CASE(of_complex_numbers) {
    for (auto [n, k, m] : {std::tuple{1, 1, 1}, {2, 0, 3}, {7, 3, 5}, {6, 100, 4}, {13, 9, 97}}) {
        matrix<complex> a(n, k), b(k, m), c(n, m);
        matrix<int> w(n, m);
        fill_complex(a, 1), fill_complex(b, 2), fill_complex(c, 3);
        for (auto& x : w) x = 3;
        auto const ab = [&, k = k](auto i, auto j) {
            complex s = 0;
            for (int q = 0; q < k; ++q) s += a(i, q) * b(q, j);
            return s;
        };
        complex const turn(0, 1);
        exact("product", matrix<complex>(n, m), a * b, ab);
        exact("transposed", matrix<complex>(m, n), transpose(a * b), [&](auto i, auto j) { return ab(j, i); });
        exact("elementwise", matrix<complex>(n, m), turn * c % c + w - 2,
              [&](auto i, auto j) { return turn * c(i, j) * c(i, j) + 1.0f; });
        exact("masks", matrix<bool>(n, m), equal(c, complex(1, 2)), [&](auto i, auto j) { return c(i, j) == complex(1, 2); });
        exact("rows", matrix<complex>(n, 1), sum(c, axis<1>, keep), [&, m = m](auto i, auto) {
            complex s = 0;
            for (int j = 0; j < m; ++j) s += c(i, j);
            return s;
        });
        for (auto& x : c) x = complex(x.real() > 0, x.real() <= 0);     // 1 or i
        exact("product of rows", matrix<complex>(n, 1), prod(c, axis<1>, keep), [&, m = m](auto i, auto) {
            complex p = 1;
            for (int j = 0; j < m; ++j) p *= c(i, j);
            return p;
        });
        complex all = 0;
        for (auto const& x : c) all += x;
        BOOST_TEST(complex(eval(sum(c))) == all);
    }
    static_assert(std::is_same_v<value_type_of<decltype(vector<float>() * complex(0, 1))>::type, complex>);
    static_assert(std::is_same_v<value_type_of<decltype(mean(vector<complex>() + vector<double>()))>::type, complex>);
    std::ostringstream out;
    out << vector<complex>{1, complex(0, 10)};
    BOOST_TEST(out.str() == "[ (1,0) (0,10)]");
}

BOOST_AUTO_TEST_CASE(of_fifty_digits) {
    std::size_t const n = 5, m = 7, d = 3;
    matrix<big> q(n, d), k(m, d), v(m, 2), o(n, 2);
    int i = 0;
    for (auto* x : {&q, &k, &v})
        for (auto& e : *x) e = big(i * i % 19 - 9) / 7, ++i;
    auto const e = softmax(q * transpose(k) / 2) * v;
    o = e;
    BOOST_TEST(allocations_of([&] { o = e; }).calls == 0u);
    big worst = 0;
    for (std::size_t r = 0; r < n; ++r)
        for (std::size_t c = 0; c < 2; ++c) {
            big z = 0, s = 0;
            for (std::size_t j = 0; j < m; ++j) {
                big score = 0;
                for (std::size_t p = 0; p < d; ++p) score += q(r, p) * k(j, p);
                z += exp(score / 2);
                s += exp(score / 2) * v(j, c);
            }
            big const off = abs(s / z - o(r, c));
            if (off > worst) worst = off;
        }
    BOOST_TEST(worst < big("1e-47"));
    big const largest = eval(amax(q)), root = eval(norm(q));
    BOOST_TEST((largest == big(8) / 7));
    big squares = 0;
    for (auto const& x : q) squares += x * x;
    BOOST_TEST(abs(root * root - squares) < big("1e-47"));
    BOOST_TEST(eval(argmax(q))() == 6);
}

/// A number whose objects are counted: each that is made must be destroyed, also those in the workspace.
class counted {
public:
    static inline long alive = 0;
    double value = 0;
    counted() { ++alive; }
    counted(double v) : value(v) { ++alive; }
    counted(counted const& o) : value(o.value) { ++alive; }
    counted& operator=(counted const&) = default;
    ~counted() { --alive; }
    friend counted operator+(counted const& a, counted const& b) { return a.value + b.value; }
    [[maybe_unused]] friend counted operator-(counted const& a, counted const& b) { return a.value - b.value; }
    friend counted operator*(counted const& a, counted const& b) { return a.value * b.value; }
    explicit operator double() const { return value; }
};

BOOST_AUTO_TEST_CASE(objects_are_made_and_destroyed) {
    {
        matrix<counted> a(9, 40), b(40, 9), moved;
        for (auto& x : a) x = 1;
        for (auto& x : b) x = 2;
        BOOST_TEST(counted::alive == 720);
        matrix<double> o(9, 9);
        o = a * b * (a * b);
        BOOST_TEST(counted::alive == 720);
        BOOST_TEST(o(8, 8) == 80 * 80 * 9);
        moved = std::move(a);
        b = moved;
        BOOST_TEST(counted::alive == 720);
    }
    BOOST_TEST(counted::alive == 0);
}

/// The least that is asked for.
class least {
public:
    int value = 0;
    constexpr least() = default;
    constexpr least(double v) : value(static_cast<int>(v)) {}
    friend constexpr least operator+(least a, least b) { return {double(a.value + b.value)}; }
    friend constexpr least operator-(least a, least b) { return {double(a.value - b.value)}; }
    friend constexpr least operator*(least a, least b) { return {double(a.value * b.value)}; }
};

constexpr int at_compile_time() {
    tensor<least, 2, 2> const a{{1, 2}, {3, 4}};
    tensor<least, 2, 2> const b = a * a - 1;
    return b(1, 0).value;
}
static_assert(at_compile_time() == 14);

/// What only asks whether something is 0 needs no order.
BOOST_AUTO_TEST_CASE(truths_of_numbers_without_order) {
    using complex = std::complex<float>;
    matrix<complex> const a{{1, complex(0, 1), 0}, {0, 2, 0}, {0, 0, 0}};
    vector<bool> const some = any(a, axis<1>), every = all(a, axis<0>), none = any(slice(a, range(0, 0)), axis<0>);
    BOOST_TEST((some(0) && some(1) && !some(2) && !every(0) && !every(2) && !none(0)));
    BOOST_TEST((eval(all(equal(a, a)))() && !eval(all(equal(a, transpose(a))))()));
    matrix<bool> const two_steps = product<or_and>(a, a);
    BOOST_TEST((two_steps(0, 0) && two_steps(0, 1) && !two_steps(1, 0) && !two_steps(2, 2)));
}

}  // namespace
}  // namespace sinter::test
