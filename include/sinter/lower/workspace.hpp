// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <new>

namespace sinter::lower {

/// Memory for the buffers of evaluations, one for each thread. It grows to what the largest evaluation so far needed and
/// is kept until the thread ends.
class workspace {
  public:
    workspace() = default;
    workspace(workspace const&) = delete;
    workspace& operator=(workspace const&) = delete;
    ~workspace() { release(); }

    /// At least `bytes` bytes on a cache line; what they held before is gone.
    void* reserve(std::size_t bytes) {
        if (bytes > size) {
            release();
            memory = ::operator new(bytes, std::align_val_t{64});
            size = bytes;
        }
        return memory;
    }

    static workspace& of_this_thread() {
        static thread_local workspace mine;
        return mine;
    }

    std::size_t bytes() const { return size; }

  private:
    friend class workspace_lease;
    void* memory = nullptr;
    std::size_t size = 0;
    bool taken = false;

    void release() {
        if (memory) ::operator delete(memory, std::align_val_t{64});
        memory = nullptr;
        size = 0;
    }
};

/// The workspace of this thread for the time of one evaluation; memory of its own inside another evaluation (a function of
/// the user's that evaluates a formula).
class workspace_lease {
  public:
    explicit workspace_lease(std::size_t bytes) : of(workspace::of_this_thread()), nested(of.taken) {
        memory = nested ? ::operator new(bytes, std::align_val_t{64}) : of.reserve(bytes);
        of.taken = true;
    }
    workspace_lease(workspace_lease const&) = delete;
    workspace_lease& operator=(workspace_lease const&) = delete;
    ~workspace_lease() {
        if (nested) ::operator delete(memory, std::align_val_t{64});
        else of.taken = false;
    }
    void* data() const { return memory; }

  private:
    workspace& of;
    bool nested;
    void* memory;
};

}  // namespace sinter::lower
