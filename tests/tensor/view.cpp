// SPDX-License-Identifier: BSL-1.0
#include <sinter/tensor/view.hpp>
#include <sinter/tensor/print.hpp>
#include <sinter/tensor/tensor.hpp>
#include <sinter/tensor/view_of.hpp>

#include <boost/test/unit_test.hpp>

#include <array>
#include <ostream>
#include <span>
#include <type_traits>
#include <utility>
#include <vector>

using sinter::dyn;
using sinter::matrix;
using sinter::strided_view;
using sinter::tensor;
using sinter::vector;
using sinter::view;
using sinter::view_of;

namespace {

static_assert(!view<float, dyn>::contiguous && std::is_same_v<view<float, dyn>, strided_view<float, dyn>>);
static_assert(std::is_same_v<view<float const, dyn>::value_type, float>);
static_assert(std::is_trivially_copy_constructible_v<view<float, dyn, 4>>);
static_assert(sizeof(view<float, 4, 4>) == 3 * sizeof(float*));
static_assert(std::is_convertible_v<view<float, dyn>, view<float const, dyn>>);
static_assert(!std::is_convertible_v<view<float const, dyn>, view<float, dyn>>);
static_assert(std::is_convertible_v<view<float, 4>, view<float, dyn>>);
static_assert(!std::is_convertible_v<view<float, dyn>, view<float, 4>>);
static_assert(std::is_constructible_v<view<float, 4>, view<float, dyn>>);
static_assert(!std::is_constructible_v<view<float, dyn>, vector<float> const&>);
static_assert(!std::is_assignable_v<vector<float> const&, vector<float>>);

constexpr int written_through() {
    int values[6] = {};
    view_of(&values[0], {2, 3}) = tensor<int, 2, 3>{{1, 2, 3}, {4, 5, 6}};
    view<int, 3, 2> flipped(values, {3, 2}, {1, 3});
    return flipped(2, 1) * 10 + *++flipped.begin();  // 6 and 4
}
static_assert(written_through() == 64);

}  // namespace

BOOST_AUTO_TEST_SUITE(tensor_view)

BOOST_AUTO_TEST_CASE(row_major) {
    std::vector<float> values{1, 2, 3, 4, 5, 6};
    view<float, dyn, 3> a(values.data(), 2), b(values.data(), 2, 3);
    BOOST_TEST((a == matrix<float>{{1, 2, 3}, {4, 5, 6}}));
    BOOST_TEST((a == b));
    BOOST_CHECK_THROW((view<float, dyn, 3>(values.data(), 2, 2)), sinter::shape_error);
    view const deduced(values.data(), 3, 2);
    static_assert(std::is_same_v<decltype(deduced), view<float, dyn, dyn> const>);
    BOOST_TEST(deduced.at(2, 1) == 6.0f);
    BOOST_CHECK_THROW(deduced.at(3, 0), std::out_of_range);
    view<float const, 6> fixed(values.data());
    BOOST_TEST(fixed(5) == 6.0f);
    view<float> scalar(values.data() + 1);
    BOOST_TEST(scalar == 2.0f);
}

BOOST_AUTO_TEST_CASE(strides) {
    std::vector<int> values{1, 2, 3, 4, 5, 6};
    view<int, dyn, dyn> column_major(values.data(), {2, 3}, {1, 2});
    BOOST_TEST((column_major == matrix<int>{{1, 3, 5}, {2, 4, 6}}));
    auto const backwards = view_of(values.data() + 5, {6}, {-1});
    BOOST_TEST((backwards == vector<int>{6, 5, 4, 3, 2, 1}));
    BOOST_TEST((view_of(values.data(), {values.size() / 2, 2}) == matrix<int>{{1, 2}, {3, 4}, {5, 6}}));
    view<int, dyn, dyn> same(values.data(), {2, 3}, {3, 1});
    BOOST_TEST(same(1, 0) == 4);
    BOOST_CHECK_THROW((view<int, dyn, 3>(values.data(), {2, 2}, {1, 2})), sinter::shape_error);
    view<int const, dyn, dyn> const generic = column_major;
    BOOST_TEST(generic.stride(0) == 1);
    BOOST_TEST(generic.stride(1) == 2);
    BOOST_TEST((generic == column_major));
    std::vector<int> visited;
    for (int x : column_major) visited.push_back(x);
    BOOST_TEST((visited == std::vector<int>{1, 3, 5, 2, 4, 6}));
}

