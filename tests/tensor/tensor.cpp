// SPDX-License-Identifier: BSL-1.0
#include <sinter/tensor/tensor.hpp>
#include <sinter/tensor/print.hpp>
#include <sinter/tensor/view_of.hpp>

#include <boost/test/unit_test.hpp>

#include <cstdint>
#include <limits>
#include <ostream>
#include <stdexcept>
#include <string>
#include <utility>

using sinter::dyn;
using sinter::matrix;
using sinter::tensor;
using sinter::vector;

namespace {

// In constant expressions.
constexpr tensor<double, 1, 4> four{{1, 2, 3, 4}};
static_assert(four(0, 3) == 4 && four.size() == 4 && four.rank() == 2 && four.extent(1) == 4);
static_assert(four.at(0, 2) == 3 && four.stride(0) == 4 && four.stride(1) == 1);
static_assert(tensor<int, 2, 2>{{1, 2}, {3, 4}} == tensor<double, 2, 2>{{1, 2}, {3, 4}});
static_assert(!(tensor<int, 2>{1, 2} == tensor<int, 2>{1, 3}));
static_assert(tensor<int, 2, 3>() == tensor<int, 2, 3>{{0, 0, 0}, {0, 0, 0}});
static_assert(tensor<int>(7) == 7);
static_assert(tensor<float, 2, 3>::rank_v == 2 && tensor<float, 2, dyn>::static_extents[1] == dyn);
constexpr int sum_of_filled() {
    tensor<int, 3, 3> a;
    a.fill(2);
    auto b = a;
    b(1, 1) = 5;
    int sum = 0;
    for (int x : b) sum += x;
    return sum;
}
static_assert(sum_of_filled() == 21);

// No heap, no overhead.
static_assert(sizeof(tensor<float, 3>) == 3 * sizeof(float));
static_assert(sizeof(tensor<float, 4, 4>) == 64 && alignof(tensor<float, 4, 4>) == 64);
static_assert(std::is_trivially_copyable_v<tensor<float, 4>>);
static_assert(sizeof(matrix<float>) == 3 * sizeof(void*));

// Extents are no values, values no extents; nothing converts by accident.
static_assert(!std::is_convertible_v<int, vector<float>>);
static_assert(std::is_convertible_v<tensor<float>, float>);
static_assert(!std::is_convertible_v<vector<float>, float>);
static_assert(!std::is_convertible_v<vector<float>, vector<double>>);
static_assert(std::is_constructible_v<vector<double>, vector<float>>);
static_assert(std::is_nothrow_move_constructible_v<matrix<float>>);

bool aligned(void const* p) { return reinterpret_cast<std::uintptr_t>(p) % 64 == 0; }

}  // namespace

BOOST_AUTO_TEST_SUITE(tensor_owning)

BOOST_AUTO_TEST_CASE(extents_in_parentheses) {
    tensor<float, dyn, 64> k(3), all(3, 64);
    BOOST_TEST((k.shape() == std::array<std::size_t, 2>{3, 64}));
    BOOST_TEST((all.shape() == k.shape()));
    for (float x : k) BOOST_TEST(x == 0.0f);
    BOOST_CHECK_THROW((tensor<float, dyn, 64>(3, 63)), sinter::shape_error);
    BOOST_TEST(vector<float>(3).size() == 3u);
    BOOST_TEST((tensor<int, 2, 3>(2, 3).size() == 6u));
    BOOST_CHECK_THROW((tensor<int, 2, 3>(2, 2)), sinter::shape_error);
    BOOST_TEST((tensor<int, dyn, dyn, dyn, dyn, dyn, dyn>(1, 2, 3, 4, 5, 6)(0, 1, 2, 3, 4, 5) == 0));
    BOOST_TEST((matrix<int>(std::array<std::size_t, 2>{2, 5}).extent(1) == 5u));
}

