// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "sizes.hpp"
#include "verify.hpp"

#include <cmath>
#include <tuple>

namespace sinter::test {

/// What a case template runs over.
using real_types = std::tuple<float, double>;

template <class T>
inline constexpr T infinity = std::numeric_limits<T>::infinity();
template <class T>
inline constexpr T nan = std::numeric_limits<T>::quiet_NaN();

}  // namespace sinter::test
