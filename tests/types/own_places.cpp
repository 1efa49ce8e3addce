// SPDX-License-Identifier: BSL-1.0
// Places, masks and orders beside scalar types of the user's that can do little: complex numbers have no order, cpp_int no
// floor and no infinity, a dual number has + - * /, < and == and converts to nothing.
#include "support/exact.hpp"

#include <boost/multiprecision/cpp_int.hpp>

#include <algorithm>
#include <cmath>
#include <complex>
#include <limits>
#include <tuple>
#include <vector>

namespace sinter::test {
namespace {

using complex = std::complex<float>;
using integer = boost::multiprecision::cpp_int;

class dual {
public:
    double value = 0, slope = 0;
    constexpr dual() = default;
    constexpr dual(double v, double s = 0) : value(v), slope(s) {}
    friend constexpr dual operator+(dual a, dual b) { return {a.value + b.value, a.slope + b.slope}; }
    friend constexpr dual operator-(dual a, dual b) { return {a.value - b.value, a.slope - b.slope}; }
    friend constexpr dual operator*(dual a, dual b) { return {a.value * b.value, a.slope * b.value + a.value * b.slope}; }
    [[maybe_unused]] friend constexpr dual operator/(dual a, dual b) {
        return {a.value / b.value, (a.slope * b.value - a.value * b.slope) / (b.value * b.value)};
    }
    friend constexpr bool operator<(dual a, dual b) { return a.value < b.value; }
    friend constexpr bool operator==(dual a, dual b) { return a.value == b.value && a.slope == b.slope; }
};

/// One that cannot even be compared.
class incomparable {
public:
    double value = 0;
    incomparable() = default;
    incomparable(double v) : value(v) {}
    incomparable(int v) : value(v) {}       // beside the other one: a long has no best match
    friend incomparable operator+(incomparable a, incomparable b) { return {a.value + b.value}; }
    [[maybe_unused]] friend incomparable operator-(incomparable a, incomparable b) { return {a.value - b.value}; }
    [[maybe_unused]] friend incomparable operator*(incomparable a, incomparable b) { return {a.value * b.value}; }
};
bool same(incomparable a, double b) { return a.value == b; }

template <class T> T number(int a, int b) { return T(a * 16 + b); }
template <> complex number<complex>(int a, int b) { return {static_cast<float>(a), static_cast<float>(b)}; }
template <> dual number<dual>(int a, int b) { return {static_cast<double>(a), static_cast<double>(b)}; }

/// Whole numbers, so that sums are exact.
template <class X>
void fill_whole(X& x, int seed) {
    for (auto& v : x) {
        seed = (seed * 61 + 17) % 1009;
        v = number<std::remove_cvref_t<decltype(v)>>(seed % 11 - 5, seed % 7 - 3);
    }
}

constexpr std::tuple<int, int> sizes[] = {{1, 1}, {2, 3}, {7, 5}, {4, 63}, {3, 64}, {3, 65}, {2, 200}, {130, 3}};

/// What needs no order of the type.
template <class T>
void rearranged() {
    for (auto [n, m] : sizes) {
        matrix<T> a(n, m), b(n, m);
        matrix<float> w(n, m);
        matrix<bool> flags(n, m);
        fill_whole(a, 1), fill_whole(b, 2);
        for (std::size_t i = 0; i < w.size(); ++i) w.data()[i] = static_cast<float>(i * 7 % 5) - 2, flags.data()[i] = i % 3 == 0;
        T const none(0);
        exact("joined", matrix<T>(2 * n, m), concatenate<0>(a, b), [&, n = n](auto i, auto j) { return i < static_cast<std::size_t>(n) ? a(i, j) : b(i - static_cast<std::size_t>(n), j); });
        exact("padded", matrix<T>(n, m + 3), pad<1>(a, 1, 2, 7), [&, m = m](auto i, auto j) {
            return j < 1 || j > static_cast<std::size_t>(m) ? T(7) : a(i, j - 1);
        });
        exact("sums so far", matrix<T>(n, m), cumsum<1>(a), [&](auto i, auto j) {
            T s(0);
            for (std::size_t k = 0; k <= j; ++k) s = T(s + a(i, k));
            return s;
        });
        exact("sums of columns so far", matrix<T>(n, m), cumsum<0>(a), [&](auto i, auto j) {
            T s(0);
            for (std::size_t k = 0; k <= i; ++k) s = T(s + a(k, j));
            return s;
        });
        exact("triangle", matrix<T>(n, m), where(coord<0> <= coord<1>, a, 0), [&](auto i, auto j) { return i <= j ? a(i, j) : none; });
        exact("blocks", matrix<T>(n, m), where(equal(floor(coord<0> / 4), floor(coord<1> / 4)), a, b),
              [&](auto i, auto j) { return i / 4 == j / 4 ? a(i, j) : b(i, j); });
        exact("masked by floats", matrix<T>(n, m), where(w > 0 && !(w > 1.5f), a, 0),
              [&](auto i, auto j) { return w(i, j) > 0 && !(w(i, j) > 1.5f) ? a(i, j) : none; });
        exact("masked by flags", matrix<T>(n, m), where(flags, a, b), [&](auto i, auto j) { return flags(i, j) ? a(i, j) : b(i, j); });
        exact("masked by what is computed", matrix<T>(n, m), where(abs(w) * 2 + coord<1> < 4, a, -1),
              [&](auto i, auto j) { return std::abs(w(i, j)) * 2 + static_cast<float>(j) < 4 ? a(i, j) : T(-1); });
        auto const product = [&, m = m](auto i, auto j) {
            T s(0);
            for (std::size_t k = 0; k < static_cast<std::size_t>(m); ++k)
                if (i <= k) s = T(s + a(i, k) * b(j, k));
            return s;
        };
        exact("masked product", matrix<T>(n, n), where(coord<0> <= coord<1>, a, 0) * transpose(b), product);
        exact("masked sum", matrix<T>(n, 1), sum(where(w > 0, a, 0), axis<1>, keep), [&, m = m](auto i, auto) {
            T s(0);
            for (std::size_t k = 0; k < static_cast<std::size_t>(m); ++k)
                if (w(i, k) > 0) s = T(s + a(i, k));
            return s;
        });
        exact("masks themselves", matrix<bool>(n, m), coord<0> + expand<0>(row(w, 0)) < 1 || !equal(a, b),
              [&](auto i, auto j) { return static_cast<float>(i) + w(0, j) < 1 || !(a(i, j) == b(i, j)); });
        exact("places as numbers", matrix<T>(n, m), a % coord<1>, [&](auto i, auto j) { return T(a(i, j) * T(static_cast<int>(j))); });
        exact("chosen by numbers of the type", matrix<float>(n, m), where(equal(a, b), w, 2), [&](auto i, auto j) { return a(i, j) == b(i, j) ? w(i, j) : 2; });
    }
}
BOOST_AUTO_TEST_CASE(complex_numbers_rearranged) { rearranged<complex>(); }
BOOST_AUTO_TEST_CASE(large_integers_rearranged) { rearranged<integer>(); }
BOOST_AUTO_TEST_CASE(dual_numbers_rearranged) { rearranged<dual>(); }

/// What needs `<`, and nothing else. The first of equals wins.
BOOST_AUTO_TEST_CASE(order_is_less) {
    for (auto [n, m] : sizes) {
        auto const width = static_cast<std::size_t>(m);
        matrix<dual> a(n, m);
        fill_whole(a, 3);
        auto const best = [&](auto i, std::size_t from, std::size_t to) {
            std::size_t b = from;
            for (std::size_t k = from; k < to; ++k)
                if (a(i, b) < a(i, k)) b = k;
            return b;
        };
        exact("largest so far", matrix<double>(n, m), map([](dual x) { return x.value; }, cummax<1>(a)),
              [&](auto i, auto j) { return a(i, best(i, 0, j + 1)).value; });
        exact("first place", matrix<std::int64_t>(n, 1), argmax(a, axis<1>, keep), [&](auto i, auto) { return static_cast<std::int64_t>(best(i, 0, width)); });
        exact("place in use", matrix<dual>(n, m), where(equal(argmax(a, axis<1>, keep), coord<1>), a, 0),
              [&](auto i, auto j) { return best(i, 0, width) == j ? a(i, j) : dual(0); });
        exact("place as a number", matrix<dual>(n, m), a + argmax(a, axis<1>, keep),
              [&](auto i, auto j) { return a(i, j) + dual(static_cast<double>(best(i, 0, width))); });
        exact("columns", matrix<std::int64_t>(1, m), argmin(a, axis<0>, keep), [&, n = n](auto, auto j) {
            std::size_t b = 0;
            for (std::size_t k = 0; k < static_cast<std::size_t>(n); ++k)
                if (a(k, j) < a(b, j)) b = k;
            return static_cast<std::int64_t>(b);
        });
        exact("clamped", matrix<dual>(n, m), clamp(a, -2, 2),
              [&](auto i, auto j) { return a(i, j) < dual(-2) ? dual(-2) : dual(2) < a(i, j) ? dual(2) : a(i, j); });
        exact("compared", matrix<bool>(n, m), (a >= 1 && a <= 3) || a > 4 || not_equal(a, a), [&](auto i, auto j) {
            auto const x = a(i, j);
            return (x == dual(1) || (dual(1) < x && x < dual(3)) || x == dual(3)) || dual(4) < x;
        });
    }
}

BOOST_AUTO_TEST_CASE(largest_in_order) {
    for (int const m : {3, 17, 300}) {
        for (int const along : {0, 1}) {
            matrix<dual> a(along ? 5 : m, along ? m : 5), values(along ? 5 : 3, along ? 3 : 5);
            matrix<std::int64_t> places(values.extent(0), values.extent(1));
            fill_whole(a, 5);
            if (along) {
                auto const [v, p] = topk<3>(a, axis<1>);
                values = v, places = p;
                tie(values, places) = topk<3>(a, axis<1>);
            } else {
                auto const [v, p] = topk<3>(a, axis<0>);
                values = v, places = p;
            }
            for (std::size_t i = 0; i < 5; ++i) {
                std::vector<std::size_t> order(static_cast<std::size_t>(m));
                for (std::size_t k = 0; k < order.size(); ++k) order[k] = k;
                auto const at = [&](std::size_t k) { return along ? a(i, k) : a(k, i); };
                std::stable_sort(order.begin(), order.end(), [&](auto x, auto y) { return at(y) < at(x); });
                for (std::size_t k = 0; k < 3; ++k) {
                    BOOST_TEST((along ? places(i, k) : places(k, i)) == static_cast<std::int64_t>(order[k]));
                    BOOST_TEST(((along ? values(i, k) : values(k, i)) == at(order[k])));
                }
            }
        }
    }
}

/// Nothing on the heap, though places and values lie in one workspace.
BOOST_AUTO_TEST_CASE(places_take_no_memory) {
    matrix<dual> a(40, 30);
    vector<std::int64_t> o(40);
    fill_whole(a, 1);
    auto const e = argmax(a, axis<1>);
    o = e;
    BOOST_TEST(allocations_of([&] { o = e; }).calls == 0u);
    BOOST_TEST(plan(e).workspace_bytes >= sizeof(dual) + sizeof(std::int64_t));
}

/// f(x) of another type is of that type, in formulas too.
BOOST_AUTO_TEST_CASE(functions_into_other_types) {
    matrix<complex> a(6, 70), b(3, 70);
    fill_whole(a, 1), fill_whole(b, 2);
    auto const size = map([](complex x) { return std::abs(x); }, a);
    static_assert(std::is_same_v<value_type_of<decltype(size)>::type, float>);
    exact("sizes", matrix<float>(6, 70), size, [&](auto i, auto j) { return std::abs(a(i, j)); });
    exact("whether", matrix<bool>(6, 70), map([](complex x) { return x.real() > 0; }, a), [&](auto i, auto j) { return a(i, j).real() > 0; });
    exact("masks", matrix<complex>(6, 70), where(size > 3, a, 0), [&](auto i, auto j) { return std::abs(a(i, j)) > 3 ? a(i, j) : complex(0); });
    exact("parts of a product", matrix<complex>(6, 3), where(size > 3, a, 0) * transpose(b), [&](auto i, auto j) {
        complex s = 0;
        for (std::size_t k = 0; k < 70; ++k)
            if (std::abs(a(i, k)) > 3) s += a(i, k) * b(j, k);
        return s;
    });
    exact("of a sum", matrix<float>(6, 1), map([](complex x) { return x.real(); }, sum(a, axis<1>, keep)), [&](auto i, auto) {
        float s = 0;
        for (std::size_t k = 0; k < 70; ++k) s += a(i, k).real();
        return s;
    });
}

BOOST_AUTO_TEST_CASE(without_comparisons) {
    matrix<incomparable> a(4, 70);
    matrix<float> w(4, 70);
    std::int64_t i = 0;
    for (auto& x : a) x = incomparable(static_cast<double>(++i));
    for (auto& x : w) x = static_cast<float>(++i % 3);
    matrix<bool> const odd = eval(equal(w, 1));
    vector<incomparable> s(4);
    s = sum(where(odd, a, 0) + where(coord<0> < coord<1>, a, 0) + coord<1>, axis<1>);
    for (std::size_t r = 0; r < 4; ++r) {
        double all = 0;
        for (std::size_t c = 0; c < 70; ++c) all += a(r, c).value * (odd(r, c) + (r < c)) + static_cast<double>(c);
        BOOST_TEST(same(s(r), all));
    }
}

/// The same in constant expressions.
constexpr bool at_compile_time() {
    tensor<dual, 2, 3> const a{{1, 5, 2}, {7, 0, 7}};
    tensor<std::int64_t, 2> const first = argmax(a, axis<1>);
    tensor<dual, 2, 3> const upper = where(coord<0> <= coord<1>, a, 0);
    tensor<bool, 2, 3> const mask = a > 1 && coord<1> > 0;
    tensor<dual, 2, 2> const top = topk<2>(a, axis<1>).values;
    tensor<std::int64_t, 2, 2> const places = topk<2>(a, axis<1>).indices;
    tensor<double, 2, 3> const values = map([](dual x) { return x.value; }, a);
    tensor<dual, 4, 3> const joined = concatenate<0>(a, a);
    return first(0) == 1 && first(1) == 0 && upper(1, 0) == dual(0) && upper(0, 1) == dual(5) && mask(0, 1) && !mask(1, 1) &&
           top(0, 1) == dual(2) && places(1, 1) == 2 && values(1, 0) == 7 && joined(3, 2) == dual(7);
}
static_assert(at_compile_time());

}  // namespace
}  // namespace sinter::test
