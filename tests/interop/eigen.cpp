// SPDX-License-Identifier: BSL-1.0
#include <sinter/interop/eigen.hpp>
#include <sinter/notation.hpp>
#include <sinter/sinter.hpp>

#include "support/random.hpp"

#include <boost/test/unit_test.hpp>

#include <array>
#include <cmath>
#include <cstddef>
#include <type_traits>
#include <utility>

using sinter::dyn;
using sinter::view;
using sinter::view_of;

namespace {

using rows_first = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
template <class M>
using view_type = decltype(view_of(std::declval<M>()));

template <class M, class = void>
inline constexpr bool can_view = false;
template <class M>
inline constexpr bool can_view<M, std::void_t<view_type<M>>> = true;

static_assert(std::is_same_v<view_type<Eigen::MatrixXf&>, view<float, dyn, dyn>>);
static_assert(std::is_same_v<view_type<Eigen::MatrixXf const&>, view<float const, dyn, dyn>>);
static_assert(std::is_same_v<view_type<Eigen::Matrix<double, 3, Eigen::Dynamic>&>, view<double, 3, dyn>>);
static_assert(std::is_same_v<view_type<Eigen::Array<int, 3, 4> const&>, view<int const, 3, 4>>);
static_assert(std::is_same_v<view_type<Eigen::VectorXf&>, view<float, dyn>>);
static_assert(std::is_same_v<view_type<Eigen::RowVector3d&>, view<double, 3>>);
static_assert(std::is_same_v<view_type<Eigen::Map<Eigen::MatrixXf const>&>, view<float const, dyn, dyn>>);
static_assert(std::is_same_v<view_type<Eigen::Ref<Eigen::MatrixXf>>, view<float, dyn, dyn>>);
static_assert(std::is_same_v<view_type<Eigen::Ref<Eigen::MatrixXf const> const&>, view<float const, dyn, dyn>>);
// Temporaries that own their elements, or may, and expressions without elements are refused.
static_assert(!can_view<Eigen::MatrixXf> && !can_view<Eigen::ArrayXf const> && !can_view<Eigen::Ref<Eigen::MatrixXf const>>);
static_assert(!can_view<decltype(std::declval<Eigen::MatrixXf&>() * std::declval<Eigen::MatrixXf&>())&>);
static_assert(!sinter::own_scalar<Eigen::MatrixXf> && !sinter::own_scalar<Eigen::Vector3d>);

template <class M>
M filled(Eigen::Index rows, Eigen::Index columns, std::uint64_t seed) {
    M m(rows, columns);
    sinter::test::generator random(seed);
    for (Eigen::Index j = 0; j < columns; ++j)
        for (Eigen::Index i = 0; i < rows; ++i) m(i, j) = static_cast<typename M::Scalar>(random.uniform(-1, 1));
    return m;
}

/// Every element is the same object.
template <class V, class M>
void same_elements(V const& v, M& m) {
    BOOST_REQUIRE((v.extent(0) == std::size_t(m.rows()) && v.extent(1) == std::size_t(m.cols())));
    for (Eigen::Index i = 0; i < m.rows(); ++i)
        for (Eigen::Index j = 0; j < m.cols(); ++j) BOOST_TEST((&v(i, j) == &m.coeffRef(i, j)));
}

/// softmax(a·bᵀ)·c against Eigen's own evaluation, in double.
template <class A, class B, class C>
void attends(Eigen::Index n, Eigen::Index m, Eigen::Index d, Eigen::Index e) {
    using namespace sinter::notation;
    auto const a = filled<A>(n, d, 1);
    auto const b = filled<B>(m, d, 2);
    auto const c = filled<C>(m, e, 3);
    Eigen::MatrixXf columns(n, e);
    rows_first rows(n, e);
    view_of(columns) = softmax(view_of(a) * view_of(b)^T) * view_of(c);
    view_of(rows) = sinter::softmax(a * sinter::transpose(b)) * c;
    Eigen::MatrixXd w = (a.template cast<double>() * b.template cast<double>().transpose()).array().exp();
    if (m != 0) w.array().colwise() /= w.rowwise().sum().array().eval();
    Eigen::MatrixXd const expected = w * c.template cast<double>();
    double const far = n * e == 0 ? 0 : (columns.cast<double>() - expected).cwiseAbs().maxCoeff();
    BOOST_TEST(far <= 1e-5, n << "," << m << "," << d << "," << e << ": " << far);
    BOOST_TEST((columns == rows));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(interop_eigen)

BOOST_AUTO_TEST_CASE(in_place) {
    Eigen::MatrixXf a(3, 5);
    rows_first b(3, 5);
    Eigen::Array<float, 3, 4> c;
    same_elements(view_of(a), a);
    same_elements(view_of(b), b);
    same_elements(view_of(c), c);
    auto block = a.block(1, 2, 2, 3);
    same_elements(view_of(block), block);
    auto top = a.topRows(2);
    same_elements(view_of(a.topRows(2)), top);
    auto turned = a.transpose();
    same_elements(view_of(turned), turned);
    Eigen::Map<rows_first, 0, Eigen::Stride<Eigen::Dynamic, Eigen::Dynamic>> map(a.data(), 2, 3, {1, 5});
    same_elements(view_of(map), map);
    Eigen::Ref<Eigen::MatrixXf> ref(a.leftCols(2));
    same_elements(view_of(ref), ref);
    auto const row = view_of(a.row(1)), diagonal = view_of(a.diagonal());
    for (int j = 0; j < 5; ++j) BOOST_TEST((&row(j) == &a(1, j)));
    for (int i = 0; i < 3; ++i) BOOST_TEST((&diagonal(i) == &a(i, i)));
    auto const column = view_of(b.col(3));
    for (int i = 0; i < 3; ++i) BOOST_TEST((&column(i) == &b(i, 3)));
}

BOOST_AUTO_TEST_CASE(formulas) {
    for (auto const [n, m, d, e] : {std::array{0, 3, 2, 2}, std::array{1, 1, 1, 1}, std::array{7, 9, 8, 5}, std::array{16, 17, 3, 8},
                                    std::array{13, 100, 33, 31}, std::array{3, 0, 2, 2}, std::array{64, 97, 16, 65}}) {
        attends<Eigen::MatrixXf, Eigen::MatrixXf, Eigen::MatrixXf>(n, m, d, e);
        attends<rows_first, Eigen::MatrixXf, rows_first>(n, m, d, e);
    }
}

BOOST_AUTO_TEST_CASE(as_operand) {
    Eigen::MatrixXf a{{1, 2}, {3, 4}};
    Eigen::Vector2f const x(1, 10);
    sinter::matrix<float> b{{1, 0}, {0, 2}}, o(2, 2);
    o = b * a;
    BOOST_TEST((o == sinter::matrix<float>{{1, 2}, {6, 8}}));
    o = a.transpose() * b + a.row(0);                   // broadcast: (2,2) + (2)
    BOOST_TEST((o == sinter::matrix<float>{{2, 8}, {3, 10}}));
    o += a;
    BOOST_TEST((o == sinter::matrix<float>{{3, 10}, {6, 14}}));
    Eigen::Vector2f y;
    view_of(y) = b * x;                                 // (2,2) × (2) → (2)
    BOOST_TEST((y == Eigen::Vector2f(1, 20)));
    BOOST_CHECK_THROW(view_of(a.topRows(1)) = b * b, sinter::shape_error);
}

/// Where all of this library's names are seen, an operator between two objects of Eigen is still Eigen's.
BOOST_AUTO_TEST_CASE(operators_of_eigen) {
    using namespace sinter;
    Eigen::ArrayXXf const a{{1, 2}, {3, 4}};
    Eigen::ArrayXXf const squares = a * a, negative = -a;
    BOOST_TEST((squares(1, 0) == 9 && negative(1, 1) == -4));
    Eigen::MatrixXf const m = a, product = m * m.transpose();
    BOOST_TEST(product(0, 1) == 11);
}

BOOST_AUTO_TEST_CASE(aliasing) {
    Eigen::MatrixXf a = filled<Eigen::MatrixXf>(9, 9, 4);
    Eigen::MatrixXf const before = a;
    view_of(a) = a + 1.0f * view_of(a);                 // the same index: safe
    BOOST_TEST((a == 2 * before));
    BOOST_CHECK_THROW(view_of(a) = view_of(a) * view_of(before), sinter::alias_error);
    BOOST_TEST((a == 2 * before));
}

BOOST_AUTO_TEST_CASE(the_way_back) {
    sinter::matrix<float> a{{1, 2, 3}, {4, 5, 6}};
    auto m = sinter::eigen_map(a);
    BOOST_TEST((m.data() == a.data() && m.rows() == 2 && m.cols() == 3));
    m.row(1) *= 2;
    BOOST_TEST((a == sinter::matrix<float>{{1, 2, 3}, {8, 10, 12}}));
    auto const turned = view<float const, dyn, dyn>(a.data(), {3, 2}, {1, 3});
    BOOST_TEST((sinter::eigen_map(turned) == m.transpose()));
    auto const backwards = view<float, dyn>(a.data() + 2, {3}, {-1});
    BOOST_CHECK_THROW(sinter::eigen_map(backwards), sinter::shape_error);

    sinter::tensor<double, 3> const v{1, 2, 2};
    BOOST_TEST(sinter::eigen_map(v).norm() == 3);
    sinter::tensor<float, dyn, 1> column(3);
    column(2, 0) = 5;
    BOOST_TEST(sinter::eigen_map(column)(2) == 5);
    view<float, dyn, 1> const strided(a.data(), {2, 1}, {3, 1});
    BOOST_TEST((sinter::eigen_map(strided) == Eigen::Vector2f(1, 8)));
    auto const every_second = view<float const, dyn>(a.data(), {3}, {2});
    BOOST_TEST((sinter::eigen_map(every_second) == Eigen::Vector3f(1, 3, 10)));
}

BOOST_AUTO_TEST_SUITE_END()
