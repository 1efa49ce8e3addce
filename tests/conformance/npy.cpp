// SPDX-License-Identifier: BSL-1.0
#include "npy.hpp"

#include <sinter/interop/npy.hpp>

#include <bit>
#include <cstring>

namespace conformance {
namespace {

// The enumerations agree.
using sinter::ir::dtype_of;
static_assert(dtype_of<bool>() == sinter::ir::dtype(dtype::boolean) && dtype_of<std::uint64_t>() == sinter::ir::dtype(dtype::u64) &&
              dtype_of<sinter::half>() == sinter::ir::dtype(dtype::f16) && dtype_of<double>() == sinter::ir::dtype(dtype::f64));

/// A float32 that is a bfloat16.
std::uint16_t upper_half(float x, std::filesystem::path const& path) {
    auto const bits = std::bit_cast<std::uint32_t>(x);
    if ((bits & 0xffffu) != 0 && x == x) throw bad_case(path.string() + ": a number is no bfloat16");
    return static_cast<std::uint16_t>(bits >> 16);
}

}  // namespace

array read_npy(std::filesystem::path const& path, dtype type, shape_t const& shape) {
    auto const file = sinter::npy::load(path.string());
    dtype const stored = type == dtype::bf16 ? dtype::f32 : type;
    if (file.type() != sinter::ir::dtype(stored) || file.shape() != shape || (file.fortran_order() && file.rank() > 1))
        throw bad_case(path.string() + ": has another type, shape or order than the case tells");

    array result(type, shape);
    if (type != dtype::bf16) {
        if (!file.bytes().empty()) std::memcpy(result.bytes.data(), file.bytes().data(), file.bytes().size());
        return result;
    }
    for (std::size_t i = 0; i < result.size(); ++i) {
        float x;
        std::memcpy(&x, file.bytes().data() + 4 * i, 4);
        auto const half = upper_half(x, path);
        std::memcpy(result.bytes.data() + 2 * i, &half, 2);
    }
    return result;
}

}  // namespace conformance
