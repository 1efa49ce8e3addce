// SPDX-License-Identifier: BSL-1.0
// Functions of the user's that choose between two values, with simd::select: on registers and numbers of every type.
#include "support/exact.hpp"

#include <complex>

namespace sinter::test {
namespace {

constexpr auto above = [](auto x, auto y) { return simd::select(x > y, x, decltype(x)(0)); };

template <class T>
void chosen() {
    for (int const m : {1, 7, 8, 33}) {
        matrix<T> a(3, m), b(3, m);
        int i = 0;
        for (auto& x : a) x = static_cast<T>(static_cast<float>(i++ * 7 % 5));
        for (auto& x : b) x = static_cast<T>(static_cast<float>(i++ * 3 % 5));
        exact("chosen", matrix<T>(3, m), map(above, a, b), [&](auto r, auto c) { return a(r, c) > b(r, c) ? a(r, c) : T(0); });
    }
}
BOOST_AUTO_TEST_CASE(by_functions_of_the_users) {
    chosen<float>();
    chosen<double>();
    chosen<std::int8_t>();
    chosen<std::int32_t>();
    chosen<std::uint32_t>();
    chosen<std::int64_t>();
    chosen<std::uint64_t>();
    chosen<half>();
    chosen<bfloat16>();
    matrix<std::complex<float>> z(2, 2);
    z(0, 1) = 3;
    exact("of the user's types", matrix<std::complex<float>>(2, 2),
          map([](auto x) { return simd::select(x.real() > 2, x, decltype(x)(1)); }, z), [&](auto i, auto j) { return z(i, j).real() > 2 ? z(i, j) : 1; });
}

/// What never meets a register need not take one.
BOOST_AUTO_TEST_CASE(of_numbers_alone) {
    tensor<float> s(3.0f);
    tensor<float> const t = eval(map([](float x) { return x > 2 ? x : 0; }, s));
    BOOST_TEST(t() == 3);
}

}  // namespace
}  // namespace sinter::test
