// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <stdexcept>

namespace minilm {

/// Something the user gave cannot be used: one line on stderr, exit status 2.
struct bad_input : std::runtime_error {
    using std::runtime_error::runtime_error;
};

}  // namespace minilm
