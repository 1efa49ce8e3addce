// SPDX-License-Identifier: BSL-1.0
// expect: sinter: a window of a window, both with steps that are known at run time only
// expect: (\"slice\(windows\(A\)\)\"|marked<'s', 'l', 'i', 'c', 'e', '\(', 'w', 'i', 'n', 'd', 'o', 'w', 's', '\(', 'A', '\)', '\)')
// lines: 45
#include <sinter/sinter.hpp>

#include <type_traits>

sinter::vector<float> x;
std::size_t stride = 2;
std::integral_constant<int, 2> const two{};
template <class S>
auto windows_of_firsts(S inner) { return sinter::windows<0>(col(sinter::windows<0>(x, 3, inner), 0), 3, stride); }
#ifdef SINTER_FAIL
auto p = plan(windows_of_firsts(stride));
#else
auto p = plan(windows_of_firsts(two));
#endif