BOOST_AUTO_TEST_CASE(impossible_sizes) {
    BOOST_CHECK_EXCEPTION(vector<float>(-1), sinter::shape_error, [](auto const& e) {
        return std::string(e.what()) == "tensor: extent 0 is negative or too large (-1)";
    });
    auto const big = std::size_t{1} << 40;
    BOOST_CHECK_THROW(matrix<float>(big, big), sinter::shape_error);
    BOOST_CHECK_THROW(vector<double>(std::size_t{1} << 61), sinter::shape_error);
    BOOST_TEST((tensor<float, dyn, dyn, dyn>(big, big, 0).size() == 0u));
}

BOOST_AUTO_TEST_CASE(values_in_braces) {
    matrix<float> a{{1, 2}, {3, 4}};
    BOOST_TEST(a(0, 1) == 2.0f);
    BOOST_TEST(a(1, 0) == 3.0f);
    vector<float> v{1, 2, 3}, one{3}, three(3);
    BOOST_TEST(v.size() == 3u);
    BOOST_TEST(one.size() == 1u);
    BOOST_TEST(one(0) == 3.0f);
    BOOST_TEST(three.size() == 3u);
    matrix<float> column{{1}, {2}}, row{{1, 2}};
    BOOST_TEST((column.shape() == std::array<std::size_t, 2>{2, 1}));
    BOOST_TEST((row.shape() == std::array<std::size_t, 2>{1, 2}));
    tensor<int, dyn, dyn, dyn> t{{{1, 2}, {3, 4}}, {{5, 6}, {7, 8}}, {{9, 10}, {11, 12}}};
    BOOST_TEST((t.shape() == std::array<std::size_t, 3>{3, 2, 2}));
    BOOST_TEST(t(2, 1, 0) == 11);
    a = {{5, 6, 7}};
    BOOST_TEST((a == matrix<int>{{5, 6, 7}}));
    matrix<float> const copied{a};
    BOOST_TEST((copied == a));
}

BOOST_AUTO_TEST_CASE(ragged) {
    BOOST_CHECK_EXCEPTION((matrix<float>{{1, 2}, {3}}), sinter::shape_error, [](auto const& e) {
        return std::string(e.what()) ==
               "values in braces: ragged along axis 1: 1 entries where the first list has 2";
    });
    BOOST_CHECK_THROW((tensor<int, dyn, dyn, dyn>{{{1}, {2}}, {{3}}}), sinter::shape_error);
    BOOST_CHECK_THROW((tensor<int, 2, 2>{{1, 2, 3}, {4, 5, 6}}), sinter::shape_error);
    BOOST_CHECK_THROW((tensor<int, 3>{1, 2}), sinter::shape_error);
}

BOOST_AUTO_TEST_CASE(sizes_zero_and_one) {
    matrix<float> none(0, 5), empty;
    BOOST_TEST(none.size() == 0u);
    BOOST_TEST((none.begin() == none.end()));
    BOOST_TEST(none.extent(1) == 5u);
    BOOST_TEST(empty.empty());
    matrix<float> copy = none;
    BOOST_TEST((copy == none));
    BOOST_TEST(!(copy == empty));
    tensor<float, 0, 4> zero;
    BOOST_TEST(zero.empty());
    tensor<float> scalar, two = 2.0f;
    BOOST_TEST(scalar.size() == 1u);
    BOOST_TEST(scalar() == 0.0f);
    float const value = two;
    BOOST_TEST(value == 2.0f);
    two() = 4;
    BOOST_TEST(two.at() == 4.0f);
}

BOOST_AUTO_TEST_CASE(alignment) {
    for (int n : {1, 3, 17, 1000}) {
        vector<float> v(n);
        vector<char> c(n);
        BOOST_TEST(aligned(v.data()));
        BOOST_TEST(aligned(c.data()));
    }
    tensor<float, 5, 5> on_stack;
    BOOST_TEST(aligned(on_stack.data()));
}

