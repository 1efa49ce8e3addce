// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/capture/check.hpp>    // first, so that the compiler's path to an error in it is short
#include <sinter/capture/call.hpp>
#include <sinter/capture/concatenate.hpp>
#include <sinter/capture/convolve.hpp>
#include <sinter/capture/cumulate.hpp>
#include <sinter/capture/einsum.hpp>
#include <sinter/capture/elementwise.hpp>
#include <sinter/capture/materialize.hpp>
#include <sinter/capture/operators.hpp>
#include <sinter/capture/rearrange.hpp>
#include <sinter/capture/reductions.hpp>
#include <sinter/capture/rowwise.hpp>
#include <sinter/capture/semiring.hpp>
#include <sinter/capture/slice.hpp>
#include <sinter/capture/take.hpp>
#include <sinter/capture/together.hpp>
#include <sinter/capture/top.hpp>
#include <sinter/capture/windows.hpp>
