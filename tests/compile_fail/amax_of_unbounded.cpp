// SPDX-License-Identifier: BSL-1.0
// expect: sinter: a minimum or maximum of a scalar type of the user's needs a number beyond all others
// lines: 95
#include <sinter/sinter.hpp>

#include <boost/multiprecision/cpp_int.hpp>

int main() {
#ifdef SINTER_FAIL
    using integer = boost::multiprecision::cpp_int;
#else
    using integer = boost::multiprecision::int128_t;
#endif
    sinter::vector<integer> x(3);
    return sinter::eval(sinter::amax(x))() == 0 ? 0 : 1;
}
