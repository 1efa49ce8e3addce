// SPDX-License-Identifier: BSL-1.0
#include <sinter/notation.hpp>

#include <sinter/capture/functions.hpp>
#include <sinter/capture/to_formula.hpp>
#include <sinter/tensor/tensor.hpp>

#include <boost/test/unit_test.hpp>

#include <cmath>
#include <type_traits>

#pragma GCC diagnostic ignored "-Wparentheses"      // g++ would rather see `(A + Q*K) ^ T`

// Each sentence must be the same formula as the one without notation.
namespace {

using namespace sinter::notation;

constexpr auto same = []<class A, class B>(A const&, B const&) { return std::is_same_v<A, B>; };

}  // namespace

BOOST_AUTO_TEST_CASE(sentences) {
    sinter::matrix<float> Q(3, 4), K(5, 4), V(5, 6), M(3, 5), A(3, 5), B(3, 5), N(3, 2), W(5, 2);
    sinter::vector<float> x(4), y(4);
    float const s = 2, c = 3;
    int const d = 4;
    BOOST_TEST(same(softmax(Q*K^T/sqrt(d))*V, softmax(Q * transpose(K) / std::sqrt(d)) * V));
    BOOST_TEST(same(A + Q*K^T/s + M, A + Q * transpose(K) / s + M));
    BOOST_TEST(same(s*Q*K^T, s * Q * transpose(K)));
    BOOST_TEST(same(Q*K^T*c + B, Q * transpose(K) * c + B));
    BOOST_TEST(same(x^T*y, transpose(x) * y));
    BOOST_TEST(same(x*y^T, outer(x, y)));
    BOOST_TEST(same(A^T*B, transpose(A) * B));
    BOOST_TEST(same((A*B)^T, A * transpose(B)));
    BOOST_TEST(same(A^T*B^T, transpose(A) * transpose(B)));
    BOOST_TEST(same(Q*K^T*V, Q * transpose(K) * V));
    BOOST_TEST(same(Q*K^T + N*W^T, Q * transpose(K) + N * transpose(W)));
    BOOST_TEST(same(A - Q*K^T/s*2 - M%A, A - Q * transpose(K) / s * 2 - M % A));
    BOOST_TEST(same(-Q*K^T, -Q * transpose(K)));
    BOOST_TEST(same(-A^T, -transpose(A)));
    BOOST_TEST(same(A%B^T, A % transpose(B)));
    BOOST_TEST(same(Q*(A+M)^T, Q * transpose(A + M)));
    BOOST_TEST(same(Q*(s*K)^T, Q * transpose(s * K)));
    BOOST_TEST(same(A + (Q+M)^T, A + transpose(Q + M)));
    BOOST_TEST(same(exp(Q)*K^T, exp(Q) * transpose(K)));
    BOOST_TEST(!same(Q*K^T, Q * K));
}

BOOST_AUTO_TEST_CASE(values_stay_with_their_places) {
    sinter::matrix<float> Q(3, 4), K(5, 4), M(3, 5);
    auto const e = 2.0*Q*K^T/3.0 - 4.0*M;
    BOOST_TEST(e.a.b.value == 3.0f);
    BOOST_TEST(e.a.a.a.a.value == 2.0f);
    BOOST_TEST(e.b.a.value == 4.0f);
    BOOST_TEST(e.a.a.b.a.tensor == &K);
}

// The compiler sees Q*K before ^, whose extents disagree; that is no error.
BOOST_AUTO_TEST_CASE(static_extents) {
    sinter::matrix<float, 64, 32> Q;
    sinter::matrix<float, 128, 32> K;
    sinter::matrix<float, 64, 128> A;
    auto const e = A + Q*K^T;
    static_assert(sinter::is_valid<decltype(e)> && !sinter::is_valid<decltype(Q*K)>);
    BOOST_TEST(sinter::formula_of<decltype(e)>.root().rank == 2);
}
