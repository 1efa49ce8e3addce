// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "array.hpp"

namespace conformance {

/// How far a result may be from what is wanted: |got − want| ≤ atol + rtol·|want|.
struct bound {
    double rtol, atol;
};

/// The bound of an element type: 1e-5 and 1e-7 for float32, 1e-12 for float64; for half precision that of the case,
/// which is ONNX's; integers are exact.
bound bound_of(dtype type, bound of_case);

struct comparison {
    std::string difference;     ///< empty: they agree
    double largest = 0;         ///< the largest error, in units of the bound
};

/// NaN equals NaN, an infinity equals itself.
comparison compare(array const& got, array const& want, bound allowed);

}  // namespace conformance