BOOST_AUTO_TEST_CASE(forms_of_construction) {
    std::vector<float> values{1, 2, 3, 4, 5, 6};
    int const n = 2;
    std::size_t const m = 3;
    matrix<float> const rows{{1, 2, 3}, {4, 5, 6}}, columns{{1, 3, 5}, {2, 4, 6}};
    view<float, dyn, dyn> v(values.data(), n, m);
    BOOST_TEST((v == rows));
    BOOST_TEST((view<float, dyn, dyn>(values.data(), {n, m}) == rows));
    BOOST_TEST((view<float, dyn, dyn>(values.data(), {n, m}, {m, 1}) == rows));
    BOOST_TEST((view<float, dyn, dyn>(values.data(), {n, m}, {1, n}) == columns));
    std::array<std::size_t, 2> const shape{2, 3};
    std::array<std::ptrdiff_t, 2> const strides{1, 2};
    BOOST_TEST((view<float const, dyn, dyn>(values.data(), shape) == rows));
    BOOST_TEST((view<float const, dyn, dyn>(values.data(), shape, strides) == columns));
    BOOST_TEST((view<float, 2, dyn>(values.data(), shape, {1, 2}) == columns));
    BOOST_TEST((view<float, dyn>(values.data() + 5, {3}, {-2}) == vector<float>{6, 4, 2}));
    BOOST_TEST((view<float>(values.data(), {}, {}) == 1.0f));
}

BOOST_AUTO_TEST_CASE(iteration) {
    std::vector<int> values(24);
    for (int i = 0; i < 24; ++i) values[std::size_t(i)] = i;
    auto const same_as_indexed = [](auto const& v) {
        auto at = v.begin();
        for (std::size_t i = 0; i < v.extent(0); ++i)
            for (std::size_t j = 0; j < v.extent(1); ++j)
                for (std::size_t k = 0; k < v.extent(2); ++k, ++at)
                    if (at == v.end() || &*at != &v(i, j, k)) return false;
        return at == v.end();
    };
    BOOST_TEST(same_as_indexed(view_of(values.data(), {2, 3, 4})));
    BOOST_TEST(same_as_indexed(view_of(values.data(), {4, 3, 2}, {1, 4, 12})));
    BOOST_TEST(same_as_indexed(view_of(values.data() + 23, {2, 3, 4}, {-12, -4, -1})));
    BOOST_TEST(same_as_indexed(view_of(values.data() + 3, {2, 1, 3}, {12, 100, 0})));
    BOOST_TEST(same_as_indexed(view_of(values.data(), {2, 0, 3}, {1, 1, 1})));
    int one = 7;
    view<int> const scalar(&one);
    BOOST_TEST(*scalar.begin() == 7);
    BOOST_TEST((++scalar.begin() == scalar.end()));
    view_of(values.data(), {3}, {8}).fill(-1);
    BOOST_TEST((values[8] == -1 && values[16] == -1 && values[1] == 1 && values[23] == 23));
}

BOOST_AUTO_TEST_CASE(arrays_of_arrays) {
    std::array<std::array<std::array<int, 2>, 1>, 3> values{{{{{1, 2}}}, {{{3, 4}}}, {{{5, 6}}}}};
    auto const v = view_of(values);
    static_assert(std::is_same_v<decltype(v), view<int, 3, 1, 2> const>);
    static_assert(std::is_same_v<decltype(view_of(std::as_const(values))), view<int const, 3, 1, 2>>);
    BOOST_TEST((v.data() == &values[0][0][0] && v(2, 0, 1) == 6 && std::as_const(values)[1][0][0] == view_of(std::as_const(values))(1, 0, 0)));
    v(1, 0, 0) = 7;
    BOOST_TEST(values[1][0][0] == 7);
    std::array<std::array<int const, 2>, 2> const fixed{{{1, 2}, {3, 4}}};
    static_assert(std::is_same_v<decltype(view_of(fixed)), view<int const, 2, 2>>);
    BOOST_TEST((view_of(fixed) == matrix<int>{{1, 2}, {3, 4}}));
}

