// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "array.hpp"

#include <filesystem>

namespace conformance {

/// The array of a .npy file, which must have the type and the shape that the case tells. Throws bad_case, or file_error.
array read_npy(std::filesystem::path const& path, dtype type, shape_t const& shape);

}  // namespace conformance
