// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/lower/places.hpp>
#include <sinter/lower/stage.hpp>

/// The value of a node at a point: from its buffer, from memory, or computed from its arguments, all in registers.
/// L is the loop in which this happens; V the type of a value there, a batch where the loop has lanes, else a number.
/// v counts the batches of a tile.
namespace sinter::lower {
inline namespace SINTER_SIMD_ARCH {

template <class K, int L>
using value_in = std::conditional_t<(K::loop(L).lane >= 0), simd::batch<typename K::value>, typename K::value>;

template <class K, int L>
SINTER_INLINE value_in<K, L> constant(typename K::value x) {
    return value_in<K, L>(x);
}

/// Lanes that exist from memory at any distance; 0 broadcasts. Out of line, since it is rare and each leaf would repeat it.
template <class T, class U>
[[gnu::noinline]] simd::batch<T> load_scattered(U const* at, std::ptrdiff_t stride, int n) {
    if (n == 0) return simd::batch<T>(T(0));
    if (stride == 0) return simd::batch<T>(static_cast<T>(*at));
    if (stride == 1) return simd::load_first_as<T>(at, n);
    return simd::load_strided_as<T>(at, stride, n);
}

/// Lanes that exist, of batch v.
template <class K>
SINTER_INLINE int valid_lanes(frame_of<K> const& f, int v) {
    int const n = f.valid - v * K::width;
    return n < 0 ? 0 : n > K::width ? K::width : n;
}

/// What was kept one number at a time for all indices of the axis that is now in lanes.
template <class K, int B, int L>
SINTER_INLINE value_in<K, L> along_lanes(frame_of<K> const& f, typename K::value const* at, int v) {
    constexpr auto b = K::buffer(B);
    std::ptrdiff_t step = 1;
    [&]<std::size_t... I>(std::index_sequence<I...>) SINTER_INLINE_LAMBDA {
        bool behind = false;
        ((behind ? void(step *= buffer_extent<K, B, static_cast<int>(I)>(f)) : void(behind = b.axis[I] == K::loop(L).lane)), ...);
    }(std::make_index_sequence<static_cast<std::size_t>(b.rank)>{});
    at += v * K::width * step;
    if (step == 1 && (K::is_dense || f.valid == K::tile)) return simd::load_as<typename K::value>(at);
    return load_scattered<typename K::value>(at, step, valid_lanes<K>(f, v));
}

template <class K, int B, int L>
SINTER_INLINE value_in<K, L> from_buffer(frame_of<K> const& f, point_of<K> const& p, int v) {
    if constexpr (may_be_lent<K, B>()) {
        constexpr auto b = K::buffer(B);
        constexpr int row = b.axis[0], column = b.axis[1];
        std::ptrdiff_t const i = b.within[0] >= 0 ? p.at[row] - f.start[row] : p.at[row];
        std::ptrdiff_t const j = b.within[1] >= 0 ? p.at[column] - f.start[column] : p.at[column];
        return constant<K, L>(f.lent[B][i * f.lent_step[B] + j]);
    }
    constexpr auto b = K::buffer(B);
    typename K::value const* at = may_lend_lanes<K, B>() ? f.lent[B] : f.kept[B];
    at += buffer_offset<K, B>(f, p);
    if constexpr (b.vector) return simd::load(at + v * K::width);
    else if constexpr (K::loop(L).lane >= 0 && ir::has(b.spanned(), K::loop(L).lane)) return along_lanes<K, B, L>(f, at, v);
    else return constant<K, L>(*at);
}

/// The same, where the place has to be found as well: formulas without contractions come here only for their last tile
/// and for operands that do not lie as the lanes do.
template <class U, class K>
[[gnu::noinline]] simd::batch<typename K::value> load_slowly(frame<K> const& f, point<K> const& p, ir::vertex const& x, int leaf,
                                                             int lane, int v) {
    auto const* at = static_cast<U const*>(f.base[leaf]) + offset_of(x, p.at, f.stride[leaf], K::graph.axes_size);
    std::ptrdiff_t const s = f.stride[leaf][lane];
    return load_scattered<typename K::value>(at + v * K::width * s, s, valid_lanes<K>(f, v));
}

/// Lanes of an operand that is 0 outside of its extents.
template <class K, int Leaf, int Lane>
[[gnu::noinline]] simd::batch<typename K::value> load_checked(frame<K> const& f, point<K> const& p, int v) {
    using T = typename K::value;
    std::ptrdiff_t const first = v * K::width;
    if constexpr (K::node(Leaf).jumps())
        if (!all_inside_at<K, Leaf, true>(f, p)) return simd::batch<T>(T(0));
    auto const in = inside_lanes<K, Leaf, Lane>(f, p, first, valid_lanes<K>(f, v));
    if (in.from == in.to) return simd::batch<T>(T(0));
    auto const* at = element_of<K, Leaf>(f, p);
    std::ptrdiff_t const s = stride<K, Leaf, Lane>(f);
    if (in.from == 0 && s != 0) return load_scattered<T>(at + first * s, s, static_cast<int>(in.to));   // 0 fills all lanes
    alignas(64) T l[K::width] = {};
    for (std::ptrdiff_t i = in.from; i < in.to; ++i) l[i] = static_cast<T>(at[(first + i) * s]);
    return simd::load(l);
}

/// Whether the lanes [first, first + n) of a leaf all lie inside of its operand; lane −1: none varies. Inlined, since inner
/// tiles ask and are told yes.
template <class K, int Leaf>
SINTER_INLINE bool is_inside(frame_of<K> const& f, point_of<K> const& p, int lane = -1, std::ptrdiff_t first = 0,
                             std::ptrdiff_t n = 1) {
    constexpr auto x = K::node(Leaf);
    if constexpr (x.jumps())
        if (!all_inside_at<K, Leaf, true>(f, p)) return false;
    return [&]<std::size_t... D>(std::index_sequence<D...>) SINTER_INLINE_LAMBDA {
        auto const fits = [&](std::ptrdiff_t at, std::ptrdiff_t step, std::ptrdiff_t limit) SINTER_INLINE_LAMBDA {
            std::ptrdiff_t const a = at + first * step, b = a + (n - 1) * step;
            return static_cast<std::size_t>(a) < static_cast<std::size_t>(limit) &&
                   static_cast<std::size_t>(b) < static_cast<std::size_t>(limit);
        };
        return (... && (!x.at[D].checked || x.at[D].jumps() || fits(index_at<typename K::base>(x.at[D], f.extents, p),
                                                 lane < 0 ? 0 : step_along(x.at[D], lane, f.extents), f.limit[Leaf][D])));
    }(std::make_index_sequence<static_cast<std::size_t>(x.rank)>{});
}

template <class K, int Leaf, int L>
SINTER_INLINE value_in<K, L> from_operand(frame_of<K> const& f, point_of<K> const& p, int v) {
    using T = typename K::value;
    constexpr int lane = K::loop(L).lane;
    constexpr bool is_checked = K::node(Leaf).is_checked();
    if constexpr (lane < 0 || !K::varies_along(Leaf, lane)) {
        if constexpr (is_checked)
            if (!is_inside<K, Leaf>(f, p)) return constant<K, L>(T(0));
        return constant<K, L>(static_cast<T>(*element_of<K, Leaf>(f, p)));
    } else if constexpr (K::is_dense && is_checked && !is_checked_along<K, Leaf>(lane)) {
        return is_inside<K, Leaf>(f, p) ? simd::load_as<T>(element_of<K, Leaf>(f, p) + v * K::width) : simd::batch<T>(T(0));
    } else if constexpr (K::is_dense) {
        return simd::load_as<T>(element_of<K, Leaf>(f, p) + v * K::width);
    } else if constexpr (K::is_part) {
        return simd::load_first_as<T>(element_of<K, Leaf>(f, p), f.valid);
    } else if constexpr (K::flat) {
        return simd::load_as<T>(static_cast<leaf_type<K, Leaf> const*>(f.first_lane[Leaf]) + v * K::width);
    } else if constexpr (K::node(Leaf).jumps_along(lane)) {
        alignas(64) T l[K::width] = {};
        read_lanes<typename K::base, Leaf>(f, p, lane, v * K::width, valid_lanes<K>(f, v), l);
        return simd::load(l);
    } else if constexpr (is_checked && !is_checked_along<K, Leaf>(lane)) {
        if (!is_inside<K, Leaf>(f, p)) return simd::batch<T>(T(0));
        std::ptrdiff_t const s = stride<K, Leaf, lane>(f);
        auto const* at = element_of<K, Leaf>(f, p) + v * K::width * s;
        if (s == 1 && f.valid == K::tile) return simd::load_as<T>(at);
        return load_scattered<T>(at, s, valid_lanes<K>(f, v));
    } else if constexpr (is_checked) {
        bool const whole = f.valid == K::tile && stride<K, Leaf, lane>(f) == 1;
        if (whole && is_inside<K, Leaf>(f, p, lane, v * K::width, K::width))
            return simd::load_as<T>(element_of<K, Leaf>(f, p) + v * K::width);
        return load_checked<typename K::base, Leaf, lane>(f, p, v);
    } else if constexpr (!K::contracts && !K::node(Leaf).jumps()) {
        static constexpr auto x = K::node(Leaf);
        return load_slowly<leaf_type<K, Leaf>, typename K::base>(f, p, x, Leaf, lane, v);
    } else {
        std::ptrdiff_t const s = stride<K, Leaf, lane>(f);
        auto const* at = element_of<K, Leaf>(f, p) + v * K::width * s;
        if (s == 1 && f.valid == K::tile) return simd::load_as<T>(at);
        return load_scattered<T>(at, s, valid_lanes<K>(f, v));
    }
}

template <class K, int Leaf, int L>
SINTER_INLINE value_in<K, L> from_leaf(frame_of<K> const& f, point_of<K> const& p, int v) {
    using T = typename K::value;
    constexpr auto x = K::node(Leaf);
    if constexpr (x.from == ir::source::operand) {
        return from_operand<K, Leaf, L>(f, p, v);
    } else if constexpr (x.from == ir::source::constant) {
        return constant<K, L>(simd::number<T>(x.value));
    } else if constexpr (x.from == ir::source::extent) {
        return constant<K, L>(static_cast<T>(f.extents[x.slot]));
    } else if constexpr (x.from == ir::source::previous) {
        return from_buffer<K, K::program.find_previous(x.arg[0], L), L>(f, p, v);
    } else {
        constexpr auto i = x.at[0];
        constexpr int lane = K::loop(L).lane;
        std::ptrdiff_t const at = coordinate_at<K, Leaf, 0>(f, p);
        if constexpr (i.jumps() && lane >= 0 && ir::has(x.axes, lane)) {
            alignas(64) T l[K::width] = {};
            point_of<K> q = p;
            q.at[lane] += v * K::width;
            for (int n = 0; n < valid_lanes<K>(f, v); ++n, ++q.at[lane]) l[n] = static_cast<T>(coordinate_at<K, Leaf, 0>(f, q));
            return simd::load(l);
        } else if constexpr (lane >= 0 && ir::has(x.axes, lane)) {
            std::ptrdiff_t const step = step_along(i, lane, f.extents);
            return constant<K, L>(static_cast<T>(at + step * v * K::width)) +
                   simd::iota<T>() * constant<K, L>(static_cast<T>(step));
        } else {
            return constant<K, L>(static_cast<T>(at));
        }
    }
}

/// The value of a node that is kept.
template <class K, int N, int L>
SINTER_INLINE value_in<K, L> from_place(frame_of<K> const& f, point_of<K> const& p, int v) {
    constexpr int kept = K::program.find(N, L);
    if constexpr (gives_places(K::node(N))) return places_as_numbers<typename K::value>(from_buffer<K, kept, L>(f, p, v));
    else return from_buffer<K, kept, L>(f, p, v);
}

/// What node N is computed from in loop L, arguments first, itself last: nodes that are kept, leaves, and maps of these.
/// A list and not a recursion from argument to argument: the compiler would inline each map into the next, and work on
/// everything below once more at each.
template <class K, int N, int L>
struct parts_of {
    static constexpr bool found(int n) { return n != N && K::program.find(n, L) >= 0; }
    static constexpr auto marks = [] {
        std::array<bool, N + 1> mark{};
        ir::mark_cone(K::program.graph, N, mark.data(), [](int i) {
            return found(i) || K::known_truth(i) >= 0 || K::program.graph.nodes[i].is_leaf();
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
    else if constexpr (List::is_mask(I)) all.mask[I] = masked<x.op>(a);
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

/// The value of a node that is about to be kept: not from its buffer.
template <class K, int N, int L>
SINTER_INLINE value_in<K, L> fresh_value(frame_of<K> const& f, point_of<K> const& p, int v) {
    using list = parts_of<K, N, L>;
    if constexpr (K::node(N).is_leaf()) return from_leaf<K, N, L>(f, p, v);
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
