// SPDX-License-Identifier: BSL-1.0
// expect: sinter: files hold bool, integers, half, bfloat16, float and double
// lines: 18
#include <sinter/interop/npy.hpp>

#ifdef SINTER_FAIL
using element = long double;
#else
using element = double;
#endif

void write(sinter::tensor<element, 3> const& x) { sinter::npy::write("x.npy", x); }
