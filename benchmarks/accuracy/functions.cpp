// SPDX-License-Identifier: BSL-1.0
// SINTER_ACCURACY_BUILD is the name of the function to define, one for each instruction set.
#include "functions.hpp"

#include <sinter/sinter.hpp>

accuracy::function const* accuracy::SINTER_ACCURACY_BUILD() {
    static constexpr function all[] = {
#define SINTER_FUNCTION(name, reference, all)           \
    [](std::span<float const> x, std::span<float> y) {  \
        auto result = sinter::view_of(y);               \
        result = name(sinter::view_of(x));              \
    },
        SINTER_ACCURACY_FUNCTIONS(SINTER_FUNCTION)
#undef SINTER_FUNCTION
    };
    return all;
}
