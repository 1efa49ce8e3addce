// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/lower/leaves.hpp>
#include <sinter/lower/plain.hpp>

/// The value of a node at a point: from its buffer, from memory, or computed from its arguments, all in registers.
/// L, V and v are those of leaves.hpp.
namespace sinter::lower {
inline namespace SINTER_SIMD_ARCH {

/// What node N is computed from in loop L, arguments first, itself last: nodes that are kept, leaves, and maps of these.
/// A list and not a recursion from argument to argument: the compiler would inline each map into the next, and work on
/// everything below once more at each.
template <class K, int N, int L>
struct parts_of {
    static constexpr bool found(int n) { return n != N && K::program.find(n, L) >= 0; }
    static constexpr auto marks = [] {
        std::array<bool, N + 1> mark{};
        ir::mark_cone(K::program.graph, N, mark.data(), [](int i) {
            return found(i) || K::known_truth(i) >= 0 || K::program.graph.nodes[i].is_leaf() || is_plain_mask<K>(i);
        });
        return mark;
    }();
    static constexpr int size = [] {
        int n = 0;
        for (bool const m : marks) n += m;
        return n;
    }();
    static constexpr auto list = [] {
        std::array<std::int16_t, size> nodes{};
        for (int i = 0, k = 0; i <= N; ++i)
            if (marks[static_cast<std::size_t>(i)]) nodes[static_cast<std::size_t>(k++)] = static_cast<std::int16_t>(i);
        return nodes;
    }();
    static constexpr int node(int part) { return list[static_cast<std::size_t>(part)]; }
    static constexpr int place(int n) {
        int i = 0;
        while (node(i) != n) ++i;
        return i;
    }
    /// Whether the part is a comparison or a connective that is computed here: a mask.
    static constexpr bool is_mask(int part) {
        auto const& x = K::program.graph.nodes[node(part)];
        return x.is_map() && ir::info(x.op).is_mask && !found(node(part));
    }
};

/// The parts of a value, in registers: each is a value or a mask.
template <class V, int Size>
struct parts {
    V value[Size];
    simd::mask_of<V> mask[Size];
};

/// The arguments of part I: A is the number of the argument.
template <class K, class List, int I, class V>
struct arguments {
    static constexpr ir::vertex node = K::node(List::node(I));
    parts<V, List::size> const& of;

    template <int A>
    static constexpr int place = List::place(node.arg[A]);

    template <int A>
    SINTER_INLINE V value() const {
        using T = typename K::value;
        if constexpr (List::is_mask(place<A>)) return simd::select(of.mask[place<A>], V(T(1)), V(T(0)));
        else return of.value[place<A>];
    }
    template <int A>
    SINTER_INLINE auto truth() const {
        if constexpr (List::is_mask(place<A>)) return of.mask[place<A>];
        else return simd::is_true(of.value[place<A>]);
    }
};

template <ir::op O, class Arguments>
SINTER_INLINE auto masked(Arguments const& a) {
    if constexpr (O == ir::op::logical_not) return simd::mask_not(a.template truth<0>());
    else if constexpr (O == ir::op::logical_and) return simd::mask_and(a.template truth<0>(), a.template truth<1>());
    else if constexpr (O == ir::op::logical_or) return simd::mask_or(a.template truth<0>(), a.template truth<1>());
    else return simd::compare<O>(a.template value<0>(), a.template value<1>());
}

template <class K, class V, class Arguments, std::size_t... A>
SINTER_INLINE V mapped(frame_of<K> const& f, Arguments const& a, std::index_sequence<A...>) {
    constexpr auto x = Arguments::node;
    if constexpr (x.op == ir::op::select && K::known_truth(x.arg[0]) >= 0)
        return a.template value<(K::known_truth(x.arg[0]) > 0 ? 1 : 2)>();
    else if constexpr (x.op == ir::op::select)
        return simd::select(a.template truth<0>(), a.template value<1>(), a.template value<2>());
    else if constexpr (x.op == ir::op::user)
        return static_cast<V>((*boost::hana::at_c<static_cast<std::size_t>(x.slot)>(f.operands).call)(a.template value<A>()...));
    else if constexpr (x.op == ir::op::cast) return simd::cast<typename ir::cast_type<x.type, typename K::value>::type>(a.template value<0>());
    else return simd::apply<x.op>(a.template value<A>()...);
}

template <class K, class List, int I, int L, class V>
SINTER_INLINE void compute_part(frame_of<K> const& f, point_of<K> const& p, int v, parts<V, List::size>& all) {
    constexpr int n = List::node(I);
    constexpr auto x = K::node(n);
    arguments<K, List, I, V> const a{all};
    if constexpr (List::found(n)) all.value[I] = from_place<K, n, L>(f, p, v);
    else if constexpr (K::known_truth(n) >= 0 && List::is_mask(I)) all.mask[I] = simd::is_true(V(typename K::value(K::known_truth(n))));
    else if constexpr (K::known_truth(n) >= 0) all.value[I] = V(typename K::value(K::known_truth(n)));
    else if constexpr (x.is_leaf()) all.value[I] = from_leaf<K, n, L>(f, p, v);
    else if constexpr (is_plain_mask<K>(n)) all.mask[I] = plain_truth<K, n, L>(f, p, v);
    else if constexpr (List::is_mask(I)) all.mask[I] = masked<x.op>(a);
    else if constexpr (K::is_own && x.is_map(ir::op::select))
        all.value[I] = simd::select(plain_truth<K, x.arg[0], L>(f, p, v), a.template value<1>(), a.template value<2>());
    else all.value[I] = mapped<K, V>(f, a, std::make_index_sequence<static_cast<std::size_t>(x.arity)>{});
}

template <class K, class List, int L, std::size_t... I>
SINTER_INLINE value_in<K, L> compute_parts(frame_of<K> const& f, point_of<K> const& p, int v, std::index_sequence<I...>) {
    using V = value_in<K, L>;
    using T = typename K::value;
    constexpr int last = List::size - 1;
    parts<V, List::size> all;
    (compute_part<K, List, static_cast<int>(I), L>(f, p, v, all), ...);
    if constexpr (List::is_mask(last)) return simd::select(all.mask[last], V(T(1)), V(T(0)));
    else return all.value[last];
}

/// The value of a node that is about to be kept: not from its buffer, but for a reduction of a tile that is kept as a row.
template <class K, int N, int L>
SINTER_INLINE value_in<K, L> fresh_value(frame_of<K> const& f, point_of<K> const& p, int v) {
    using list = parts_of<K, N, L>;
    if constexpr (K::node(N).is_leaf()) return from_leaf<K, N, L>(f, p, v);
    else if constexpr (K::node(N).is_reduce()) return from_place<K, N, L>(f, p, v);
    else return compute_parts<K, list, L>(f, p, v, std::make_index_sequence<static_cast<std::size_t>(list::size)>{});
}

template <class K, int N, int L>
SINTER_INLINE value_in<K, L> value(frame_of<K> const& f, point_of<K> const& p, int v) {
    constexpr int kept = K::program.find(N, L);
    if constexpr (kept >= 0 && gives_places(K::node(N))) return from_place<K, N, L>(f, p, v);
    else if constexpr (kept >= 0) return from_buffer<K, kept, L>(f, p, v);
    else if constexpr (K::node(N).is_leaf()) return from_leaf<K, N, L>(f, p, v);
    else return fresh_value<K, N, L>(f, p, v);
}

}  // namespace SINTER_SIMD_ARCH
}  // namespace sinter::lower
