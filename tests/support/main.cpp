// SPDX-License-Identifier: BSL-1.0
// The entry of every test program; test files include <boost/test/unit_test.hpp>. Where there is no compiled Boost.Test
// (Debian: libboost-test-dev), this file becomes the one copy of it, which takes ten times as long to compile.
#define BOOST_TEST_MODULE sinter
#if defined(SINTER_COMPILED_BOOST_TEST)
#include <boost/test/unit_test.hpp>
#else
#include <boost/test/included/unit_test.hpp>
#endif
