// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sinter/capture/notation.hpp>
#include <sinter/capture/rowwise.hpp>
