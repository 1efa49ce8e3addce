// SPDX-License-Identifier: BSL-1.0
#include <sinter/interop/xtensor.hpp>
#include <sinter/sinter.hpp>

#include "support/random.hpp"

#include <boost/test/unit_test.hpp>
#include <xtensor/xadapt.hpp>
#include <xtensor/xarray.hpp>
#include <xtensor/xfixed.hpp>
#include <xtensor/xtensor.hpp>

#include <array>
#include <cmath>
#include <cstddef>
#include <type_traits>
#include <utility>
#include <vector>

using sinter::dyn;
using sinter::view;
using sinter::view_of;

namespace {

using rows_first = xt::xtensor<float, 2>;
using columns_first = xt::xtensor<float, 2, xt::layout_type::column_major>;

template <class X>
using view_type = decltype(view_of(std::declval<X>()));
template <class X, class = void>
inline constexpr bool can_view = false;
template <class X>
inline constexpr bool can_view<X, std::void_t<view_type<X>>> = true;

static_assert(std::is_same_v<view_type<rows_first&>, view<float, dyn, dyn>>);
static_assert(std::is_same_v<view_type<columns_first const&>, view<float const, dyn, dyn>>);
static_assert(std::is_same_v<view_type<xt::xtensor_fixed<double, xt::xshape<2, 3>>&>, view<double, 2, 3>>);
static_assert(std::is_same_v<view_type<xt::xtensor<int, 0>&>, view<int>>);
// Temporaries that own their elements, ranks that the type does not tell, and expressions without elements are refused.
static_assert(!can_view<rows_first> && !can_view<xt::xarray<float>&>);
static_assert(!can_view<decltype(std::declval<rows_first&>() + std::declval<rows_first&>())&>);
static_assert(!sinter::own_scalar<rows_first> && !sinter::own_scalar<xt::xarray<float>>);

/// Every element is the same object.
template <class V, class X>
void same_elements(V const& v, X&& x) {
    BOOST_REQUIRE((v.extent(0) == x.shape()[0] && v.extent(1) == x.shape()[1]));
    for (std::size_t i = 0; i < v.extent(0); ++i)
        for (std::size_t j = 0; j < v.extent(1); ++j) BOOST_TEST((&v(i, j) == &x(i, j)));
}

template <class X>
X filled(std::size_t rows, std::size_t columns, std::uint64_t seed) {
    X x({rows, columns});
    sinter::test::generator random(seed);
    for (std::size_t i = 0; i < rows; ++i)
        for (std::size_t j = 0; j < columns; ++j) x(i, j) = static_cast<float>(random.uniform(-1, 1));
    return x;
}

/// a·bᵀ + c against plain loops.
template <class A, class B>
void multiplies(std::size_t n, std::size_t m, std::size_t d) {
    auto const a = filled<A>(n, d, 1);
    auto const b = filled<B>(m, d, 2);
    auto const c = filled<B>(1, m, 3);
    rows_first o = filled<rows_first>(n, m, 4);
    view_of(o) = view_of(a) * sinter::transpose(b) + c;             // (n,d) × (d,m) + (1,m) → (n,m)
    for (std::size_t i = 0; i < n; ++i)
        for (std::size_t j = 0; j < m; ++j) {
            double sum = double(c(0, j));
            for (std::size_t k = 0; k < d; ++k) sum += double(a(i, k)) * double(b(j, k));
            BOOST_TEST(std::abs(double(o(i, j)) - sum) < 1e-5);
        }
}

}  // namespace

BOOST_AUTO_TEST_SUITE(interop_xtensor)

BOOST_AUTO_TEST_CASE(in_place) {
    auto a = filled<rows_first>(4, 6, 1);
    auto b = filled<columns_first>(4, 6, 2);
    same_elements(view_of(a), a);
    same_elements(view_of(b), b);
    xt::xtensor_fixed<float, xt::xshape<3, 2>> c;
    same_elements(view_of(c), c);
    std::vector<float> values(6);
    auto adaptor = xt::adapt(values, std::array<std::size_t, 2>{3, 2});
    same_elements(view_of(adaptor), adaptor);

    auto range = xt::view(a, xt::range(1, 4, 2), xt::range(2, 5));
    same_elements(view_of(range), range);
    same_elements(view_of(xt::view(b, xt::range(1, 3), xt::all())), xt::view(b, xt::range(1, 3), xt::all()));
    auto const row = view_of(xt::view(a, 2, xt::all())), column = view_of(xt::view(a, xt::all(), 3));
    static_assert(std::is_same_v<decltype(row), view<float, dyn> const>);
    for (std::size_t j = 0; j < 6; ++j) BOOST_TEST((&row(j) == &a(2, j)));
    for (std::size_t i = 0; i < 4; ++i) BOOST_TEST((&column(i) == &a(i, 3)));
    same_elements(view_of<2>(xt::transpose(a)), xt::transpose(a));
}

BOOST_AUTO_TEST_CASE(rank_at_run_time) {
    xt::xarray<float> a{{1, 2, 3}, {4, 5, 6}};
    same_elements(view_of<2>(a), a);
    BOOST_CHECK_THROW(view_of<1>(a), sinter::shape_error);
    BOOST_CHECK_THROW(view_of<3>(std::as_const(a)), sinter::shape_error);
    auto backwards = xt::strided_view(a, {xt::all(), xt::range(xt::placeholders::_, xt::placeholders::_, -1)});
    same_elements(view_of<2>(backwards), backwards);
    view_of<2>(a) += 1.0f;
    BOOST_TEST((view_of<2>(a) == sinter::matrix<float>{{2, 3, 4}, {5, 6, 7}}));
}

BOOST_AUTO_TEST_CASE(formulas) {
    for (auto const [n, m, d] : {std::array<std::size_t, 3>{0, 3, 2}, {1, 1, 1}, {5, 1, 9}, {1, 8, 4}, {7, 9, 0}, {13, 17, 33}, {33, 65, 16}}) {
        multiplies<rows_first, columns_first>(n, m, d);
        multiplies<columns_first, rows_first>(n, m, d);
    }
}

BOOST_AUTO_TEST_CASE(as_operand) {
    using namespace sinter;                             // operators between objects of xtensor stay xtensor's
    xt::xtensor<float, 2> a{{1, 2}, {3, 4}};
    xt::xtensor<float, 2> const squares = a * a, negative = -a;
    BOOST_TEST((squares(1, 0) == 9 && negative(1, 1) == -4));
    matrix<float> const b{{1, 0}, {0, 2}};
    matrix<float> o(2, 2);
    o = b * a;                                          // (2,2) × (2,2), a product of matrices
    BOOST_TEST((o == matrix<float>{{1, 2}, {6, 8}}));
    o = sinter::exp(a - b) - a;
    BOOST_TEST(std::abs(o(0, 1) - (std::exp(2.0f) - 2)) < 1e-5);
    BOOST_CHECK_THROW(view_of(a) = b * a, alias_error);
}

BOOST_AUTO_TEST_SUITE_END()
