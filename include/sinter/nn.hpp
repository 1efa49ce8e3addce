// SPDX-License-Identifier: BSL-1.0
#pragma once

// Layers of networks as formulas, namespace sinter::nn
#include <sinter/nn/linear.hpp>
#include <sinter/nn/losses.hpp>

// Attention
#include <sinter/nn/attention.hpp>
#include <sinter/nn/heads.hpp>
#include <sinter/nn/multi_head.hpp>
#include <sinter/nn/rotary.hpp>

// Layers of a transformer
#include <sinter/nn/decoder.hpp>
#include <sinter/nn/encoder.hpp>
