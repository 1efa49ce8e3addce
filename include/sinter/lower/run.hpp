// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/core/message.hpp>
#include <sinter/lower/loops.hpp>
#include <sinter/lower/pointwise.hpp>
#include <sinter/lower/workspace.hpp>

/// The one entry of this stage: operands and extents in, elements of the result out.
namespace sinter::lower {
inline namespace SINTER_SIMD_ARCH {

/// Elements of workspace, where that is known at compile time; else dyn.
template <class K>
constexpr std::size_t static_workspace() {
    std::size_t extents[K::formula.extents_size + 1] = {};
    for (int i = 0; i < K::formula.extents_size; ++i) extents[i] = K::formula.extents[i].known();
    for (int b = 0; b < K::program.buffers; ++b)
        for (int i = 0; i < K::program.buffer[b].rank; ++i)
            if (K::program.buffer[b].within[i] < 0 && K::static_extent(K::program.buffer[b].axis[i]) == dyn) return dyn;
    if (workspace_integers<K>(extents) > 0) return dyn;     // two types in one memory
    return workspace_elements<K>(extents);
}

/// A workspace up to this size lives on the stack.
inline constexpr std::size_t stack_bytes = 256 * 1024;

/// Whether an evaluation is known to be so small that a call of it takes a good part of the time.
template <class K>
inline constexpr bool is_small = [] {
    std::size_t points = 1;
    for (int a = 0; a < K::graph.axes_size && points <= 512; ++a) points *= K::static_extent(a) <= 512 ? K::static_extent(a) : 1024;
    return points <= 512 && !K::is_long;
}();

/// The loops, in memory that somebody else gives back.
template <class K, class Out>
SINTER_INLINE void run_here(typename K::operands const& operands, std::size_t const* extents, Out const& out, typename K::value* memory) {
    frame<K> f{operands, extents};
    place_axes<K>(f);
    place_buffers<K>(f, memory);
    evaluation<K, Out>{f, out}.template run<0>();
}

/// The same as a function of its own: with the clean-up of that memory in the same one, g++ 12 keeps the row pointers of a register
/// tile in memory, which costs a product 16 % of its speed.
template <class K, class Out>
[[gnu::noinline]] void run_apart(typename K::operands const& operands, std::size_t const* extents, Out const out, typename K::value* memory) {
    run_here<K>(operands, extents, out, memory);
}

template <class K, class Out>
SINTER_INLINE void run_in(typename K::operands const& operands, std::size_t const* extents, Out const& out, typename K::value* memory) {
    if constexpr (is_small<K>) run_here<K>(operands, extents, out, memory);
    else run_apart<K>(operands, extents, out, memory);
}

/// Elements in memory that somebody else gives back, for as long as this lives. Numbers need no constructor.
template <class T>
class constructed {
  public:
    /// Where a constructor throws, the elements before are destroyed: this object is complete as soon as there are none.
    constructed(void* memory, std::size_t n) : constructed(memory) {
        if constexpr (!plain)
            for (; size < n; ++size) ::new (static_cast<void*>(elements + size)) T();
    }
    constructed(constructed const&) = delete;
    constructed& operator=(constructed const&) = delete;
    ~constructed() {
        if constexpr (!plain)
            for (std::size_t i = 0; i < size; ++i) elements[i].~T();
    }
    T* data() const { return elements; }

  private:
    explicit constructed(void* memory) : elements(static_cast<T*>(memory)) {}

    static constexpr bool plain = std::is_trivially_copyable_v<T>;
    T* elements;
    std::size_t size = 0;
};

/// The result as the graph has it, where it splits an axis of it.
template <class K, class T, int R, std::ptrdiff_t... Known>
constexpr auto split_target(target<T, R, Known...> const& out, std::size_t const* extents) {
    constexpr auto r = K::graph.result[0];
    target<T, R + 1> to;
    to.data = out.data;
    for (int d = 0; d <= R; ++d) to.given[d] = out.stride(d <= r.split ? d : d - 1);
    to.given[r.split] *= static_cast<std::ptrdiff_t>(extents[r.part]);
    return to;
}

/// Raises shape_error where an axis of the result is split whose parts are not all of it: it broadcasts.
template <class K>
constexpr void check_split(std::size_t const* extents) {
    constexpr auto r = K::graph.result[0];
    if constexpr (r.split >= 0) {
        std::size_t const all = extents[K::formula.root().extent[r.split]];
        std::size_t const parts = extents[K::graph.axis[r.out[r.split]].extent] * extents[r.part];
        if (all != parts)
            raise_shape((message() << "repeat: an axis of the result has extent " << all << ", what is repeated along it " << parts
                                   << ": it does not broadcast").text());
    }
}

/// The same, with the memory that it needs.
template <class K, class Out>
SINTER_INLINE void run_with_workspace(typename K::operands const& operands, std::size_t const* extents, Out const& out) {
    using T = typename K::value;
    constexpr std::size_t known = static_workspace<K>();
    if constexpr (known == 0) {
        run_in<K>(operands, extents, out, nullptr);
    } else if constexpr (known == dyn) {
        workspace_lease const lease(workspace_bytes<K>(extents));
        constructed<T> const elements(lease.data(), workspace_elements<K>(extents));
        run_in<K>(operands, extents, out, elements.data());
    } else if constexpr (known * sizeof(T) <= stack_bytes) {
        alignas(64) T memory[known];
        run_in<K>(operands, extents, out, memory);
    } else {
        alignas(64) static thread_local T memory[known];
        run_in<K>(operands, extents, out, memory);
    }
}

/// A small evaluation becomes part of its caller; the workspace of others is on no stack but their own.
template <class K, class Out>
void run_elsewhere(typename K::operands const& operands, std::size_t const* extents, Out const& out) {
    run_with_workspace<K>(operands, extents, out);
}
template <class K, class Out>
SINTER_INLINE void run_loops(typename K::operands const& operands, std::size_t const* extents, Out const& out) {
    if constexpr (is_small<K>) run_with_workspace<K>(operands, extents, out);
    else run_elsewhere<K>(operands, extents, out);
}

template <class K, class Out>
SINTER_INLINE void run(typename K::operands const& operands, std::size_t const* extents, Out const& out) {
    if constexpr (K::graph.result[0].split >= 0) run_loops<K>(operands, extents, split_target<K>(out, extents));
    else run_loops<K>(operands, extents, out);
}

}  // namespace SINTER_SIMD_ARCH
}  // namespace sinter::lower
