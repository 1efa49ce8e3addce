// SPDX-License-Identifier: BSL-1.0
#include "allocations.hpp"

#include <cstdlib>
#include <new>

namespace sinter::test {

namespace {

thread_local allocation_count count;

void* take(std::size_t size, std::size_t alignment) {
    ++count.calls;
    count.bytes += size;
    std::size_t const rounded = (size + alignment - 1) / alignment * alignment;
    void* p = alignment <= alignof(std::max_align_t) ? std::malloc(size ? size : 1)
                                                     : std::aligned_alloc(alignment, rounded ? rounded : alignment);
    if (!p) std::abort();
    return p;
}

}  // namespace

allocation_count allocations() { return count; }

}  // namespace sinter::test

namespace {
void* take(std::size_t n) { return sinter::test::take(n, alignof(std::max_align_t)); }
void* take(std::size_t n, std::align_val_t a) { return sinter::test::take(n, static_cast<std::size_t>(a)); }
}  // namespace

void* operator new(std::size_t n) { return take(n); }
void* operator new[](std::size_t n) { return take(n); }
void* operator new(std::size_t n, std::align_val_t a) { return take(n, a); }
void* operator new[](std::size_t n, std::align_val_t a) { return take(n, a); }
void* operator new(std::size_t n, std::nothrow_t const&) noexcept { return take(n); }
void* operator new[](std::size_t n, std::nothrow_t const&) noexcept { return take(n); }
void* operator new(std::size_t n, std::align_val_t a, std::nothrow_t const&) noexcept { return take(n, a); }
void* operator new[](std::size_t n, std::align_val_t a, std::nothrow_t const&) noexcept { return take(n, a); }
void operator delete(void* p) noexcept { std::free(p); }
void operator delete[](void* p) noexcept { std::free(p); }
void operator delete(void* p, std::size_t) noexcept { std::free(p); }
void operator delete[](void* p, std::size_t) noexcept { std::free(p); }
void operator delete(void* p, std::align_val_t) noexcept { std::free(p); }
void operator delete[](void* p, std::align_val_t) noexcept { std::free(p); }
void operator delete(void* p, std::size_t, std::align_val_t) noexcept { std::free(p); }
void operator delete[](void* p, std::size_t, std::align_val_t) noexcept { std::free(p); }
