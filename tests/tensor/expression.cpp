// SPDX-License-Identifier: BSL-1.0
#include <sinter/tensor/tensor.hpp>
#include <sinter/tensor/view_of.hpp>

#include <boost/test/unit_test.hpp>

#include <array>
#include <cstddef>
#include <type_traits>
#include <vector>

// Tensors know nothing of formulas but four names. Here a formula with one node, which stands for any.
namespace model {

/// A matrix of rows by Columns, full of one value.
template <std::size_t Columns>
struct full {
    std::size_t rows;
    double value;
};
/// One element of whatever shape is asked for: what `x + full` becomes.
struct combined {
    double value;
};

template <std::size_t Columns>
constexpr std::array<std::size_t, 2> result_shape(full<Columns> const& e) {
    return {e.rows, Columns == sinter::dyn ? 3 : Columns};
}
template <class Out, std::size_t Columns>
constexpr void assign(Out&& out, full<Columns> const& e) {
    if (out.shape() != result_shape(e)) sinter::raise_shape("model");
    for (auto& x : out) x = static_cast<std::remove_cvref_t<decltype(x)>>(e.value);
}
template <class Out>
constexpr void assign(Out&& out, combined const& e) {
    for (auto& x : out) x = static_cast<std::remove_cvref_t<decltype(x)>>(e.value);
}
template <sinter::is_tensor X, std::size_t N>
constexpr combined operator+(X const& x, full<N> const& e) { return {x(0, 0) + e.value}; }
template <sinter::is_tensor X, std::size_t N>
constexpr combined operator-(X const& x, full<N> const& e) { return {x(0, 0) - e.value}; }
template <sinter::is_tensor X, std::size_t N>
constexpr combined operator%(X const& x, full<N> const& e) { return {x(0, 0) * e.value}; }

}  // namespace model

template <std::size_t N>
inline constexpr bool sinter::is_expression_v<model::full<N>> = true;
template <>
inline constexpr bool sinter::is_expression_v<model::combined> = true;
template <std::size_t N>
struct sinter::value_type_of<model::full<N>> {
    using type = double;
};
template <std::size_t N>
struct sinter::static_extents_of<model::full<N>> {
    static constexpr std::array<std::size_t, 2> value{dyn, N};
};

using sinter::dyn;
using sinter::matrix;
using sinter::tensor;

namespace {
constexpr tensor<int, 2, 3> constant = model::full<3>{2, 7};
static_assert(constant == tensor<int, 2, 3>{{7, 7, 7}, {7, 7, 7}});
}  // namespace

BOOST_AUTO_TEST_SUITE(tensor_expression)

BOOST_AUTO_TEST_CASE(deduction) {
    tensor a = model::full<4>{2, 1.5};
    static_assert(std::is_same_v<decltype(a), tensor<double, dyn, 4>>);
    BOOST_TEST((a == tensor<double, 2, 4>{{1.5, 1.5, 1.5, 1.5}, {1.5, 1.5, 1.5, 1.5}}));
    tensor b = model::full<dyn>{0, 1};
    static_assert(std::is_same_v<decltype(b), matrix<double>>);
    BOOST_TEST(b.empty());
    tensor copy = a;
    static_assert(std::is_same_v<decltype(copy), decltype(a)>);
}

BOOST_AUTO_TEST_CASE(construction_checks_extents) {
    BOOST_CHECK_THROW((tensor<float, 2, 3>(model::full<3>{4, 0})), sinter::shape_error);
    matrix<float> o = model::full<3>{4, 2};
    BOOST_TEST(o.extent(0) == 4u);
    BOOST_TEST(o(3, 2) == 2.0f);
}

BOOST_AUTO_TEST_CASE(assignment) {
    matrix<float> o(2, 3);
    o = model::full<3>{2, 5};
    BOOST_TEST(o(1, 2) == 5.0f);
    (o += model::full<3>{2, 1}) -= model::full<3>{2, 2};
    BOOST_TEST(o(0, 0) == 4.0f);
    o %= model::full<3>{2, 3};
    BOOST_TEST(o(1, 1) == 12.0f);
    BOOST_CHECK_THROW(o = (model::full<3>{3, 5}), sinter::shape_error);
    BOOST_TEST(o(1, 1) == 12.0f);
}

BOOST_AUTO_TEST_CASE(assignment_through_views) {
    std::vector<float> values(6);
    sinter::view_of(values.data(), {2, 3}) = model::full<3>{2, 5};
    BOOST_TEST(values[5] == 5.0f);
    sinter::view_of(values.data(), {2, 3}) += model::full<3>{2, 1};
    BOOST_TEST(values[0] == 6.0f);
    sinter::view_of(values.data(), {2, 3}, {1, 2}) -= model::full<3>{2, 2};
    BOOST_TEST(values[5] == 4.0f);
    auto const v = sinter::view_of(values.data(), {2, 3});
    v %= model::full<3>{2, 2};
    BOOST_TEST(values[3] == 8.0f);
}

BOOST_AUTO_TEST_SUITE_END()