BOOST_AUTO_TEST_CASE(assignment_writes_through) {
    std::vector<double> values(4);
    auto const w = view_of(values);
    w = vector<double>{1, 2, 3, 4};
    BOOST_TEST(values[3] == 4.0);
    view_of(values.data(), {2}, {2}) = vector<float>{7, 8};
    BOOST_TEST((values == std::vector<double>{7, 2, 8, 4}));
    std::vector<double> others{5, 5, 5, 5};
    auto copy = view_of(others);
    copy = w;  // elements, not the reference
    BOOST_TEST(others[2] == 8.0);
    copy(0) = 1;
    BOOST_TEST(values[0] == 7.0);
    BOOST_CHECK_THROW(w = vector<double>(3), sinter::shape_error);
    view_of(values).fill(3);
    BOOST_TEST(values[1] == 3.0);
}

BOOST_AUTO_TEST_CASE(overlap) {
    std::vector<int> v{1, 2, 3, 4, 5, 6};
    auto const part = [&](int from) { return view_of(v.data() + from, {2, 2}, {3, 1}); };
    BOOST_CHECK_THROW(part(1) = part(0), sinter::alias_error);
    BOOST_TEST((v == std::vector<int>{1, 2, 3, 4, 5, 6}));
    part(0) = part(0);
    auto const column = [&](int j) { return view_of(v.data() + j, {2}, {3}); };
    column(0) = column(2);  // interleaved, but no element in common
    BOOST_TEST((v == std::vector<int>{3, 2, 3, 6, 5, 6}));
    auto const reversed = view_of(v.data() + 5, {6}, {-1});
    BOOST_CHECK_THROW(view_of(v) = reversed, sinter::alias_error);
    view_of(v.data(), {3}) = view_of(v.data() + 5, {3}, {-1});
    BOOST_TEST((v == std::vector<int>{6, 5, 6, 6, 5, 6}));
}

BOOST_AUTO_TEST_CASE(of_containers) {
    std::vector<int> v{1, 2, 3};
    std::vector<int> const cv = v;
    std::array<int, 3> a{1, 2, 3};
    int c[3] = {1, 2, 3};
    int cc[2][2] = {{1, 2}, {3, 4}};
    int const ccc[2][3][1] = {{{1}, {2}, {3}}, {{4}, {5}, {6}}};
    std::span<int, 3> s(a);
    vector<int> t{1, 2, 3};
    static_assert(std::is_same_v<decltype(view_of(v)), view<int, dyn>>);
    static_assert(std::is_same_v<decltype(view_of(cv)), view<int const, dyn>>);
    static_assert(std::is_same_v<decltype(view_of(a)), view<int, 3>>);
    static_assert(std::is_same_v<decltype(view_of(std::as_const(a))), view<int const, 3>>);
    static_assert(std::is_same_v<decltype(view_of(c)), view<int, 3>>);
    static_assert(std::is_same_v<decltype(view_of(cc)), view<int, 2, 2>>);
    static_assert(std::is_same_v<decltype(view_of(ccc)), view<int const, 2, 3, 1>>);
    static_assert(std::is_same_v<decltype(view_of(s)), view<int, 3>>);
    static_assert(std::is_same_v<decltype(view_of(std::as_const(s))), view<int, 3>>);
    static_assert(std::is_same_v<decltype(view_of(std::span<int const>(v))), view<int const, dyn>>);
    static_assert(std::is_same_v<decltype(view_of(t)), view<int, dyn>>);
    BOOST_TEST((view_of(v) == t));
    BOOST_TEST((view_of(cv) == t));
    BOOST_TEST((view_of(a) == t));
    BOOST_TEST((view_of(c) == t));
    BOOST_TEST((view_of(s) == t));
    BOOST_TEST((view_of(t) == t));
    BOOST_TEST((view_of(cc) == matrix<int>{{1, 2}, {3, 4}}));
    BOOST_TEST((&view_of(ccc)(1, 2, 0) == &ccc[1][2][0]));
    std::vector<int> none;
    BOOST_TEST(view_of(none).empty());
}

BOOST_AUTO_TEST_SUITE_END()
