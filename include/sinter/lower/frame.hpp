// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/lower/kernel.hpp>

namespace sinter::lower {
inline namespace SINTER_SIMD_ARCH {

/// The indices of all axes at one point of the iteration. A local copy, so that it lives in registers.
template <class K>
struct point {
    std::ptrdiff_t at[K::graph.axes_size > 0 ? K::graph.axes_size : 1];
};

/// How far the sweeps that carry have come with what counts for all tiles to come, and their sums.
template <class K, bool Carries>
struct carried_sums {};
template <class K>
struct carried_sums<K, true> {
    std::ptrdiff_t to[K::program.loops];
    typename K::value value[K::program.steps][K::lanes];
};

/// All that an evaluation knows at run time. What `place_axes` and `place_buffers` write has no value before: to clear it takes
/// longer than a small evaluation.
template <class K>
struct frame {
    using T = typename K::value;
    static constexpr int axes = K::graph.axes_size > 0 ? K::graph.axes_size : 1;
    static constexpr int nodes = K::program.graph.size;
    static constexpr int buffers = K::program.buffers > 0 ? K::program.buffers : 1;

    typename K::operands const& operands;
    std::size_t const* extents;                       ///< all extents of the formula
    std::ptrdiff_t extent[axes];
    point<K> here = {};                               ///< current index, start of the block, or first lane, of each axis
    std::ptrdiff_t start[axes] = {}, count[axes];     ///< the block, or the whole extent
    int valid = 0;                                    ///< lanes of the current tile that exist
    T* kept[buffers];
    T const* lent[buffers];                           ///< instead of a copy: the operand itself, where that does as well
    std::ptrdiff_t lent_step[buffers][2];
    std::ptrdiff_t stride[nodes][axes];               ///< of leaves, along each axis; 0 where an operand is broadcast
    /// Of leaves: the extents that checked indices stay below; then how far neighbours along coordinates that jump are apart.
    /// One array, so that a frame without either is no larger.
    std::ptrdiff_t limit[K::jumps ? 2 * nodes : K::checks ? nodes : 1][max_rank];
    void const* base[nodes];                          ///< of leaves: the element at index 0, after slices
    /// Of leaves: what the lanes of this tile read (see stage.hpp). Where tiles have loops inside nothing asks for it, and a
    /// frame that is larger slows the tiles of g++ 12.
    void const* first_lane[K::flat ? nodes : 1];
    /// Of leaves: what is one number throughout. Read from the operand, it would be read again after each store.
    T number[K::flat ? nodes : 1];

    [[no_unique_address]] carried_sums<K, K::carries> carried;

    SINTER_INLINE frame(typename K::operands const& o, std::size_t const* e) : operands(o), extents(e) {}
    SINTER_INLINE std::ptrdiff_t apart(int leaf, int d) const { return limit[K::jumps ? nodes + leaf : 0][d]; }
};

template <class K>
using frame_of = frame<typename K::base>;
template <class K>
using point_of = point<typename K::base>;

/// The extent of an axis.
template <class K, int Axis>
SINTER_INLINE std::ptrdiff_t extent_of([[maybe_unused]] frame_of<K> const& f) {
    constexpr auto known = K::static_extent(Axis);
    if constexpr (known != dyn) return static_cast<std::ptrdiff_t>(known);
    else return f.extent[Axis];
}

/// Elements between neighbours of a leaf along an axis.
template <class K, int Leaf, int Axis>
SINTER_INLINE std::ptrdiff_t stride(frame_of<K> const& f) {
    constexpr auto known = K::static_stride(Leaf, Axis);
    if constexpr (known != unknown_stride) return known;
    else return f.stride[Leaf][Axis];
}

/// The type of the elements of a leaf.
template <class K, int Leaf>
using leaf_type = typename std::remove_cvref_t<decltype(boost::hana::at_c<static_cast<std::size_t>(K::node(Leaf).slot)>(
    std::declval<typename K::operands const&>()))>::value_type;

/// What axis number A adds to the place of a leaf's element.
template <class K, int Leaf, int A>
SINTER_INLINE std::ptrdiff_t offset_along(frame_of<K> const& f, point_of<K> const& p) {
    if constexpr (K::varies_along(Leaf, A)) return p.at[A] * stride<K, Leaf, A>(f);
    else return 0;
}

/// Where the element of a leaf at p lies, coordinates that jump aside.
template <class K, int Leaf>
SINTER_INLINE leaf_type<K, Leaf> const* affine_element_of(frame_of<K> const& f, point_of<K> const& p) {
    std::ptrdiff_t const offset = [&]<std::size_t... A>(std::index_sequence<A...>) SINTER_INLINE_LAMBDA {
        return (std::ptrdiff_t{0} + ... + offset_along<K, Leaf, static_cast<int>(A)>(f, p));
    }(std::make_index_sequence<static_cast<std::size_t>(K::graph.axes_size)>{});
    return static_cast<leaf_type<K, Leaf> const*>(f.base[Leaf]) + offset;
}

template <class K, int Leaf, int Without = -1>
SINTER_INLINE std::ptrdiff_t jump_of(frame_of<K> const& f, point_of<K> const& p);     // in jumps.hpp

/// Where the element of a leaf at p lies.
template <class K, int Leaf>
SINTER_INLINE leaf_type<K, Leaf> const* element_of(frame_of<K> const& f, point_of<K> const& p) {
    if constexpr (K::node(Leaf).jumps()) return affine_element_of<K, Leaf>(f, p) + jump_of<K, Leaf>(f, p);
    else return affine_element_of<K, Leaf>(f, p);
}

/// An operand, whatever its type.
struct seen_operand {
    void const* data = nullptr;
    std::size_t const* extent = nullptr;
    std::ptrdiff_t const* stride = nullptr;
    int rank = 0;
    int element_bytes = 0;   ///< 0: a function or a list of extents
};

template <class T, int R>
SINTER_INLINE seen_operand see(handle<T, R> const& h) {
    return {h.data, h.extent.data(), h.stride.data(), R, static_cast<int>(sizeof(T))};
}
template <class H>
SINTER_INLINE seen_operand see(H const&) { return {}; }

template <class... H, std::size_t... S>
SINTER_INLINE auto see_all(boost::hana::basic_tuple<H...> const& operands, std::index_sequence<S...>) {
    return std::array<seen_operand, sizeof...(H) + 1>{see(boost::hana::at_c<S>(operands))..., seen_operand{}};
}
/// All operands in a table, for what is done to each of them once: loops are cheaper to compile than templates.
template <class... H>
auto see_all(boost::hana::basic_tuple<H...> const& operands) {
    return see_all(operands, std::index_sequence_for<H...>{});
}

/// A leaf that reads an operand, for a table of them.
struct placed_leaf {
    ir::vertex node = {};
    int number = 0;
    std::int16_t shape[max_rank] = {};   ///< the extents of a reshaped operand
};

/// Whether node n is no value of the formula: it says where elements of another leaf are.
template <class Graph>
constexpr bool only_says_where(Graph const& g, int n) {
    bool is = false;
    for (int l = 0; l < g.lookups; ++l) is = is || g.lookup[l].node == n;
    for (int i = 0; is && i < g.size; ++i)
        for (int a = 0; a < g.nodes[i].arity; ++a) is = is && g.nodes[i].arg[a] != n;
    for (int i = 0; i < g.results; ++i) is = is && g.result[i].root != n;
    return is;
}

/// Whether what has this guard does not count, because it turned out to be broadcast.
SINTER_INLINE constexpr bool is_broadcast(std::int16_t guard, std::size_t const* extents) { return guard >= 0 && extents[guard] == 1; }

/// The step of a strand of an index, with what multiplies it at run time.
SINTER_INLINE constexpr std::ptrdiff_t step_of(ir::index const& i, ir::strand const& s, std::size_t const* extents) {
    if (s.axis < 0 || is_broadcast(s.guard, extents) || is_broadcast(i.whole, extents)) return 0;
    return s.step * (s.by >= 0 ? static_cast<std::ptrdiff_t>(extents[s.by]) : 1);
}

/// What an affine index is where all axes are 0.
SINTER_INLINE constexpr std::ptrdiff_t start_of(ir::index const& i, std::size_t const* extents) {
    if (is_broadcast(i.whole, extents)) return 0;
    std::ptrdiff_t at = 0;
    for (int s = is_broadcast(i.start_guard, extents) ? i.guarded : 0; s < ir::index::starts; ++s)
        if (i.start[s] >= 0) at += i.scale[s] * static_cast<std::ptrdiff_t>(extents[i.start[s]]);
    return at;
}

/// The leaves of an evaluation that read operands.
template <class K>
inline constexpr auto placed_leaves = [] {
    constexpr auto reads = [](ir::vertex const& x) { return x.is_leaf() && x.from == ir::source::operand; };
    constexpr int n = [=] {
        int count = 0;
        for (int i = 0; i < K::program.graph.size; ++i) count += reads(K::program.graph.nodes[i]);
        return count;
    }();
    std::array<placed_leaf, n + 1> table{};
    for (int i = 0, k = 0; i < K::program.graph.size; ++i) {
        auto const& x = K::program.graph.nodes[i];
        if (!reads(x)) continue;
        placed_leaf leaf;
        leaf.node = x;
        leaf.number = i;
        for (int d = 0; d < x.rank && x.shape >= 0; ++d) leaf.shape[d] = K::formula.terms[x.shape].extent[d];
        table[static_cast<std::size_t>(k++)] = leaf;
    }
    return table;
}();

/// What dimension D of leaf number I adds to its strides and, in elements, to where its element at index 0 lies. `row_major` is how
/// far neighbours along D lie apart where the operand is reshaped. Everything that is known of the leaf is known at compile time:
/// most dimensions are one stride.
template <class K, std::size_t I, int D>
SINTER_INLINE void place_dimension(frame<K>& f, std::ptrdiff_t& offset, [[maybe_unused]] std::ptrdiff_t& row_major) {
    static constexpr auto const& leaf = placed_leaves<K>[I];
    static constexpr auto const& x = leaf.node.at[D];
    constexpr bool reshaped = leaf.node.shape >= 0;
    auto const& o = boost::hana::at_c<static_cast<std::size_t>(leaf.node.slot)>(f.operands);
    std::ptrdiff_t const extent = static_cast<std::ptrdiff_t>(reshaped ? f.extents[leaf.shape[D]] : o.extent[reshaped ? 0 : D]);
    std::ptrdiff_t const apart = reshaped ? row_major : o.stride[reshaped ? 0 : D];
    if constexpr (reshaped) row_major *= extent;
    if constexpr (K::checks) f.limit[leaf.number][D] = extent;
    if constexpr (x.jumps()) {
        f.limit[frame<K>::nodes + leaf.number][D] = apart;
    } else {
        if constexpr (x.starts_used() > 0) offset += apart * start_of(x, f.extents);
        if constexpr (x.axis >= 0) f.stride[leaf.number][x.axis] += apart * step_of(x, x, f.extents);
        if constexpr (x.second.axis >= 0) f.stride[leaf.number][x.second.axis] += apart * step_of(x, x.second, f.extents);
    }
}

/// Whether leaf n is an operand of one element, which tiles without loops inside read once.
template <class K>
constexpr bool is_number(int n) {
    auto const& x = K::program.graph.nodes[n];
    return K::flat && x.from == ir::source::operand && x.axes == 0 && !x.is_checked() && !x.jumps();
}

/// Writes the strides of leaf number I along each axis, and where its element at index 0 lies. What turns out to be broadcast has
/// stride 0. Coordinates that jump are no part of either.
template <class K, std::size_t I>
SINTER_INLINE void place_leaf(frame<K>& f) {
    static constexpr auto const& leaf = placed_leaves<K>[I];
    auto const* const data = boost::hana::at_c<static_cast<std::size_t>(leaf.node.slot)>(f.operands).data;
    std::ptrdiff_t offset = 0, row_major = 1;
    for (auto& s : f.stride[leaf.number]) s = 0;
    [&]<std::size_t... D>(std::index_sequence<D...>) SINTER_INLINE_LAMBDA {
        (place_dimension<K, I, leaf.node.rank - 1 - static_cast<int>(D)>(f, offset, row_major), ...);
    }(std::make_index_sequence<static_cast<std::size_t>(leaf.node.rank)>{});
    f.base[leaf.number] = data ? data + offset : nullptr;    // no elements: nothing is read
    if constexpr (is_number<K>(leaf.number))
        if (data) f.number[leaf.number] = static_cast<typename K::value>(data[offset]);
}

template <class K>
SINTER_INLINE void place_axes(frame<K>& f) {
    for (int a = 0; a < K::graph.axes_size; ++a)
        f.extent[a] = f.count[a] = static_cast<std::ptrdiff_t>(f.extents[K::axis_extents[static_cast<std::size_t>(a)]]);
    [&]<std::size_t... I>(std::index_sequence<I...>) SINTER_INLINE_LAMBDA {
        (place_leaf<K, I>(f), ...);
    }(std::make_index_sequence<placed_leaves<K>.size() - 1>{});
}

}  // namespace SINTER_SIMD_ARCH
}  // namespace sinter::lower
