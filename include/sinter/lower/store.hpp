// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/lower/keep.hpp>

/// Values that leave the registers for the result.
namespace sinter::lower {
inline namespace SINTER_SIMD_ARCH {

/// The result: where it lies. Strides count elements; `Known` are those of the type, or none, and `unknown_stride` among them.
template <class T, int R, std::ptrdiff_t... Known>
struct target {
    T* data = nullptr;
    std::ptrdiff_t given[R > 0 ? R : 1] = {};
    static constexpr int rank = R;

    SINTER_INLINE constexpr std::ptrdiff_t stride(int d) const {
        if constexpr (sizeof...(Known) > 0) {
            constexpr std::ptrdiff_t known[] = {Known...};
            if (known[d] != unknown_stride) return known[d];
        }
        return given[d];
    }
};

/// Result number I of an evaluation that has one, or several.
template <int I, class T, int R, std::ptrdiff_t... Known>
SINTER_INLINE target<T, R, Known...> const& result_of(target<T, R, Known...> const& only) { return only; }
template <int I, class... T>
SINTER_INLINE auto const& result_of(boost::hana::basic_tuple<T...> const& all) { return boost::hana::at_c<I>(all); }

/// The element of result number I at p.
template <class K, int I, class Out>
SINTER_INLINE auto* element(Out const& out, point_of<K> const& p) {
    std::ptrdiff_t const offset = [&]<std::size_t... D>(std::index_sequence<D...>) SINTER_INLINE_LAMBDA {
        [[maybe_unused]] constexpr auto axis = [](std::size_t d) { return static_cast<int>(K::graph.result[I].out[d]); };
        return (std::ptrdiff_t{0} + ... + (axis(D) >= 0 ? p.at[axis(D) >= 0 ? axis(D) : 0] * out.stride(static_cast<int>(D)) : 0));
    }(std::make_index_sequence<static_cast<std::size_t>(Out::rank)>{});
    return out.data + offset;
}

template <class K, int I>
constexpr int output_dimension(int axis) {
    for (int d = 0; d < K::graph.result[I].rank; ++d)
        if (axis >= 0 && K::graph.result[I].out[d] == axis) return d;
    return -1;
}

template <class U, class T>
SINTER_INLINE U converted(T x) {
    if constexpr (simd::own<T>) return simd::as_element<U>(x);
    else if constexpr (std::is_same_v<U, bool>) return x != T(0);
    else return static_cast<U>(x);
}

/// The values of a block, transposed on their way out: lanes lie apart in the result, the block together.
template <class K, int S, class Out>
SINTER_INLINE void store_transposed(frame_of<K>& f, Out const& out, point_of<K> p) {
    constexpr auto s = K::step(S);
    constexpr int L = s.home, a = K::loop(L).axis, lane = K::loop(L).lane;
    using T = typename K::value;
    auto const apart = out.stride(output_dimension<K, s.result>(lane));
    auto const end = f.start[a] + f.count[a];
    alignas(64) T tile[K::width * K::lanes];
    for (std::ptrdiff_t q = f.start[a]; q < end; q += K::width) {
        int const rows = end - q < K::width ? static_cast<int>(end - q) : K::width;
        for (int r = 0; r < rows; ++r) {
            p.at[a] = q + r;
            for (int v = 0; v < K::active; ++v) simd::store(tile + r * K::lanes + v * K::width, value<K, s.target, L>(f, p, v));
        }
        p.at[a] = q;
        auto* to = element<K, s.result>(out, p);
        for (int v = 0; v < K::active; ++v)
            simd::transpose<T>(tile + v * K::width, std::ptrdiff_t{K::lanes}, to + v * K::width * apart, apart, rows, valid_lanes<K>(f, v));
    }
}

/// Whether a step stores places as integers: then no floating number is made of them on the way.
template <class K, int S, class Out>
constexpr bool stores_places() {
    constexpr auto s = K::step(S);
    return !K::is_own && gives_places(K::node(s.target)) && std::is_integral_v<std::remove_pointer_t<decltype(Out::data)>>;
}

/// Whether a step stores what is no number of the user's type, though the formula has one: places, masks, f(x) of another type.
template <class K, int S, class Out>
constexpr bool stores_plain() {
    constexpr auto s = K::step(S);
    return is_plain<K, s.target, s.home> && !own_scalar<std::remove_pointer_t<decltype(Out::data)>>;
}

/// Places of a tile, one by one.
template <class K, int S, class Out>
SINTER_INLINE void store_places(frame_of<K>& f, Out const& out, point_of<K> const& p) {
    constexpr auto s = K::step(S);
    using U = std::remove_pointer_t<decltype(out.data)>;
    constexpr int kept = K::program.find(s.target, s.home);
    auto* to = element<K, s.result>(out, p);
    if constexpr (K::loop(s.home).lane < 0) {
        *to = static_cast<U>(place_number(from_buffer<K, kept, s.home>(f, p, 0)));
    } else {
        auto const apart = out.stride(output_dimension<K, s.result>(K::loop(s.home).lane));
        for (int v = 0; v < K::active; ++v) {
            alignas(64) typename K::value lanes[K::width];
            simd::store(lanes, from_buffer<K, kept, s.home>(f, p, v));
            for (int i = 0; i < valid_lanes<K>(f, v); ++i) to[(v * K::width + i) * apart] = static_cast<U>(place_number(lanes[i]));
        }
    }
}

/// The lanes of the result at p. Where the tile is dense, so is the result (see `stores_dense`).
template <class K, int S, class Out>
SINTER_INLINE void store_lanes(frame_of<K>& f, Out const& out, point_of<K> const& p) {
    constexpr auto s = K::step(S);
    constexpr int L = s.home;
    if constexpr (stores_places<K, S, Out>()) return store_places<K, S>(f, out, p);
    auto* to = element<K, s.result>(out, p);
    if constexpr (stores_plain<K, S, Out>()) {
        *to = converted<std::remove_pointer_t<decltype(out.data)>>(plain_value<K, s.target, L>(f, p, 0));    // a tile of one
    } else if constexpr (K::is_dense) {
        if constexpr (!is_cheap<K>(s.target, L))
            return for_batches<K::active>([&](auto v) SINTER_INLINE_LAMBDA { simd::store_as(to + v * K::width, value<K, s.target, L>(f, p, v)); });
        value_in<K, L> all[K::active];     // what is broadcast is loaded once, since no store stands between
        for_batches<K::active>([&](auto v) SINTER_INLINE_LAMBDA { all[v] = value<K, s.target, L>(f, p, v); });
        for_batches<K::active>([&](auto v) SINTER_INLINE_LAMBDA { simd::store_as(to + v * K::width, all[v]); });
    } else if constexpr (K::is_part) {
        simd::store_first_as(to, value<K, s.target, L>(f, p, 0), f.valid);
    } else {
        auto const apart = out.stride(output_dimension<K, s.result>(K::loop(L).lane));
        bool const full = f.valid == K::tile;
        for (int v = 0; v < K::active; ++v) {
            auto const x = value<K, s.target, L>(f, p, v);
            if (apart == 1 && full) simd::store_as(to + v * K::width, x);
            else if (apart == 1) simd::store_first_as(to + v * K::width, x, valid_lanes<K>(f, v));
            else simd::store_strided_as(to + v * K::width * apart, apart, x, valid_lanes<K>(f, v));
        }
    }
}

/// Whether the elements of results that loop L stores are neighbours along its lanes.
template <class K, int L, class Out>
SINTER_INLINE bool stores_dense(Out const& out) {
    bool dense = true;
    [&]<std::size_t... S>(std::index_sequence<S...>) SINTER_INLINE_LAMBDA {
        [[maybe_unused]] auto const one = [&]<int I>() SINTER_INLINE_LAMBDA {
            constexpr auto s = K::step(I);
            if constexpr (s.what == ir::step::action::store && K::program.inside(s.home, L)) {
                auto const& result = result_of<s.result>(out);
                dense = dense && result.stride(output_dimension<K, s.result>(K::loop(L).lane)) == 1;
            }
        };
        (one.template operator()<static_cast<int>(S)>(), ...);
    }(std::make_index_sequence<static_cast<std::size_t>(K::program.steps)>{});
    return dense;
}

template <class K, int S, class Out>
SINTER_INLINE void store(frame_of<K>& f, Out const& out) {
    constexpr auto s = K::step(S);
    constexpr auto l = K::loop(s.home);
    using U = std::remove_pointer_t<decltype(out.data)>;
    point_of<K> p = f.here;
    if constexpr (l.lane < 0 && stores_places<K, S, Out>()) {
        store_places<K, S>(f, out, p);
    } else if constexpr (l.lane < 0 && stores_plain<K, S, Out>()) {
        *element<K, s.result>(out, p) = converted<U>(plain_value<K, s.target, s.home>(f, p, 0));
    } else if constexpr (l.lane < 0) {
        *element<K, s.result>(out, p) = converted<U>(value<K, s.target, s.home>(f, p, 0));
    } else if constexpr (l.how == ir::loop::style::block) {
        constexpr int d = output_dimension<K, s.result>(l.axis), lane = output_dimension<K, s.result>(l.lane);
        if constexpr (!stores_places<K, S, Out>() && !stores_plain<K, S, Out>())
            if (out.stride(d) == 1 && out.stride(lane) != 1) return store_transposed<K, S>(f, out, p);
        for (p.at[l.axis] = f.start[l.axis]; p.at[l.axis] < f.start[l.axis] + f.count[l.axis]; ++p.at[l.axis])
            store_lanes<K, S>(f, out, p);
    } else {
        store_lanes<K, S>(f, out, p);
    }
}

}  // namespace SINTER_SIMD_ARCH
}  // namespace sinter::lower
