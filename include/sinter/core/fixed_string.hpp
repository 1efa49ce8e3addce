// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <string_view>

namespace sinter {

/// A text that a template can take: `f<"ij,jk">(x)`.
template <std::size_t N>
struct fixed_string {
    char at[N] = {};

    constexpr fixed_string() = default;
    constexpr fixed_string(char const (&s)[N]) {
        for (std::size_t i = 0; i < N; ++i) at[i] = s[i];
    }
    constexpr std::string_view text() const { return {at, N - 1}; }
};

}  // namespace sinter
