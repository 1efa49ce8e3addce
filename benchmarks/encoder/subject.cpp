// SPDX-License-Identifier: BSL-1.0
// The encoder of examples/minilm as a shared library, which compare.py calls.
#include "minilm/encoder.hpp"

#include <cstddef>
#include <cstdio>
#include <exception>

extern "C" {

/// Null where the weights cannot be used, which is then said on stderr.
minilm::encoder* encoder_open(char const* file, std::size_t longest) {
    try {
        return new minilm::encoder(file, longest);
    } catch (std::exception const& error) {
        std::fprintf(stderr, "%s\n", error.what());
        return nullptr;
    }
}

/// 0, or 1 where the pieces were refused.
int encoder_embed(minilm::encoder* encoder, minilm::token const* pieces, std::size_t count, float* embedding) {
    try {
        encoder->embed({pieces, count}, minilm::view<float, minilm::width>(embedding));
        return 0;
    } catch (std::exception const& error) {
        std::fprintf(stderr, "%s\n", error.what());
        return 1;
    }
}

void encoder_close(minilm::encoder* encoder) { delete encoder; }
}
