// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/capture/notation.hpp>
#include <sinter/capture/rowwise.hpp>
