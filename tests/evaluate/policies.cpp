// SPDX-License-Identifier: BSL-1.0
// Sequential and parallel evaluation.
#include "support/types.hpp"

namespace sinter::test {
namespace {

BOOST_AUTO_TEST_CASE(policies_agree) {
    generator g(seed());
    for (auto [n, m, d, e] : volumes) {
        auto const q = make<matrix<float>>(g, -1, 1, n, d), k = make<matrix<float>>(g, -1, 1, m, d), v = make<matrix<float>>(g, -1, 1, m, e);
        matrix<float> one(n, e), two(n, e), three(n, e);
        auto const f = softmax(q * transpose(k)) * v;
        sinter::assign(sinter::seq, one, f);
        sinter::assign(sinter::par, two, f);
        sinter::assign(sinter::par(3), three, f);
        check(f, one, near<float>(m + d));
        same("par", two, one, near<float>(m));
        same("par(3)", three, one, near<float>(m));
    }
    auto const x = make<vector<float>>(g, -1, 1, 1031);
    auto const total = sinter::eval(sinter::par(2), sum(x));
    check(sum(x), total, near<float>(1031));
}

}  // namespace
}  // namespace sinter::test
