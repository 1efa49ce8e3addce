// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/lower/top.hpp>

/// Evaluation in constant expressions: each element of the result from the graph, one number at a time, with no buffers.
namespace sinter::lower {
inline namespace SINTER_SIMD_ARCH {

template <class K>
struct pointwise {
    using T = typename K::value;
    typename K::operands const& operands;
    std::size_t const* extents;

    /// The nodes at a point, for plain values (see plain.hpp).
    struct source {
        pointwise const& all;
        point<K> const& p;
        static constexpr auto kinds = plain_kinds(K::graph);
        static constexpr ir::vertex node(int n) { return K::graph.nodes[n]; }
        static constexpr ir::dtype kind(int n) { return kinds[static_cast<std::size_t>(n)]; }
        static constexpr bool is_kept(int) { return false; }
        template <int N, class P>
        constexpr P element() const {
            bool inside = true;
            return all.element<N, P>(p, inside);
        }
        template <int N>
        constexpr std::int64_t coordinate() const { return all.coordinate<N, 0>(p); }
        constexpr std::size_t extent(int slot) const { return all.extents[slot]; }
        template <int N>
        constexpr std::int64_t place() const { return all.place<N>(p); }
        template <int N>
        constexpr T value() const { return all.value<N>(p); }
        template <int N, class... X>
        constexpr auto call(X const&... x) const { return (*boost::hana::at_c<static_cast<std::size_t>(node(N).slot)>(all.operands).call)(x...); }
    };
    template <int N>
    static constexpr bool is_plain = own_scalar<T> && source::kind(N) != ir::dtype::none;

    template <int N>
    constexpr auto plain(point<K> const& p) const {
        source const from{*this, p};
        return plain_values<source>{from}.template value<N>();
    }

    template <int N>
    constexpr T value(point<K> p) const {
        constexpr auto x = K::graph.nodes[N];
        if constexpr (x.is_leaf()) return leaf<N>(p);
        else if constexpr (is_plain<N> && (gives_places(x) || (x.is_map() && ir::info(x.op).is_mask))) return number_from<T>(plain<N>(p));
        else if constexpr (x.is_reduce()) return reduce<N>(p);
        else return map<N>(p);
    }

  private:
    template <int N>
    constexpr T leaf(point<K> const& p) const {
        constexpr auto x = K::graph.nodes[N];
        if constexpr (x.from == ir::source::constant) return simd::number<T>(x.value);
        else if constexpr (x.from == ir::source::extent) return number_from<T>(extents[x.slot]);
        else if constexpr (x.from == ir::source::coordinate) return number_from<T>(coordinate<N, 0>(p));
        else return element<N>(p);
    }

    /// Coordinate D of leaf N.
    template <int N, int D>
    constexpr std::ptrdiff_t coordinate(point<K> const& p) const {
        constexpr auto i = K::graph.nodes[N].at[D];
        std::ptrdiff_t at = index_at(i, extents, p);
        if constexpr (i.via >= 0) {
            constexpr auto l = K::graph.lookup[i.via];
            if (is_broadcast(i.whole, extents)) return 0;
            auto const n = static_cast<std::ptrdiff_t>(extents[l.extent]);
            bool inside = true;
            auto found = static_cast<std::ptrdiff_t>(element<l.node, std::ptrdiff_t>(p, inside));
            if (!inside) return -1;
            if (found < -n || found >= n) raise_range("take(x, places): there is no such place on the axis");
            at += i.via_step * (found < 0 ? found + n : found);
        }
        if constexpr (i.over >= 0) return quotient(at, static_cast<std::ptrdiff_t>(extents[i.over]));
        else return at;
    }

    template <int N, std::size_t... D>
    constexpr std::array<std::ptrdiff_t, max_rank> coordinates(point<K> const& p, std::index_sequence<D...>) const {
        return {coordinate<N, static_cast<int>(D)>(p)...};
    }

    template <int N>
    constexpr T element(point<K> const& p) const {
        bool inside = true;
        return element<N, T>(p, inside);
    }

    /// The element of a leaf, as a T; 0, and not inside, where it lies outside of its operand.
    template <int N, class To>
    constexpr To element(point<K> const& p, bool& inside) const {
        constexpr auto x = K::graph.nodes[N];
        auto const& o = boost::hana::at_c<static_cast<std::size_t>(x.slot)>(operands);
        auto const places = coordinates<N>(p, std::make_index_sequence<static_cast<std::size_t>(x.rank)>{});
        std::ptrdiff_t at = 0, row_major = 1;
        for (int d = x.rank - 1; d >= 0; --d) {
            auto const i = static_cast<std::size_t>(d);
            std::size_t const extent = x.shape >= 0 ? extents[K::formula.terms[x.shape >= 0 ? x.shape : 0].extent[d]] : o.extent[i];
            std::ptrdiff_t const stride = x.shape >= 0 ? row_major : o.stride[i], index = places[i];
            if (x.at[d].checked && (index < 0 || index >= static_cast<std::ptrdiff_t>(extent))) {
                inside = false;
                return To(0);
            }
            at += index * stride;
            row_major *= static_cast<std::ptrdiff_t>(extent);
        }
        return static_cast<To>(o.data[at]);
    }

    template <int N, std::size_t... A>
    constexpr T call(point<K> const& p, std::index_sequence<A...>) const {
        constexpr auto x = K::graph.nodes[N];
        if constexpr (x.op == ir::op::user) {
            return static_cast<T>((*boost::hana::at_c<static_cast<std::size_t>(x.slot)>(operands).call)(value<x.arg[A]>(p)...));
        } else if constexpr (x.op == ir::op::select && own_scalar<T>) {
            return plain_values<source>{source{*this, p}}.template truth<x.arg[0]>() ? value<x.arg[1]>(p) : value<x.arg[2]>(p);
        } else if constexpr (x.op == ir::op::cast) {
            return simd::cast<typename ir::cast_type<x.type, T>::type>(value<x.arg[0]>(p));
        } else {
            return static_cast<T>(simd::apply<x.op>(value<x.arg[A]>(p)...));
        }
    }

    template <int N>
    constexpr T map(point<K> const& p) const {
        return call<N>(p, std::make_index_sequence<static_cast<std::size_t>(K::graph.nodes[N].arity)>{});
    }

    template <int N>
    constexpr std::ptrdiff_t count() const {
        return static_cast<std::ptrdiff_t>(extents[K::graph.axis[K::graph.nodes[N].axis].extent]);
    }

    /// The largest, in order.
    template <int N>
    static constexpr int kept = static_cast<int>(K::graph.axis[K::graph.nodes[N].order_axis()].value);
    template <int Many>
    struct largest {
        T value[Many] = {};
        place_of<T> place[Many] = {};
    };
    template <int N>
    constexpr largest<kept<N>> largest_of(point<K> p) const {
        constexpr auto x = K::graph.nodes[N];
        constexpr int many = kept<N>;
        place_of<T> const n(count<N>());
        largest<many> all;
        for (auto& i : all.place) i = n;
        for (p.at[x.axis] = 0; p.at[x.axis] < count<N>(); ++p.at[x.axis])
            merge_top<many>(top_list<T>{all.value, all.place, 1, n}, value<x.arg[0]>(p), place_of<T>(p.at[x.axis]));
        return all;
    }

    template <int N>
    constexpr place_of<T> place(point<K> p) const {
        constexpr auto x = K::graph.nodes[N];
        if constexpr (x.order_axis() >= 0) {
            return largest_of<N>(p).place[p.at[x.order_axis()]];
        } else {
            place_of<T> const n(count<N>());
            extreme<T> e{simd::identity<x.combine, T>(), n};
            for (p.at[x.axis] = 0; p.at[x.axis] < count<N>(); ++p.at[x.axis])
                e.template merge<x.combine>({value<x.arg[0]>(p), place_of<T>(p.at[x.axis])});
            return e.place == n ? place_of<T>(0) : e.place;
        }
    }

    template <int N>
    constexpr T reduce(point<K> p) const {
        constexpr auto x = K::graph.nodes[N];
        [[maybe_unused]] std::ptrdiff_t const n = count<N>();
        if constexpr (gives_places(x)) {
            return place<N>(p);
        } else if constexpr (x.order_axis() >= 0) {
            return largest_of<N>(p).value[p.at[x.order_axis()]];
        } else if constexpr (x.combine == ir::monoid::user) {
            auto const& m = *boost::hana::at_c<static_cast<std::size_t>(x.slot)>(operands).call;
            T sum = std::remove_cvref_t<decltype(m)>::template identity<T>();
            for (p.at[x.axis] = 0; p.at[x.axis] < n; ++p.at[x.axis]) sum = static_cast<T>(m(sum, value<x.arg[0]>(p)));
            return sum;
        } else {
            T sum = simd::identity<x.combine, T>();
            for (p.at[x.axis] = 0; p.at[x.axis] < n; ++p.at[x.axis]) sum = simd::combine<x.combine>(sum, value<x.arg[0]>(p));
            return sum;
        }
    }
};

/// Every element of the result, last axis fastest.
template <class K, class Out>
constexpr void evaluate_pointwise(typename K::operands const& operands, std::size_t const* extents, Out const& out,
                                  std::size_t const* shape) {
    using U = std::remove_pointer_t<decltype(out.data)>;
    pointwise<K> const e{operands, extents};
    std::size_t size = 1;
    for (int d = 0; d < Out::rank; ++d) size *= shape[d];
    for (std::size_t i = 0; i < size; ++i) {
        point<K> p{};
        std::ptrdiff_t at = 0;
        std::size_t rest = i;
        for (int d = Out::rank - 1, k = K::graph.out_rank - 1; d >= 0; --d, --k) {
            auto const index = static_cast<std::ptrdiff_t>(rest % shape[d]);
            rest /= shape[d];
            at += index * out.stride(d);
            if (K::graph.result[0].split == d && K::graph.results == 1) {
                auto const part = static_cast<std::ptrdiff_t>(extents[K::graph.result[0].part]);
                p.at[K::graph.out[k--]] = index % part;
                p.at[K::graph.out[k]] = index / part;
            } else if (K::graph.out[k] >= 0) p.at[K::graph.out[k]] = index;
        }
        if constexpr (pointwise<K>::template is_plain<K::graph.root> && !own_scalar<U>) {
            out.data[at] = static_cast<U>(e.template plain<K::graph.root>(p));
        } else {
            auto const x = e.template value<K::graph.root>(p);
            if constexpr (simd::own<typename K::value>) out.data[at] = simd::as_element<U>(x);
            else if constexpr (std::is_same_v<U, bool>) out.data[at] = x != 0;
            else out.data[at] = static_cast<U>(x);
        }
    }
}

}  // namespace SINTER_SIMD_ARCH
}  // namespace sinter::lower
