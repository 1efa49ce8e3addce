// SPDX-License-Identifier: BSL-1.0
// Compiled without exceptions and run-time types: the sentence, and an error that reaches the handler as text.
#include <sinter/notation.hpp>
#include <sinter/sinter.hpp>

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#if defined(__cpp_exceptions) || defined(__cpp_rtti)
#error "this program is about building without exceptions and run-time types"
#endif

namespace {

void expected(char const* text) {
    std::printf("the handler got: %s\n", text);
    bool const names_both = std::strstr(text, "(1,2)") && std::strstr(text, "(3,1)");
    std::fflush(stdout);
    std::_Exit(names_both ? 0 : 1);
}

}  // namespace

int main() {
    using namespace sinter::notation;
    float const d = 2;
    sinter::matrix<float> Q{{1, 0}}, K{{1, 2}, {0, 1}}, V{{2}, {3}}, O(1, 1);
    O = softmax(Q*K^T/std::sqrt(d))*V;
    if (std::abs(O(0, 0) - 2.3302f) > 1e-4f) return 1;

    sinter::matrix<float> wrong(3, 1);
    sinter::set_error_handler(&expected);
    O = Q * wrong;                      // (1,2) × (3,1): the handler ends the program
    return 1;
}
