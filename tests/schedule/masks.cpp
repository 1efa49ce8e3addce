// SPDX-License-Identifier: BSL-1.0
// Which masks can leave out blocks of a sweep, checked by the compiler. None is known by name.
#include "support/plan_of.hpp"

#include <sinter/capture/function.hpp>

#include <boost/test/unit_test.hpp>

namespace {

using namespace sinter::test;
using namespace sinter::ir;
using sinter::coord, sinter::matrix, sinter::softmax, sinter::transpose, sinter::vector;

/// How many masks can leave out blocks of some sweep.
template <class E>
constexpr int masks() {
    int most = 0;
    for (int l = 0; l < plan_of<E>.loops; ++l)
        if (plan_of<E>.loop[l].masks() > most) most = plan_of<E>.loop[l].masks();
    return most;
}
/// What the first of them is when it leaves out a block.
template <class E>
constexpr bool leaves_out_if() {
    for (int l = 0; l < plan_of<E>.loops; ++l)
        if (plan_of<E>.loop[l].masks() > 0) return plan_of<E>.loop[l].leaves_out_if[0];
    throw "no mask";
}

using M = matrix_f;
using V = vector_f;
constexpr auto none = -std::numeric_limits<float>::infinity();
constexpr auto scores = [] { return a<M>() * transpose(a<M>()) / 8.f; };
template <class Mask>
using weighted = decltype(softmax(where(Mask{}(), scores(), none)) * a<M>());

using causal_one = weighted<decltype([] { return coord<-1> <= coord<-2>; })>;
static_assert(masks<causal_one>() == 1 && !leaves_out_if<causal_one>());
using window = weighted<decltype([] { return coord<-2> - coord<-1> < 256 && coord<-1> <= coord<-2>; })>;
static_assert(masks<window>() == 1 && !leaves_out_if<window>());            // one mask, which consists of two
using prefix_or_causal = weighted<decltype([] { return coord<-1> < 7 || coord<-1> <= coord<-2>; })>;
static_assert(masks<prefix_or_causal>() == 1);
using documents = weighted<decltype([] { return equal(sinter::expand<1>(a<V>()), a<V>()); })>;
static_assert(masks<documents>() == 1);
using blocks_of_diagonal = weighted<decltype([] { return equal(floor(coord<-1> / 64), floor(coord<-2> / 64)); })>;
static_assert(masks<blocks_of_diagonal>() == 1);
using until_lengths = weighted<decltype([] { return coord<-1> < sinter::expand<1>(a<V>()); })>;
static_assert(masks<until_lengths>() == 1);
// Of any element type beside coordinates.
template <class L>
struct until {
    auto operator()() const { return coord<-1> < sinter::expand<1>(a<vector<L>>()); }
};
template <class L>
struct after_past {
    auto operator()() const { return coord<-1> <= coord<-2> + sinter::expand<1>(a<vector<L>>()); }
};
template <class L>
struct from_until {
    auto operator()() const { return coord<-1> >= sinter::expand<1>(a<vector<L>>()) && until<L>{}(); }
};
template <class... L>
constexpr bool each_type_is_found =
    ((masks<weighted<until<L>>>() == 1 && masks<weighted<after_past<L>>>() == 1 && masks<weighted<from_until<L>>>() == 1) && ...);
static_assert(each_type_is_found<std::int8_t, std::uint8_t, std::int32_t, std::size_t, sinter::half, float, double>);

// A truth that is an operand; functions that never fall, or never rise, of what is known.
static_assert(masks<weighted<decltype([] { return a<vector<bool>>(); })>>() == 1);
static_assert(masks<weighted<decltype([] { return sinter::expand<1>(a<vector<bool>>()) && a<vector<bool>>(); })>>() == 1);
static_assert(masks<weighted<decltype([] { return a<matrix<bool>>() && a<vector<bool>>(); })>>() == 1);
static_assert(masks<decltype(softmax(scores() + where(a<vector<bool>>(), 0.f, none)) * a<M>())>() == 1);
static_assert(masks<decltype(softmax(scores() + log(sinter::cast<float>(coord<-1> <= coord<-2>))) * a<M>())>() == 1);
static_assert(masks<weighted<decltype([] { return sqrt(abs(coord<-1> - coord<-2>)) < 3.3f; })>>() == 1);
static_assert(masks<weighted<decltype([] { return tanh(coord<-2> - coord<-1>) >= 0; })>>() == 1);
static_assert(masks<weighted<decltype([] { return sigmoid(coord<-2> - coord<-1>) >= 0.5f; })>>() == 1);
static_assert(masks<weighted<decltype([] { return equal(round(coord<-1> / 64.f), round(coord<-2> / 64.f)); })>>() == 1);
using decaying = decltype((sigmoid(scores()) % where(coord<-1> <= coord<-2>, exp((coord<-1> - coord<-2>) / 8.f), 0.f)) * a<M>());
static_assert(masks<decaying>() == 1);

// The other way round, one after the other, added, multiplied, with another monoid, in a plain product.
using inverted = decltype(softmax(where(coord<-1> > coord<-2>, none, scores())) * a<M>());
static_assert(masks<inverted>() == 1 && leaves_out_if<inverted>());
using one_after_another = decltype(softmax(where(coord<-1> < 9, where(coord<-1> <= coord<-2>, scores(), none), none)) * a<M>());
static_assert(masks<one_after_another>() == 2);
using added = decltype(softmax(scores() + where(coord<-1> <= coord<-2>, 0.f, none)) * a<M>());
static_assert(masks<added>() == 1);
using multiplied = decltype((sigmoid(scores()) % (coord<-1> <= coord<-2>)) * a<M>());
static_assert(masks<multiplied>() == 1);
using fading = decltype((sigmoid(scores()) % max(0, 1 - abs(coord<-1> - coord<-2>) / 32)) * a<M>());
static_assert(masks<fading>() == 1);
using triangle = decltype(where(coord<-1> <= coord<-2>, a<M>(), 0.f) * a<M>());
static_assert(masks<triangle>() == 1);
using with_tensor = weighted<decltype([] { return coord<-1> <= coord<-2> && a<matrix<bool>>(); })>;
static_assert(masks<with_tensor>() == 1);                                    // of the two, the one that can be bounded

// Nothing to leave out: no mask, both branches count, the mask is data of two axes, comparison of data.
static_assert(masks<decltype(softmax(scores()) * a<M>())>() == 0);
static_assert(masks<decltype(softmax(where(coord<-1> <= coord<-2>, scores(), 2 * scores())) * a<M>())>() == 0);
static_assert(masks<weighted<decltype([] { return a<matrix<bool>>(); })>>() == 0);
// Nor is what is never 0 or −∞ for long, or a vector that is no truth, which might be a bias; nor a truth that is a factor, since
// a product of a matrix and a vector of these is a product.
static_assert(masks<decltype((sigmoid(scores()) % exp(-abs(coord<-1> - coord<-2>) / 8.f)) * a<M>())>() == 0);
static_assert(masks<decltype((sigmoid(scores()) % abs(coord<-1> - coord<-2>)) * a<M>())>() == 0);
static_assert(masks<decltype(softmax(scores() + a<V>()) * a<M>())>() == 0);
static_assert(masks<decltype(relu(a<M>() * a<M>() + a<V>()) * a<M>())>() == 0);
static_assert(masks<decltype(a<M>() * a<vector<bool>>())>() == 0);
static_assert(masks<decltype(softmax(where(scores() > 1, scores(), none)) * a<M>())>() == 0);
static_assert(masks<decltype(softmax(scores() - abs(coord<-1> - coord<-2>) * 0.25f) * a<M>())>() == 0);
// A maximum that is 0 where the mask is false may not be left out: it would become −∞.
static_assert(masks<decltype(amax(where(coord<-1> <= coord<-2>, scores(), scores() * 0.f), sinter::axis<1>))>() == 0);

// Integers, where what is compared cannot wrap around.
template <class T, class Mask>
using triangle_of = decltype(where(Mask{}(), a<matrix<T>>(), T(0)) * a<matrix<T>>());
using below = decltype([] { return coord<-1> <= coord<-2>; });
using sum_below = decltype([] { return coord<-1> + coord<-1> <= coord<-2>; });
using square_below = decltype([] { return coord<-1> * coord<-1> <= coord<-2>; });
using difference_below = decltype([] { return coord<-1> - coord<-2> <= coord<-2>; });
static_assert(masks<triangle_of<std::int32_t, below>>() == 1 && masks<triangle_of<std::uint64_t, below>>() == 1);
static_assert(masks<triangle_of<std::int32_t, sum_below>>() == 1 && masks<triangle_of<std::int32_t, square_below>>() == 0);
static_assert(masks<triangle_of<std::int64_t, difference_below>>() == 1 && masks<triangle_of<std::uint64_t, difference_below>>() == 0);
static_assert(masks<triangle_of<std::int64_t, until<std::int64_t>>>() == 1 && masks<triangle_of<std::uint64_t, until<std::uint64_t>>>() == 0);

BOOST_AUTO_TEST_CASE(plans_compiled) {}

}  // namespace
