// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/graph/plain_kinds.hpp>
#include <sinter/lower/leaves.hpp>

#include <cstdint>

/// Formulas of a scalar type of the user's: what of them is no number of that type. Places are integers, masks are true or
/// false, and operands of the language's own types that are only compared with each other are compared as they are: so a type
/// need not be ordered, rounded or converted for them. See docs/design/0023-plain-values.md.
namespace sinter::lower {
inline namespace SINTER_SIMD_ARCH {

/// How plain values are computed. `From` says how to get at the nodes of a graph at one point:
/// `node(n)`, `kind(n)`, `is_kept(n)`, `element<N, P>()`, `coordinate<N>()`, `extent(slot)`, `place<N>()`, `value<N>()` (in the
/// formula's type), `call<N>(x…)`.
template <class From>
struct plain_values {
    From const& from;

    template <int N>
    static constexpr ir::dtype kind = From::kind(N);
    template <int N>
    using type = ir::element_t<kind<N>>;

    /// Node N, of which kind(N) is not none.
    template <int N>
    constexpr type<N> value() const {
        constexpr auto x = From::node(N);
        if constexpr (From::is_kept(N) && kind<N> == ir::dtype::boolean) return simd::is_true(from.template value<N>());
        else if constexpr (From::is_kept(N)) return simd::as_element<type<N>>(from.template value<N>());
        else if constexpr (x.is_reduce()) return from.template place<N>();
        else if constexpr (x.is_leaf()) return leaf<N>();
        else return map<N>(std::make_index_sequence<static_cast<std::size_t>(x.arity)>{});
    }

    template <int N>
    constexpr bool truth() const {
        if constexpr (kind<N> == ir::dtype::none) return simd::is_true(from.template value<N>());
        else return value<N>() != type<N>(0);
    }

  private:
    template <int N>
    constexpr type<N> leaf() const {
        constexpr auto x = From::node(N);
        if constexpr (x.from == ir::source::operand) return from.template element<N, type<N>>();
        else if constexpr (x.from == ir::source::coordinate) return from.template coordinate<N>();
        else if constexpr (x.from == ir::source::extent) return static_cast<type<N>>(from.extent(x.slot));
        else return static_cast<type<N>>(x.value);
    }

    template <ir::op O, int A, int B>
    constexpr bool comparison() const {
        using enum ir::dtype;
        if constexpr (kind<A> == none || kind<B> == none) {
            return simd::compare<O>(from.template value<A>(), from.template value<B>());
        } else {
            using P = ir::element_t<ir::promote(i64, ir::promote(kind<A>, kind<B>))>;
            return simd::compare<O>(static_cast<P>(value<A>()), static_cast<P>(value<B>()));
        }
    }

    template <int N, std::size_t... A>
    constexpr type<N> map(std::index_sequence<A...>) const {
        using enum ir::op;
        constexpr auto x = From::node(N);
        if constexpr (x.op == user) return static_cast<type<N>>(from.template call<N>(from.template value<x.arg[A]>()...));
        else if constexpr (x.op == logical_not) return !truth<x.arg[0]>();
        else if constexpr (x.op == logical_and) return truth<x.arg[0]>() && truth<x.arg[1]>();
        else if constexpr (x.op == logical_or) return truth<x.arg[0]>() || truth<x.arg[1]>();
        else if constexpr (ir::info(x.op).is_mask) return comparison<x.op, x.arg[0], x.arg[1]>();
        else if constexpr (x.op == select)
            return truth<x.arg[0]>() ? static_cast<type<N>>(value<x.arg[1]>()) : static_cast<type<N>>(value<x.arg[2]>());
        else if constexpr (x.op == cast) return static_cast<type<N>>(static_cast<ir::element_t<x.type>>(value<x.arg[0]>()));
        else return simd::apply<x.op>(static_cast<type<N>>(value<x.arg[A]>())...);
    }
};

template <class K>
inline constexpr auto plain_kinds_of_program = ir::plain_kinds(K::program.graph);

/// Whether node n of a formula of the user's type is a mask, which is computed apart from numbers of that type.
template <class K>
constexpr bool is_plain_mask(int n) {
    if constexpr (!K::is_own) return false;
    else return K::program.graph.nodes[n].is_map() && ir::info(K::program.graph.nodes[n].op).is_mask;
}

template <class K, int N, int L>
SINTER_INLINE value_in<K, L> value(frame_of<K> const& f, point_of<K> const& p, int v);      // in value.hpp

/// The nodes of a program at a point of loop L.
template <class K, int L>
struct plain_source {
    frame_of<K> const& f;
    point_of<K> const& p;
    int v;

    static constexpr ir::vertex node(int n) { return K::node(n); }
    static constexpr ir::dtype kind(int n) { return plain_kinds_of_program<typename K::base>[static_cast<std::size_t>(n)]; }
    /// Whether only the number that is kept will do: what it is computed from may have moved on.
    static constexpr bool is_kept(int n) {
        return K::program.graph.nodes[n].is_map() && K::program.graph.made_of[n] != 0 && K::program.find(n, L) >= 0;
    }
    template <int N, class P>
    P element() const {
        auto const q = batch_point<K, L>(p, v);
        if constexpr (K::node(N).is_checked())
            if (!is_inside_at<K, N>(f, q)) return P(0);
        return static_cast<P>(*element_of<K, N>(f, q));
    }
    template <int N>
    std::int64_t coordinate() const { return coordinate_at<K, N, 0>(f, batch_point<K, L>(p, v)); }
    std::size_t extent(int slot) const { return f.extents[slot]; }
    template <int N>
    std::int64_t place() const { return kept_place<K, K::program.find(N, L)>(f, p, v); }
    template <int N>
    typename K::value value() const { return lower::value<K, N, L>(f, p, v); }
    template <int N, class... X>
    auto call(X const&... x) const { return (*boost::hana::at_c<static_cast<std::size_t>(K::node(N).slot)>(f.operands).call)(x...); }
};

template <class K, int N, int L>
constexpr bool is_plain = K::is_own && plain_source<K, L>::kind(N) != ir::dtype::none;

template <class K, int N, int L>
auto plain_value(frame_of<K> const& f, point_of<K> const& p, int v) {
    plain_source<K, L> const from{f, p, v};
    return plain_values<plain_source<K, L>>{from}.template value<N>();
}
template <class K, int N, int L>
bool plain_truth(frame_of<K> const& f, point_of<K> const& p, int v) {
    plain_source<K, L> const from{f, p, v};
    return plain_values<plain_source<K, L>>{from}.template truth<N>();
}

}  // namespace SINTER_SIMD_ARCH
}  // namespace sinter::lower
