// SPDX-License-Identifier: BSL-1.0
#include <sinter/capture/functions.hpp>
#include <sinter/capture/shape.hpp>
#include <sinter/tensor/tensor.hpp>
#include <sinter/tensor/view.hpp>

#include <boost/test/unit_test.hpp>

#include <array>
#include <string>
#include <vector>

namespace {

using namespace sinter;

/// The extents of the result.
template <class E>
std::vector<std::size_t> shape_of_result(E const& e) {
    auto const x = solve_extents(e);
    auto const& t = formula_of<E>.root();
    std::vector<std::size_t> s;
    for (int i = 0; i < t.rank; ++i) s.push_back(x[static_cast<std::size_t>(t.extent[i])]);
    return s;
}

template <class E>
std::string error_of(E const& e) {
    try {
        solve_extents(e);
    } catch (shape_error const& error) {
        return error.what();
    }
    return "";
}

using shape_list = std::vector<std::size_t>;


matrix<float> zeros(std::size_t r, std::size_t c) { return matrix<float>(r, c); }

}  // namespace

BOOST_AUTO_TEST_CASE(results) {
    auto const q = zeros(3, 4), k = zeros(5, 4), v = zeros(5, 6);
    BOOST_TEST(shape_of_result(softmax(q * transpose(k)) * v) == (shape_list{3, 6}));
    BOOST_TEST(shape_of_result(q + zeros(1, 4)) == (shape_list{3, 4}));
    BOOST_TEST(shape_of_result(zeros(3, 1) + zeros(1, 4)) == (shape_list{3, 4}));
    BOOST_TEST(shape_of_result(row(q, 0) + zeros(7, 1)) == (shape_list{7, 4}));
    BOOST_TEST(shape_of_result(sum(q, axis<0>)) == (shape_list{4}));
    BOOST_TEST(shape_of_result(sum(q, axis<0>, keep)) == (shape_list{1, 4}));
    BOOST_TEST(shape_of_result(reshape(q, 2, -1)) == (shape_list{2, 6}));
    BOOST_TEST(shape_of_result(reshape(q, 12) + reshape(q, -1, 1)) == (shape_list{12, 12}));
    constexpr std::integral_constant<int, -1> rest;
    BOOST_TEST(shape_of_result(reshape(q, 2, rest)) == (shape_list{2, 6}));
    BOOST_TEST(shape_of_result(reshape(q, 1, rest) + reshape(v, rest, 1)) == (shape_list{30, 12}));
    BOOST_TEST(shape_of_result(reshape<2, dyn>(q) * reshape<dyn, 5>(v)) == (shape_list{2, 5}));
    BOOST_TEST(shape_of_result(outer(row(q, 0), col(v, 1))) == (shape_list{4, 5}));
    BOOST_TEST(shape_of_result(cosine_similarity(q, row(k, 1))) == (shape_list{3}));
    BOOST_TEST(shape_of_result(expand<0>(q)) == (shape_list{1, 3, 4}));
    BOOST_TEST(shape_of_result(layer_norm(q, row(k, 0), 0)) == (shape_list{3, 4}));
    BOOST_TEST(shape_of_result(causal(q)) == (shape_list{3, 4}));
}

BOOST_AUTO_TEST_CASE(slices) {
    auto const q = zeros(3, 4);
    BOOST_TEST(shape_of_result(rows(q, 1, 2)) == (shape_list{2, 4}));
    BOOST_TEST(shape_of_result(cols(q, -2, 2)) == (shape_list{3, 2}));
    BOOST_TEST(shape_of_result(row(q, -3)) == (shape_list{4}));
    BOOST_TEST(shape_of_result(slice(q, whole, range(0, 4, by<3>))) == (shape_list{3, 2}));
    BOOST_TEST(shape_of_result(slice(q, 2, range(1, -1))) == (shape_list{2}));
    BOOST_TEST(shape_of_result(slice(q, range(3, 3))) == (shape_list{0, 4}));
    BOOST_TEST(error_of(row(q, 3)) == "slice: shape (3,4): index 3 lies outside an axis of extent 3");
    BOOST_TEST(error_of(row(q, -4)) == "slice: shape (3,4): index -4 lies outside an axis of extent 3");
    BOOST_TEST(error_of(row(q, std::integral_constant<int, -4>{})) != "");
    BOOST_TEST(error_of(rows(q, 2, 2)) == "slice: shape (3,4): index 4 lies outside an axis of extent 3");
    BOOST_TEST(error_of(rows(q, 1, std::size_t(-1))) != "");
    BOOST_TEST(error_of(slice(q, range(2, 1))) != "");
    BOOST_TEST(error_of(slice(q, range(0, 4))) != "");
}

BOOST_AUTO_TEST_CASE(disagreements_name_the_operation_the_shapes_and_the_rule) {
    auto const a = zeros(3, 4), b = zeros(5, 6);
    BOOST_TEST(error_of(a * b) == "A*B: shapes (3,4) and (5,6): the last extent of A must equal the one before last of B (4 vs 5)");
    BOOST_TEST(error_of(a + b) == "add: shapes (3,4) and (5,6): extents of one axis must be equal, or one of them 1 (4 vs 6)");
    BOOST_TEST(error_of(reshape(a, 5, 2)) ==
               "reshape: shape (3,4): reshape to (5,2) must keep the number of elements (12 vs 10)");
    BOOST_TEST(error_of(reshape(a, 5, -1)) != "");
    BOOST_TEST(error_of(reshape(a, -1, -1, 2)) == "reshape: shape (3,4): only one extent may be −1");
    BOOST_TEST(error_of(reshape(zeros(3, 0), 0, -1)) ==
               "reshape: shape (3,0): an extent of −1 beside one of 0 could be any number");
    BOOST_TEST(error_of(reshape<dyn, dyn, 2>(a)) == "reshape: shape (3,4): only one extent may be −1");
    BOOST_TEST(error_of(cosine_similarity(a, zeros(3, 6))) ==
               "cosine_similarity: shapes (3,4) and (3,6): the last extents must be equal (4 vs 6)");
    BOOST_TEST(error_of(where(a < 0, a, zeros(3, 6))) ==
               "where: shapes (3,4), (3,4) and (3,6): extents of one axis must be equal, or one of them 1 (4 vs 6)");
    BOOST_TEST(error_of(a * zeros(1, 4)) != "");        // a product does not broadcast its summed axis
    BOOST_TEST(error_of(matrix<float, 3, 4>() + zeros(2, 4)) != "");
    BOOST_TEST(error_of(matrix<float, 3, 4>() + zeros(1, 4)) == "");
}

BOOST_AUTO_TEST_CASE(at_compile_time) {
    constexpr auto extents = [] {
        matrix<float, 3, 4> q;
        matrix<float, 5, 4> k;
        auto const e = rows(q, 1, 2) * transpose(k);
        return std::array{solve_extents(e)[formula_of<decltype(e)>.root().extent[0]],
                          solve_extents(e)[formula_of<decltype(e)>.root().extent[1]]};
    }();
    static_assert(extents[0] == 2 && extents[1] == 5);
}
