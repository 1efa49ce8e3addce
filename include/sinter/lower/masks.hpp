// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/lower/outside.hpp>

#include <type_traits>

/// What the masks of a sweep say of a block of it, by interval arithmetic over the block's indices.
namespace sinter::lower {
inline namespace SINTER_SIMD_ARCH {

enum class verdict : std::uint8_t {
    mixed,      ///< the masks decide element by element
    included,   ///< no mask leaves out an element: the block can be computed without them
    excluded,   ///< the sweep's state stays as it is
};

/// The same evaluation of blocks of loop L that its masks include.
template <class K, int L>
struct unmasked : K {
    /// What node n is known to be throughout: 0 or 1; −1: nothing is known.
    static constexpr int known_truth(int n) {
        constexpr auto l = K::loop(L);
        for (int m = 0; m < l.masks(); ++m)
            if (l.mask[m] == n && ir::info(K::program.graph.nodes[n].op).is_mask) return l.leaves_out_if[m] ? 0 : 1;
        return -1;
    }
};

/// How bounds are computed: leaves first. A table and not templates: it is read once a block.
struct bounds_row {
    std::int16_t node = -1;
    ir::op op = ir::op::add;
    std::int8_t arity = 0;                      ///< 0: a leaf, or a value of which nothing is known
    std::int16_t arg[3] = {0, 0, 0};            ///< rows
};

/// What has to be the identity of a reduction for a block to be left out; which masks must be what for it to be included.
template <class T>
struct bounds_wanted {
    std::int16_t row = 0;
    T value = 0;
};

template <class K, int L>
struct mask_table {
    using T = typename K::value;
    static constexpr auto const& p = K::program;
    static constexpr auto l = K::loop(L);
    static constexpr ir::dtype computed = ir::dtype_of<T>();

    struct marks { bool needed[p.graph.size] = {}, read[p.graph.size] = {}; };
    static constexpr marks mark = [] {
        marks m{};
        auto const cut = [](int n) { return p.graph.nodes[n].is_reduce(); };
        for (int s = 0; s < p.steps; ++s)
            if (p.step[s].what == ir::step::action::accumulate && p.step[s].home == L) ir::mark_cone(p.graph, p.step[s].body, m.needed, cut);
        for (int i = 0; i < l.masks(); ++i) ir::mark_cone(p.graph, l.mask[i], m.read, cut);
        for (int n = 0; n < p.graph.size; ++n) {
            auto const& x = p.graph.nodes[n];   // single numbers may be what stands in the place of a masked element
            m.read[n] = x.is_leaf() && m.needed[n] && (m.read[n] || x.rank == 0) && ir::bounds_are_cheap(p, L, x);
        }
        return m;
    }();
    static constexpr int rows = [] {
        int n = 0;
        for (bool const needed : mark.needed) n += needed;
        return n;
    }();
    static constexpr std::int16_t row_of(int node) {
        std::int16_t r = 0;
        for (int n = 0; n < node; ++n) r = static_cast<std::int16_t>(r + mark.needed[n]);
        return r;
    }
    static constexpr auto row = [] {
        std::array<bounds_row, static_cast<std::size_t>(rows)> table{};
        for (int n = 0, r = 0; n < p.graph.size; ++n) {
            if (!mark.needed[n]) continue;
            auto const& x = p.graph.nodes[n];
            bounds_row b;
            b.node = static_cast<std::int16_t>(n);
            b.op = x.op;
            bool const unknown = x.op == ir::op::user || (x.op == ir::op::cast && !ir::has_bounds(x.op, x.type, computed));
            if (x.is_map() && !unknown) b.arity = x.arity;
            for (int a = 0; a < b.arity; ++a) b.arg[a] = row_of(x.arg[a]);
            table[static_cast<std::size_t>(r++)] = b;
        }
        return table;
    }();
    static constexpr int reductions = [] {
        int n = 0;
        for (int s = 0; s < p.steps; ++s) n += p.step[s].what == ir::step::action::accumulate && p.step[s].home == L;
        return n;
    }();
    static constexpr auto identities = [] {
        std::array<bounds_wanted<T>, static_cast<std::size_t>(reductions)> wanted{};
        for (int s = 0, i = 0; s < p.steps; ++s)
            if (p.step[s].what == ir::step::action::accumulate && p.step[s].home == L)
                wanted[static_cast<std::size_t>(i++)] =
                    bounds_wanted<T>{row_of(p.step[s].body), ir::identity_of<T>(p.graph.nodes[p.step[s].target].combine)};
        return wanted;
    }();
    static constexpr auto included = [] {
        std::array<bounds_wanted<T>, static_cast<std::size_t>(l.masks())> wanted{};
        for (int m = 0; m < l.masks(); ++m)
            wanted[static_cast<std::size_t>(m)] = bounds_wanted<T>{row_of(l.mask[m]), l.leaves_out_if[m] ? T(0) : T(1)};
        return wanted;
    }();
};

/// The indices of an axis in the current round of loop L, both included.
struct index_range { std::ptrdiff_t first, last; };

template <class K, int L>
SINTER_INLINE index_range range_of(frame_of<K> const& f, int a) {
    if (K::fixed(a, L)) return {f.here.at[a], f.here.at[a]};
    if (a == K::loop(L).lane) return {f.here.at[a], f.here.at[a] + f.valid - 1};
    if (K::block_over(a, L) >= 0) return {f.start[a], f.start[a] + f.count[a] - 1};
    return {0, f.extent[a] - 1};
}

/// Bounds of an affine index.
template <class K, int L>
ir::bounds<typename K::value> bounds_of_index(frame_of<K> const& f, ir::index const& i) {
    using T = typename K::value;
    std::ptrdiff_t low = start_of(i, f.extents), high = low;
    for (ir::strand const& s : {static_cast<ir::strand const&>(i), i.second}) {
        if (s.axis < 0) continue;
        auto const range = range_of<K, L>(f, s.axis);
        std::ptrdiff_t const step = step_of(i, s, f.extents);
        low += step * (step < 0 ? range.last : range.first);
        high += step * (step < 0 ? range.first : range.last);
    }
    return {static_cast<T>(low), static_cast<T>(high)};
}

/// Bounds of what an operand holds for the indices of a round: it varies along one axis at most.
template <class K, int L, int Leaf>
ir::bounds<typename K::value> bounds_of_elements(frame_of<K> const& f) {
    using T = typename K::value;
    constexpr int a = [] {
        for (int b = 0; b < K::graph.axes_size; ++b)
            if (K::varies_along(Leaf, b) && !K::fixed(b, L)) return b;
        return -1;
    }();
    point_of<K> p = f.here;
    if constexpr (a >= 0)
        if (f.extent[a] == 0) return {};
    auto const* const first = [&] {
        if constexpr (a >= 0) p.at[a] = range_of<K, L>(f, a).first;
        return element_of<K, Leaf>(f, p);
    }();
    auto all = ir::bounds<T>::exactly(static_cast<T>(*first));
    if constexpr (a >= 0) {
        auto const range = range_of<K, L>(f, a);
        std::ptrdiff_t const apart = stride<K, Leaf, a>(f);
        for (std::ptrdiff_t i = 1; i <= range.last - range.first; ++i) {
            auto const x = static_cast<T>(first[i * apart]);
            if (!(x >= all.low)) all.low = x;      // a NaN stays, and is seen below
            if (!(x <= all.high)) all.high = x;
        }
    }
    return ir::bounds<T>::between(all.low, all.high);
}

template <class K, int L, int N>
ir::bounds<typename K::value> bounds_of_leaf(frame_of<K> const& f) {
    using B = ir::bounds<typename K::value>;
    constexpr auto x = K::node(N);
    if constexpr (x.from == ir::source::constant) return B::exactly(simd::number<typename K::value>(x.value));
    else if constexpr (x.from == ir::source::extent) return B::exactly(static_cast<typename K::value>(f.extents[x.slot]));
    else if constexpr (x.from == ir::source::coordinate) return bounds_of_index<K, L>(f, x.at[0]);
    else return bounds_of_elements<K, L, N>(f);
}

template <class T>
[[gnu::noinline]] void bounds_of_maps(bounds_row const* row, int rows, ir::bounds<T>* known) {
    for (int r = 0; r < rows; ++r)
        if (row[r].arity > 0)
            known[r] = ir::bounds_of(row[r].op, known[row[r].arg[0]], known[row[r].arg[row[r].arity > 1 ? 1 : 0]],
                                     known[row[r].arg[row[r].arity > 2 ? 2 : 0]]);
}

template <class T, std::size_t N>
bool all_hold(std::array<bounds_wanted<T>, N> const& wanted, ir::bounds<T> const* known) {
    for (auto const& w : wanted)
        if (!known[w.row].is(w.value)) return false;
    return true;
}

/// What can be said of the current round of loop L.
template <class K, int L>
[[gnu::noinline]] verdict judge(frame<K> const& f) {
    using table = mask_table<K, L>;
    ir::bounds<typename K::value> known[table::rows];
    [&]<std::size_t... R>(std::index_sequence<R...>) {
        [[maybe_unused]] auto const leaf = [&]<std::size_t I>() {
            constexpr int n = table::row[I].node;
            if constexpr (table::mark.read[n]) known[I] = bounds_of_leaf<K, L, n>(f);
        };
        (leaf.template operator()<R>(), ...);
    }(std::make_index_sequence<static_cast<std::size_t>(table::rows)>{});
    bounds_of_maps(table::row.data(), table::rows, known);
    if (all_hold(table::identities, known)) return verdict::excluded;
    return all_hold(table::included, known) ? verdict::included : verdict::mixed;
}

/// Whether step S of loop L computes with one of the loop's masks, rather than reading what has been computed with it.
template <class K, int L, int S>
constexpr bool uses_masks() {
    constexpr auto s = K::step(S);
    if (s.what == ir::step::action::run || s.what == ir::step::action::store) return false;
    int const n = s.what == ir::step::action::compute ? s.target : s.body;
    if (s.what == ir::step::action::accumulate && K::program.find(n, L) >= 0) return false;
    bool mark[K::program.graph.size] = {};
    ir::mark_cone(K::program.graph, n, mark, [](int i) { return K::program.graph.nodes[i].is_reduce() || K::program.find(i, L) >= 0; });
    for (int m = 0; m < K::loop(L).masks(); ++m)
        if (mark[K::loop(L).mask[m]]) return true;
    return false;
}

}  // namespace SINTER_SIMD_ARCH
}  // namespace sinter::lower
