// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>

/// Counts what this thread takes from the heap. allocations.cpp replaces the global operator new and delete, the
/// aligned ones among them.
namespace sinter::test {

struct allocation_count {
    std::size_t calls = 0, bytes = 0;
};

/// Since the thread began.
allocation_count allocations();

/// What f takes.
template <class F>
allocation_count allocations_of(F&& f) {
    allocation_count const before = allocations();
    f();
    allocation_count const after = allocations();
    return {after.calls - before.calls, after.bytes - before.bytes};
}

}  // namespace sinter::test
