// SPDX-License-Identifier: BSL-1.0
// Einstein sums and products over semirings need nothing whole, checked by the compiler.
#include "support/plan_of.hpp"

#include <boost/test/unit_test.hpp>

namespace {

using namespace sinter::test;
using sinter::einsum, sinter::product, sinter::min_plus;
using M = matrix_f;
using C = sinter::tensor<float, sinter::dyn, sinter::dyn, sinter::dyn>;
using H = sinter::tensor<float, sinter::dyn, sinter::dyn, sinter::dyn, sinter::dyn>;

template <sinter::fixed_string S, class... X>
constexpr bool streams() {
    return plan_of<decltype(einsum<S>(a<X>()...))>.whole_intermediate < 0;
}

static_assert(streams<"ij,jk,kl,li->", M, M, M, M>() && streams<"ij,jk,kl,li->il", M, M, M, M>());
static_assert(streams<"ij,jk,kl,lm,mn,no->io", M, M, M, M, M, M>());
static_assert(streams<"ijk,ir,jr,kr->r", C, M, M, M>() && streams<"abc,ad,be,cf->def", C, M, M, M>());
static_assert(streams<"bhid,bhjd,bhje->bhie", H, H, H>() && streams<"abcd,cdef,ef->ab", H, H, M>());
static_assert(streams<"pij,qjk,rki->pqr", C, C, C>() && streams<"ijkl,ia,jb,kc,ld->abcd", H, M, M, M, M>());
// So many that not all orders are tried.
static_assert(streams<"ab,bc,cd,de,ef,fg,gh,hi,ij,jk,kl,lm,mn,no,op,pq->aq", M, M, M, M, M, M, M, M, M, M, M, M, M, M, M, M>());
// The cheapest order, the middle first, would keep one intermediate whole.
template <int... E>
using F = sinter::tensor<float, static_cast<std::size_t>(E)...>;
static_assert(streams<"ij,jk,kl,lm->im", F<9, 10>, F<10, 90>, F<90, 10>, F<10, 9>>());
// Two products with no index in common, and each element of the one beside each of the other: one has to be kept.
static_assert(!streams<"ab,bc,de,ef->acdf", M, M, M, M>());

static_assert(plan_of<decltype(einsum<"bhid,bhjd->bhij">(a<H>(), a<H>()))>.passes == 1);
using square = decltype(product<min_plus>(a<M>(), a<M>()));
using path_of_four = decltype(product<min_plus>(product<min_plus>(a<M>(), a<M>()), product<min_plus>(a<M>(), a<M>())));
static_assert(plan_of<square>.passes == 1 && plan_of<square>.whole_intermediate < 0);
static_assert(plan_of<path_of_four>.passes == plan_of<decltype(a<M>() * a<M>() * (a<M>() * a<M>()))>.passes);
static_assert(plan_of<path_of_four>.whole_intermediate < 0);

BOOST_AUTO_TEST_CASE(plans_are_checked_by_the_compiler) { BOOST_CHECK(true); }

}  // namespace
