// expect: raise_shape
// SPDX-License-Identifier: BSL-1.0
#include <sinter/tensor/tensor.hpp>

#ifdef SINTER_FAIL
constexpr sinter::tensor<int, 2, 2> a{{1, 2}, {3}};
#else
constexpr sinter::tensor<int, 2, 2> a{{1, 2}, {3, 4}};
#endif
static_assert(a(0, 1) == 2);
