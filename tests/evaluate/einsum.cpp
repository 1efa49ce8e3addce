// SPDX-License-Identifier: BSL-1.0
// Einstein sums and products over semirings: in constant expressions, with extents that disagree, into their operands.
#include "support/monoids.hpp"
#include "support/types.hpp"

namespace sinter::test {
namespace {

// ---- in constant expressions -------------------------------------------------------------------------------------------
constexpr matrix<int, 2, 2> ways{{1, 2}, {3, 4}};

constexpr auto summed = [] {
    matrix<int, 2, 2> o;
    o = einsum<"ij,kj,i->ki">(ways, ways, vector<int, 2>{1, 10});
    return o;
}();
static_assert(summed(0, 0) == 5 && summed(1, 0) == 11 && summed(0, 1) == 110 && summed(1, 1) == 250);

constexpr auto diagonal = [] {
    vector<int, 2> o;
    o = einsum<"ii->i">(ways);
    return o;
}();
static_assert(diagonal(0) == 1 && diagonal(1) == 4);

template <class S>
constexpr auto squared = [] {
    matrix<int, 2, 2> o;
    o = product<S>(ways, ways);
    return o;
}();
static_assert(squared<min_plus>(0, 0) == 2 && squared<min_plus>(1, 1) == 5 && squared<max_times>(1, 1) == 16);
static_assert(squared<widest>(0, 0) == 2 && squared<widest>(1, 0) == 3);

// ---- extents that disagree ---------------------------------------------------------------------------------------------
BOOST_AUTO_TEST_CASE(disagreement) {
    generator g(seed());
    auto const a = make<matrix<float>>(g, -1, 1, 4, 5), b = make<matrix<float>>(g, -1, 1, 7, 6);
    auto o = make<matrix<float>>(g, -1, 1, 4, 6), o3 = o;
    auto const said = [&](auto evaluate) -> std::string {
        try {
            evaluate();
        } catch (shape_error const& error) {
            return error.what();
        }
        return "nothing";
    };
    BOOST_CHECK_EQUAL(said([&] { o = einsum<"ij,jk->ik">(a, b); }),
                      "einsum: shapes (4,5) and (7,6): the extents of index j of \"ij,jk->ik\" must be equal (5 vs 7)");
    BOOST_CHECK_EQUAL(said([&] { o = product<min_plus>(a, b); }),
                      "product<S>(A, B): shapes (4,5) and (7,6): the last extent of A must equal the one before last of B (5 vs 7)");
    same("nothing was written", o, o3, {0});
}

BOOST_AUTO_TEST_CASE(overlap) {
    generator g(seed());
    auto a = make<matrix<float>>(g, -1, 1, 4, 4), before = a;
    BOOST_CHECK_THROW(a = einsum<"ij->ji">(a), alias_error);
    BOOST_CHECK_THROW((a = product<min_plus>(a, a)), alias_error);
    same("nothing was written", a, before, {0});
    a = materialize(einsum<"ij->ji">(a));
    BOOST_CHECK_EQUAL(a(1, 2), before(2, 1));
}

BOOST_AUTO_TEST_CASE(text) {
    matrix<float> const a(2, 2);
    BOOST_CHECK_EQUAL(std::string(explain(einsum<"ii">(a))).substr(0, 15), "einsum<\"ii\">(A)");
    BOOST_CHECK_EQUAL(std::string(explain(product<max_plus>(a, a))).substr(0, 24), "product<amax, add>(A, B)");
}

}  // namespace
}  // namespace sinter::test
