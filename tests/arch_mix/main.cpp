// SPDX-License-Identifier: BSL-1.0
// One program of two objects with the same formulas, compiled for two instruction sets: each must run its own kernels.
#include "answer.hpp"

#include <iostream>

arch_mix::answer ask_narrow();
arch_mix::answer ask_wide();

int main() {
    if (!__builtin_cpu_supports("avx2") || !__builtin_cpu_supports("fma")) {
        std::cout << "skipped: this processor has no AVX2\n";
        return 77;     // what tests/CMakeLists.txt calls skipped
    }
    auto const narrow = ask_narrow(), wide = ask_wide();
    auto const tiles = [](arch_mix::answer const& a) {
        return "tiles of " + std::to_string(2 * a.register_bytes / sizeof(float)) + " ";
    };
    int failed = 0;
    auto const check = [&](bool good, std::string const& what) {
        if (!good) std::cout << "FAILED: " << what << '\n', ++failed;
    };
    check(narrow.register_bytes == 16 && wide.register_bytes == 32, "the objects have registers of 16 and 32 bytes");
    check(narrow.failure.empty(), "narrow: " + narrow.failure);
    check(wide.failure.empty(), "wide: " + wide.failure);
    check(narrow.workspace < wide.workspace, "plan tells the workspace of its own kernels");
    check(narrow.explanation.find(tiles(narrow)) != std::string::npos, "narrow: explain tells the tiles of its own kernels");
    check(wide.explanation.find(tiles(wide)) != std::string::npos, "wide: explain tells the tiles of its own kernels");
    return failed == 0 ? 0 : 1;
}
