// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sinter/capture/call.hpp>
#include <sinter/capture/elementwise.hpp>
#include <sinter/capture/materialize.hpp>
#include <sinter/capture/operators.hpp>
#include <sinter/capture/rearrange.hpp>
#include <sinter/capture/reductions.hpp>
#include <sinter/capture/rowwise.hpp>
#include <sinter/capture/slice.hpp>
