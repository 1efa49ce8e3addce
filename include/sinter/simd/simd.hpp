// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/simd/apply.hpp>
#include <sinter/simd/convert.hpp>
#include <sinter/simd/memory.hpp>
#include <sinter/simd/monoid.hpp>
#include <sinter/simd/transpose.hpp>
