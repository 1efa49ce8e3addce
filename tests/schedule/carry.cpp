// SPDX-License-Identifier: BSL-1.0
// Which sweeps go on where they were for the index before, checked by the compiler.
#include "support/plan_of.hpp"

#include <sinter/capture/functions.hpp>

#include <boost/test/unit_test.hpp>

#include <complex>

namespace {

using namespace sinter::test;
using namespace sinter::ir;
using sinter::axis, sinter::coord, sinter::dyn, sinter::matrix, sinter::tensor, sinter::vector;

/// How many sweeps carry.
template <class E>
constexpr int carried() {
    int n = 0;
    for (int l = 0; l < plan_of<E>.loops; ++l) n += plan_of<E>.loop[l].carries;
    return n;
}

using M = matrix_f;
using V = vector_f;
using sinter::cummax, sinter::cummin, sinter::cumprod, sinter::cumsum;

static_assert(carried<decltype(cumsum<0>(a<V>()))>() == 1 && carried<decltype(cumprod<0>(a<V>()))>() == 1);
static_assert(carried<decltype(cummax<0>(a<V>()))>() == 1 && carried<decltype(cummin<0>(a<V>()))>() == 1);
static_assert(carried<decltype(cumsum<1>(a<M>()))>() == 1);
static_assert(carried<decltype(cumsum<0>(a<M>()))>() == 1);                                             // rows of a tile
static_assert(carried<decltype(cumsum<0>(exp(a<M>())))>() == 1);
static_assert(carried<decltype(cumsum<1>(exp(a<tensor<float, dyn, dyn, dyn>>())))>() == 1);
static_assert(carried<decltype(cumsum<0>(a<vector<std::complex<float>>>()))>() == 1 && carried<decltype(cumsum<0>(a<matrix<std::complex<float>>>()))>() == 1);
static_assert(carried<decltype(cumsum<0>(a<V>()) / (coord<0> + 1) - exp(a<V>()))>() == 1);
static_assert(carried<decltype(cumsum<0>(a<V>()) + cumsum<0>(exp(a<V>())))>() == 2);
static_assert(carried<decltype(sum(exp(cumsum<0>(a<V>()))))>() == 1);                                   // tiles of a sum
static_assert(carried<decltype(sum(cumsum<0>(a<M>()), axis<0>))>() == 1 && carried<decltype(cumsum<1>(a<M>()) * a<M>())>() == 1);
static_assert(carried<decltype(cumsum<0>(transpose(a<M>())))>() == 1 && carried<decltype(cumsum<0>(a<M>() + transpose(a<M>())))>() == 1);
static_assert(carried<decltype(sinter::slice(cumsum<0>(a<V>()), sinter::range(1, 100, sinter::by<3>)))>() == 1);
static_assert(carried<decltype(cumsum<0>(a<vector<std::int32_t>>()))>() == 1);
static_assert(carried<decltype(cumsum<0>(a<vector<std::uint64_t>>()))>() == 1);
// Another value for each index of the tile; a mask that also forgets; blocks whose values depend on each other.
static_assert(carried<decltype(softmax(where(coord<-1> <= coord<-2>, a<M>() * transpose(a<M>()), -1.f)) * a<M>())>() == 0);
static_assert(carried<decltype(sum(where(coord<1> <= coord<0>, a<M>(), 0.f), axis<1>))>() == 0);
static_assert(carried<decltype(sum(where(coord<1> <= coord<0> && coord<0> - coord<1> < 9, a<M>(), 0.f), axis<1>))>() == 0);

/// Sums by a mask of one's own, along the lanes: two more vectors have them chosen.
template <class Mask>
constexpr int walks = carried<decltype(sum(where(Mask{}(), sinter::repeat<0>(sinter::expand<0>(a<V>()), 300), 0), axis<1>) + a<V>() + a<V>())>();
static_assert(walks<decltype([] { return coord<1> <= coord<0>; })> == 1 && walks<decltype([] { return !(coord<1> >= coord<0> + coord<0> - 7); })> == 1);
// Whole numbers only: what is rounded, overflows, wraps around or is no number may go back.
static_assert(walks<decltype([] { return coord<1> <= coord<0> + 0.25f; })> == 0 && walks<decltype([] { return coord<1> <= exp(coord<0>); })> == 0);
static_assert(walks<decltype([] { return coord<1> <= sinter::cast<std::int8_t>(coord<0>); })> == 0 && walks<decltype([] { return coord<1> <= sqrt(coord<0>); })> == 0);

/// How a mask of rows and columns goes along an axis.
template <class Mask>
constexpr direction along(int d) {
    constexpr auto g = graph_of<decltype(where(Mask{}(), a<M>(), 0.f))>;
    return directions<std::remove_const_t<decltype(g)>>(g, g.out[d])[g.nodes[g.root].arg[0]];
}
template <class Mask>
constexpr bool goes(direction rows, direction columns) { return along<Mask>(0) == rows && along<Mask>(1) == columns; }

constexpr auto up = direction::rises, down = direction::falls, unknown = direction::unknown;
static_assert(goes<decltype([] { return coord<1> <= coord<0>; })>(up, down));
static_assert(goes<decltype([] { return coord<0> - coord<1> < 9; })>(down, up));
static_assert(goes<decltype([] { return coord<1> <= coord<0> && coord<0> - coord<1> < 9; })>(unknown, unknown));
static_assert(goes<decltype([] { return coord<1> <= coord<0> || coord<1> - 7 < coord<0>; })>(up, down));
static_assert(goes<decltype([] { return -coord<1> >= -exp(coord<0>); })>(up, down));
static_assert(goes<decltype([] { return !(coord<1> > floor(sqrt(coord<0>))); })>(up, down));
static_assert(goes<decltype([] { return !(coord<1> > floor(exp(coord<0>))); })>(up, down));
static_assert(goes<decltype([] { return coord<1> <= coord<0> * 2; })>(unknown, down));
static_assert(goes<decltype([] { return equal(coord<1>, coord<0>); })>(unknown, unknown));
static_assert(goes<decltype([] { return coord<0> < a<V>(); })>(down, unknown));

BOOST_AUTO_TEST_CASE(opposites) {
    BOOST_TEST((opposite(direction::rises) == direction::falls && opposite(direction::unknown) == direction::unknown));
    BOOST_TEST((together(direction::level, direction::falls) == direction::falls));
    BOOST_TEST((together(direction::rises, direction::falls) == direction::unknown));
}

}  // namespace
