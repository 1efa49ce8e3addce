// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/lower/kernel.hpp>

namespace sinter::lower {

/// The indices of all axes at one point of the iteration. A local copy, so that it lives in registers.
template <class K>
struct point {
    std::ptrdiff_t at[K::graph.axes_size > 0 ? K::graph.axes_size : 1];
};

/// All that an evaluation knows at run time.
template <class K>
struct frame {
    using T = typename K::value;
    static constexpr int axes = K::graph.axes_size > 0 ? K::graph.axes_size : 1;
    static constexpr int nodes = K::program.graph.size;
    static constexpr int buffers = K::program.buffers > 0 ? K::program.buffers : 1;

    typename K::operands const& operands;
    std::size_t const* extents;                       ///< all extents of the formula
    std::ptrdiff_t extent[axes] = {};
    point<K> here = {};                               ///< current index, start of the block, or first lane, of each axis
    std::ptrdiff_t start[axes] = {}, count[axes] = {};  ///< the block, or the whole extent
    int valid = 0;                                    ///< lanes of the current tile that exist
    T* kept[buffers] = {};
    std::ptrdiff_t stride[nodes][max_rank] = {};      ///< of leaves; 0 where an operand is broadcast
    std::ptrdiff_t offset[nodes] = {};                ///< of leaves: from slices
};

template <class K>
using frame_of = frame<typename K::base>;
template <class K>
using point_of = point<typename K::base>;

/// The operand of a leaf.
template <class K, int Leaf>
SINTER_INLINE constexpr auto const& operand(frame_of<K> const& f) {
    return boost::hana::at_c<static_cast<std::size_t>(K::node(Leaf).slot)>(f.operands);
}

template <class K, int Leaf, int D>
SINTER_INLINE std::ptrdiff_t stride(frame_of<K> const& f) {
    constexpr auto known = K::static_stride(Leaf, D);
    if constexpr (known != dyn) return static_cast<std::ptrdiff_t>(known);
    else return f.stride[Leaf][D];
}

/// Where the element of a leaf at p lies, in elements from the start of the operand.
template <class K, int Leaf>
SINTER_INLINE std::ptrdiff_t offset(frame_of<K> const& f, point_of<K> const& p) {
    constexpr auto x = K::node(Leaf);
    std::ptrdiff_t sum = f.offset[Leaf];
    [&]<std::size_t... D>(std::index_sequence<D...>) SINTER_INLINE_LAMBDA {
        [[maybe_unused]] auto const add = [&]<int I>() SINTER_INLINE_LAMBDA {
            if constexpr (x.at[I].axis >= 0) sum += p.at[x.at[I].axis] * (x.at[I].step * stride<K, Leaf, I>(f));
        };
        (add.template operator()<static_cast<int>(D)>(), ...);
    }(std::make_index_sequence<static_cast<std::size_t>(x.rank)>{});
    return sum;
}

/// Indices that a buffer keeps of its axis number I.
template <class K, int B, int I>
SINTER_INLINE std::ptrdiff_t buffer_extent(frame_of<K> const& f) {
    constexpr auto b = K::buffer(B);
    constexpr auto known = K::static_extent(b.axis[I]);
    if constexpr (b.within[I] >= 0) return K::loop(b.within[I]).length;
    else if constexpr (known != dyn) return static_cast<std::ptrdiff_t>(known);
    else return f.extent[b.axis[I]];
}

/// Where the value of a buffer at p begins.
template <class K, int B>
SINTER_INLINE std::ptrdiff_t buffer_offset(frame_of<K> const& f, point_of<K> const& p) {
    constexpr auto b = K::buffer(B);
    std::ptrdiff_t at = 0;
    [&]<std::size_t... I>(std::index_sequence<I...>) SINTER_INLINE_LAMBDA {
        [[maybe_unused]] auto const next = [&]<int D>() SINTER_INLINE_LAMBDA {
            std::ptrdiff_t i = p.at[b.axis[D]];
            if constexpr (b.within[D] >= 0) i -= f.start[b.axis[D]];
            at = at * buffer_extent<K, B, D>(f) + i;
        };
        (next.template operator()<static_cast<int>(I)>(), ...);
    }(std::make_index_sequence<static_cast<std::size_t>(b.rank)>{});
    return b.vector ? at * K::lanes : at;
}

/// Elements that a buffer takes, rounded up to cache lines.
template <class K, int B>
constexpr std::size_t buffer_size(std::size_t const* extents) {
    constexpr auto b = K::buffer(B);
    std::size_t n = b.vector ? K::lanes : 1;
    for (int i = 0; i < b.rank; ++i)
        n *= b.within[i] >= 0 ? static_cast<std::size_t>(K::loop(b.within[i]).length)
                              : extents[K::graph.axis[b.axis[i]].extent];
    return (n + 15) / 16 * 16;
}

template <class K>
constexpr std::size_t workspace_elements(std::size_t const* extents) {
    return [&]<std::size_t... B>(std::index_sequence<B...>) {
        return (std::size_t{0} + ... + buffer_size<K, static_cast<int>(B)>(extents));
    }(std::make_index_sequence<static_cast<std::size_t>(K::program.buffers)>{});
}

template <class K>
SINTER_INLINE void place_buffers(frame_of<K>& f, typename K::value* memory) {
    [&]<std::size_t... B>(std::index_sequence<B...>) {
        ((f.kept[B] = memory, memory += buffer_size<K, static_cast<int>(B)>(f.extents)), ...);
    }(std::make_index_sequence<static_cast<std::size_t>(K::program.buffers)>{});
}

/// Strides and offset of a leaf. Where the operand has extent 1 but the axis has not, it is broadcast: stride 0.
inline void place_leaf(ir::vertex const& x, std::size_t const* extent, std::ptrdiff_t const* step, std::size_t const* extents,
                       std::ptrdiff_t const* axis_extent, std::ptrdiff_t* stride, std::ptrdiff_t& offset) {
    for (int d = 0; d < x.rank; ++d) {
        for (int s = 0; s < 2; ++s)
            if (x.at[d].start[s] >= 0)
                offset += step[d] * x.at[d].scale[s] * static_cast<std::ptrdiff_t>(extents[x.at[d].start[s]]);
        bool const broadcast = extent[d] == 1 && x.at[d].axis >= 0 && axis_extent[x.at[d].axis] != 1;
        stride[d] = broadcast ? 0 : step[d];
    }
}

template <class K, int Leaf>
SINTER_INLINE void place_leaf(frame<K>& f) {
    static constexpr auto x = K::node(Leaf);
    if constexpr (x.is_leaf() && x.from == ir::source::operand && x.shape >= 0) {
        std::size_t extent[max_rank];
        std::ptrdiff_t step[max_rank], row_major = 1;
        for (int d = x.rank - 1; d >= 0; --d) {
            extent[d] = f.extents[K::formula.terms[x.shape].extent[d]];
            step[d] = row_major;
            row_major *= static_cast<std::ptrdiff_t>(extent[d]);
        }
        place_leaf(x, extent, step, f.extents, f.extent, f.stride[Leaf], f.offset[Leaf]);
    } else if constexpr (x.is_leaf() && x.from == ir::source::operand && x.rank > 0) {
        auto const& o = operand<K, Leaf>(f);
        place_leaf(x, o.extent.data(), o.stride.data(), f.extents, f.extent, f.stride[Leaf], f.offset[Leaf]);
    }
}

template <class K>
SINTER_INLINE void place_axes(frame_of<K>& f) {
    for (int a = 0; a < K::graph.axes_size; ++a) {
        f.extent[a] = static_cast<std::ptrdiff_t>(f.extents[K::program.graph.axis[a].extent]);
        f.count[a] = f.extent[a];
    }
    [&]<std::size_t... N>(std::index_sequence<N...>) {
        (place_leaf<K, static_cast<int>(N)>(f), ...);
    }(std::make_index_sequence<static_cast<std::size_t>(K::program.graph.size)>{});
}

}  // namespace sinter::lower
