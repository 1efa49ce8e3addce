// SPDX-License-Identifier: BSL-1.0
#pragma once

// Data
#include <sinter/tensor/tensor.hpp>
#include <sinter/tensor/view.hpp>
#include <sinter/tensor/view_of.hpp>
#include <sinter/tensor/print.hpp>

// Formulas
#include <sinter/capture/functions.hpp>

// Evaluation
#include <sinter/evaluate.hpp>
#include <sinter/together.hpp>

// Questions about an evaluation
#include <sinter/inspect/explain.hpp>
#include <sinter/inspect/plan.hpp>
#include <sinter/inspect/require_fused.hpp>
#include <sinter/inspect/to_dot.hpp>
