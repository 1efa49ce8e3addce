// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <string>

namespace arch_mix {

struct answer {
    std::size_t register_bytes = 0;     ///< of the object that was asked
    std::size_t workspace = 0;          ///< of a softmax of products
    std::string explanation;
    std::string failure;                ///< the ways to evaluate that used a kernel of another object
};

}  // namespace arch_mix
