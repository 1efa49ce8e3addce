// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <cstdlib>
#include <memory>
#include <vector>

namespace bench {

/// The extents of a case; which of them a formula uses, and for what, stands in formulas.cpp.
struct extents {
    std::size_t n = 1;  ///< rows of the result
    std::size_t m = 1;  ///< length of the stream: keys, depth of a product
    std::size_t d = 1;  ///< features
    std::size_t e = 1;  ///< columns of the result
    std::size_t h = 1;  ///< heads of the rows
    std::size_t g = 1;  ///< heads of the stream, each of them for h/g heads of the rows
};

/// Floats on a boundary of 64 bytes, so that no contender is slowed by where its data happen to lie.
class buffer {
public:
    buffer() = default;
    explicit buffer(std::size_t size)
        : size_(size),
          data_(static_cast<float*>(std::aligned_alloc(64, (size * sizeof(float) + 64) / 64 * 64))) {
        if (!data_) std::abort();
        for (std::size_t i = 0; i < size; ++i) data_.get()[i] = 0;
    }
    float* data() const { return data_.get(); }
    std::size_t size() const { return size_; }
    float& operator[](std::size_t i) const { return data_.get()[i]; }

private:
    struct release {
        void operator()(float* p) const { std::free(p); }
    };
    std::size_t size_ = 0;
    std::unique_ptr<float, release> data_;
};

/// One formula on its operands, all of them row-major and without gaps.
struct problem {
    extents size;
    std::vector<buffer> in;
    buffer out;

    float const* operand(std::size_t slot) const { return in[slot].data(); }
};

/// What subjects and peers look like: read the operands, write `out`. Each is compiled in a file of its own.
using kernel = void (*)(problem const&);

}  // namespace bench
