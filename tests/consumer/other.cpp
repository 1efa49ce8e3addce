// SPDX-License-Identifier: BSL-1.0
// A second file that includes everything: what is defined in a header must be defined once in the program.
#include <sinter/notation.hpp>
#include <sinter/sinter.hpp>

sinter::matrix<float> twice(sinter::matrix<float> const& x) { return sinter::eval(x * 2.0f); }
