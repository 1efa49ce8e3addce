// SPDX-License-Identifier: BSL-1.0
// expect: sinter: the result has more than 8 axes
#include <sinter/sinter.hpp>

#ifdef SINTER_FAIL
constexpr int axes = 8;
#else
constexpr int axes = 7;
#endif

template <int N>
auto with_axes(auto const& x) {
    if constexpr (N == 0) return sinter::capture(x);
    else return sinter::expand<0>(with_axes<N - 1>(x));
}

int main() {
    sinter::vector<float> x(3);
    auto const o = sinter::eval(with_axes<axes>(x));
    return o.size() == 3 ? 0 : 1;
}
