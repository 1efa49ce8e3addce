// SPDX-License-Identifier: BSL-1.0
// softmax(Q*KT/sqrt(d))*V.
#include "support/types.hpp"

namespace sinter::test {
namespace {

template <class T>
struct operands_t {
    matrix<T> q, k, v, o;
    operands_t(generator& g, std::array<size, 4> s)
        : q(s[0], s[2]), k(s[1], s[2]), v(s[1], s[3]), o(s[0], s[3]) {
        fill(q, g, -2, 2);
        fill(k, g, -2, 2);
        fill(v, g);
    }
};

BOOST_AUTO_TEST_CASE_TEMPLATE(sentence, T, real_types) {
    generator g(seed());
    for (auto s : volumes) {
        operands_t<T> x(g, s);
        T const root = std::sqrt(T(s[2] + 1));
        verify("softmax(Q*KT/root)*V", softmax(x.q * transpose(x.k) / root) * x.v, x.o, near<T>(s[1] + s[2]));
    }
}

BOOST_AUTO_TEST_CASE(workspace_is_bounded) {
    generator g(seed());
    for (std::array<size, 4> s : {std::array<size, 4>{65, 257, 64, 64}, {1, 1000, 128, 33}, {300, 7, 5, 600}}) {
        operands_t<float> x(g, s);
        verify_workspace("softmax(Q*KT)*V", softmax(x.q * transpose(x.k)) * x.v, x.o);
    }
}

BOOST_AUTO_TEST_CASE(static_features) {
    generator g(seed());
    for (size n : {1, 5, 33}) {
        auto q = make<matrix<float, dyn, 64>>(g, -1, 1, n), k = make<matrix<float, dyn, 64>>(g, -1, 1, 2 * n);
        auto v = make<matrix<float, dyn, 64>>(g, -1, 1, 2 * n);
        verify("64 features", softmax(q * transpose(k) / 8) * v, matrix<float, dyn, 64>(n), near<float>(64 + n));
    }
    auto q = make<matrix<float, 9, 8>>(g, -1, 1);
    auto k = make<matrix<float, 31, 8>>(g, -1, 1);
    auto v = make<matrix<float, 31, 5>>(g, -1, 1);
    verify("all static", softmax(q * transpose(k)) * v, matrix<float, 9, 5>(), near<float>(39));
}

BOOST_AUTO_TEST_CASE_TEMPLATE(large_scores, T, real_types) {
    generator g(seed());
    auto q = make<matrix<T>>(g, -30, 30, 17, 16), k = make<matrix<T>>(g, -30, 30, 129, 16), v = make<matrix<T>>(g, -1, 1, 129, 9);
    verify("scores of some thousands", softmax(q * transpose(k)) * v, matrix<T>(17, 9), by_condition);
}

}  // namespace
}  // namespace sinter::test
