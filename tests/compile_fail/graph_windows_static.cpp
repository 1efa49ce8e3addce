// SPDX-License-Identifier: BSL-1.0
// expect: sinter: windows of windows along one axis, or of a convolution, a cumulative reduction or the like: write materialize\(...\) around the part of the formula that is named here
// expect: (\"windows\(A\)\"|marked<'w', 'i', 'n', 'd', 'o', 'w', 's', '\(', 'A', '\)')
// lines: 45
#include <sinter/sinter.hpp>

#include <type_traits>

sinter::vector<float> x;
template <int N> using number = std::integral_constant<int, N>;
#ifdef SINTER_FAIL
auto p = plan(sum(sinter::windows<0>(sinter::windows<0>(x, number<3>{}), number<2>{}, number<2>{}), sinter::axis<-2, -1>));
#else
auto p = plan(sum(sinter::windows<0>(materialize(sinter::windows<0>(x, number<3>{})), number<2>{}, number<2>{}), sinter::axis<-2, -1>));
auto q = plan(sum(sinter::windows<0>(col(sinter::windows<0>(x, number<3>{}), 1), number<2>{}, number<2>{}), sinter::axis<-1>));
#endif
