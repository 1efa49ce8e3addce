// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/tensor/extents.hpp>

#include <array>
#include <cstddef>
#include <memory>
#include <new>
#include <type_traits>
#include <utility>

namespace sinter::detail {

/// Tells a constructor to leave elements without values, because they are written at once.
struct uninitialised {};

/// Every tensor on the heap starts at a cache line.
inline constexpr std::size_t heap_alignment = 64;

/// Elements inside the object: for tensors whose extents are all in the type. Usable in constant expressions.
template <class T, std::size_t... E>
class static_storage {
    static constexpr std::size_t size = (E * ... * std::size_t{1});
    static constexpr std::size_t alignment = size * sizeof(T) >= heap_alignment ? heap_alignment : alignof(T);

public:
    using extents_type = extents<E...>;

    constexpr static_storage() = default;
    constexpr explicit static_storage(extents_type) {}
    constexpr static_storage(extents_type, uninitialised) {}  // constant expressions need values

    constexpr T* data() { return elements_; }
    constexpr T const* data() const { return elements_; }
    static constexpr extents_type shape() { return {}; }

private:
    alignas(alignment) T elements_[size == 0 ? 1 : size]{};
};

struct heap_free {
    void operator()(void* memory) const { ::operator delete(memory, std::align_val_t{heap_alignment}); }
};

/// Elements on the heap. What was moved from is empty.
template <class T, std::size_t... E>
class heap_storage {
public:
    using extents_type = extents<E...>;

    heap_storage() = default;
    explicit heap_storage(extents_type const& shape, uninitialised) : shape_(shape) {
        std::size_t const n = checked_size(shape.shape(), sizeof(T));
        if (n == 0) return;
        std::unique_ptr<T, heap_free> memory(static_cast<T*>(::operator new(n * sizeof(T), std::align_val_t{heap_alignment})));
        std::uninitialized_default_construct_n(memory.get(), n);
        data_ = memory.release();
    }
    explicit heap_storage(extents_type const& shape) : heap_storage(shape, uninitialised{}) {
        for (std::size_t i = 0, n = shape_.size(); i < n; ++i) data_[i] = T();
    }
    heap_storage(heap_storage const& other) : heap_storage(other.shape_, uninitialised{}) { copy_from(other); }
    heap_storage(heap_storage&& other) noexcept
        : data_(std::exchange(other.data_, nullptr)), shape_(other.shape_) {
        other.shape_.clear();
    }
    /// Keeps its memory where the shapes agree; otherwise takes the shape of the other.
    heap_storage& operator=(heap_storage const& other) {
        if (this == &other) return *this;
        if (shape_.shape() == other.shape_.shape()) copy_from(other);
        else *this = heap_storage(other);
        return *this;
    }
    heap_storage& operator=(heap_storage&& other) noexcept {
        if (this == &other) return *this;
        release();
        data_ = std::exchange(other.data_, nullptr);
        shape_ = other.shape_;
        other.shape_.clear();
        return *this;
    }
    ~heap_storage() { release(); }

    T* data() { return data_; }
    T const* data() const { return data_; }
    extents_type const& shape() const { return shape_; }

private:
    void copy_from(heap_storage const& other) {
        for (std::size_t i = 0, n = shape_.size(); i < n; ++i) data_[i] = other.data_[i];
    }
    void release() {
        if constexpr (!std::is_trivially_destructible_v<T>)
            for (std::size_t i = 0, n = data_ != nullptr ? shape_.size() : 0; i < n; ++i) data_[i].~T();
        if (data_ != nullptr) heap_free{}(data_);
    }

    T* data_ = nullptr;
    extents_type shape_;
};

template <class T, std::size_t... E>
using storage = std::conditional_t<((E == dyn) || ...), heap_storage<T, E...>, static_storage<T, E...>>;

}  // namespace sinter::detail