BOOST_AUTO_TEST_CASE(copies_are_deep) {
    vector<int> a{1, 2, 3}, b = a;
    b(0) = 9;
    BOOST_TEST(a(0) == 1);
    auto const* where = b.data();
    b = a;  // the same shape: the memory stays
    BOOST_TEST((b.data() == where));
    BOOST_TEST((b == a));
    b = vector<int>(2);
    BOOST_TEST(b.size() == 2u);
    vector<int> const c(5);
    b = c;
    BOOST_TEST((b == c));
    auto& self = b;
    b = self;
    BOOST_TEST((b == c));
    vector<double> d(a);
    BOOST_TEST((d == a));
}

BOOST_AUTO_TEST_CASE(moves) {
    matrix<int> a{{1, 2}, {3, 4}};
    auto const* where = a.data();
    matrix<int> b = std::move(a);
    BOOST_TEST((b.data() == where));
    BOOST_TEST(a.empty());
    BOOST_TEST(a.data() == nullptr);
    a = std::move(b);
    BOOST_TEST((a.data() == where));
    BOOST_TEST(b.empty());
    tensor<int, dyn, 2> c(3);
    auto d = std::move(c);
    BOOST_TEST((c.shape() == std::array<std::size_t, 2>{0, 2}));
}

BOOST_AUTO_TEST_CASE(assignment_between_types) {
    matrix<float> a{{1, 2}, {3, 4}};
    tensor<double, 2, 2> s;
    s = a;
    BOOST_TEST((s == a));
    matrix<double> wrong(2, 3);
    BOOST_CHECK_EXCEPTION(wrong = a, sinter::shape_error, [](auto const& e) {
        return std::string(e.what()) == "assignment: the shapes (2,3) and (2,2) differ; they must agree";
    });
    tensor<float, dyn, 2> half = a;
    BOOST_TEST((half == a));
    BOOST_CHECK_THROW((tensor<float, dyn, 3>(a)), sinter::shape_error);
}

BOOST_AUTO_TEST_CASE(at_throws) {
    matrix<int> a{{1, 2, 3}, {4, 5, 6}};
    BOOST_TEST(a.at(1, 2) == 6);
    BOOST_CHECK_THROW(a.at(2, 0), std::out_of_range);
    BOOST_CHECK_THROW(a.at(0, -1), std::out_of_range);
    BOOST_CHECK_EXCEPTION(std::as_const(a).at(0, 3), std::out_of_range, [](auto const& e) {
        return std::string(e.what()) == "at: index 3 of axis 1 is out of range for the shape (2,3)";
    });
    a.at(0, 0) = 7;
    BOOST_TEST(a(0, 0) == 7);
}

BOOST_AUTO_TEST_CASE(deduced_from_views) {
    vector<int> v{1, 2};
    sinter::view<int const, dyn> w = v;
    tensor copy = w;
    static_assert(std::is_same_v<decltype(copy), vector<int>>);
    BOOST_TEST((copy == v));
}

// An element that cannot be made: those before it are gone, and so is the memory (AddressSanitizer).
struct counted {
    static inline int alive = 0, most = 0;
    counted(double = 0) {
        if (alive == most) throw std::runtime_error("one too many");
        ++alive;
    }
    counted(counted const&) : counted() {}
    counted& operator=(counted const&) { return *this; }
    ~counted() { --alive; }
    friend counted operator+(counted const& a, counted const&) { return a; }
    friend counted operator-(counted const& a, counted const&) { return a; }
    friend counted operator*(counted const& a, counted const&) { return a; }
};

BOOST_AUTO_TEST_CASE(elements_that_throw) {
    counted::most = 5;
    BOOST_CHECK_THROW(vector<counted>(8), std::runtime_error);
    BOOST_TEST(counted::alive == 0);
    counted::most = 15;     // eight elements, what they are assigned from, and no room for the copies
    {
        vector<counted> const all(8);
        BOOST_CHECK_THROW(vector<counted>{all}, std::runtime_error);
        BOOST_TEST(counted::alive == 8);
    }
    BOOST_TEST(counted::alive == 0);
}

BOOST_AUTO_TEST_SUITE_END()
