// SPDX-License-Identifier: BSL-1.0
// The lifetime-bound attribute is clang's; other compilers see an #error that reads like its warning.
// expect: address of stack memory associated with local variable 'x' returned
#include <sinter/capture/functions.hpp>
#include <sinter/tensor/tensor.hpp>

#pragma GCC diagnostic error "-Wall"
#ifdef __clang__
#pragma clang diagnostic error "-Wreturn-stack-address"
#pragma clang diagnostic error "-Wdangling"
#elif defined SINTER_FAIL
#error address of stack memory associated with local variable 'x' returned
#endif

#ifdef SINTER_FAIL
auto made_of_a_local() {
    sinter::matrix<float> x(2, 2);
    return x + 1;
}
#else
auto made_of_a_local() {
    sinter::matrix<float> x(2, 2);
    return own(x) + 1;
}
auto made_of_rvalues() {
    auto e = exp(sinter::matrix<float>(2, 2)) + 1;
    return softmax(std::move(e)) * sinter::matrix<float>(2, 2);
}
auto made_of_parameters(sinter::matrix<float> const& x) { return exp(x) + transpose(x); }
#endif
