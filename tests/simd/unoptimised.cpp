// SPDX-License-Identifier: BSL-1.0
// sweep.cpp as g++ -O0 compiles it, where the AVX-512 intrinsics are macros: without __OPTIMIZE__, which the pragma leaves
// defined. (clang's are the same at every level, so that there this is sweep.cpp again.)
#if !defined(__clang__)
#undef __OPTIMIZE__
#pragma GCC optimize("O0")
#endif
#include "sweep.cpp"
