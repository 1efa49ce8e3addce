// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/lower/nest.hpp>

/// The factor of a product that does not vary along the lanes, read through a pointer for each row of a tile.
namespace sinter::lower {
inline namespace SINTER_SIMD_ARCH {

/// Of a body with two arguments, the number of the one that varies along the lanes and not along the rows, where the other does
/// not vary along the lanes; −1: it is not so.
template <class K, int S, int RowAxis>
constexpr int lane_argument = [] {
    constexpr auto s = K::step(S);
    auto const& body = K::program.graph.nodes[s.body];
    bool const plain = body.is_map() && body.arity == 2 && body.op != ir::op::user && !ir::info(body.op).is_mask;
    if (!plain || RowAxis < 0 || K::program.find(s.body, s.home) >= 0) return -1;
    auto const has = [&](int argument, int axis) { return ir::has(K::program.graph.nodes[body.arg[argument]].axes, axis); };
    int const lane = K::program.loop[s.home].lane;
    for (int a = 0; a < 2; ++a)
        if (has(a, lane) && !has(a, RowAxis) && !has(1 - a, lane)) return a;
    return -1;
}();

/// How far apart in a buffer neighbours along its axis number D are, in values.
template <class K, int B, int D>
SINTER_INLINE std::ptrdiff_t buffer_step(frame_of<K> const& f) {
    std::ptrdiff_t step = 1;
    [&]<std::size_t... I>(std::index_sequence<I...>) SINTER_INLINE_LAMBDA {
        ((step *= buffer_extent<K, B, D + 1 + static_cast<int>(I)>(f)), ...);
    }(std::make_index_sequence<static_cast<std::size_t>(K::buffer(B).rank - 1 - D)>{});
    return step;
}

/// Step S reads node N from memory, a number for each row: with the places of all rows as indices, g++ adds up an index for each row
/// and each step of the reduced axis, which takes longer than the products with AVX2.
template <class K, int S, int RowAxis>
struct row_factor {
    static constexpr auto step = K::step(S);
    static constexpr int lanes = lane_argument<K, S, RowAxis>;
    static constexpr int node = lanes < 0 ? -1 : K::node(step.body).arg[lanes < 0 ? 0 : 1 - lanes];
    static constexpr int kept = node < 0 ? -1 : K::program.find(node, step.home);
    static constexpr bool exists = [] {
        if (node < 0 || K::is_own) return false;
        auto const& x = K::program.graph.nodes[node < 0 ? 0 : node];
        if (kept >= 0) return !K::program.buffer[kept < 0 ? 0 : kept].vector && !gives_places(x);
        return x.is_leaf() && x.from == ir::source::operand && !x.is_checked() && !x.jumps();
    }();

    /// The number at p, or, for a p at the beginning of the reduced axes, where that of p is counted from.
    SINTER_INLINE static auto const* place(frame_of<K> const& f, point_of<K> const& p) {
        if constexpr (kept < 0) return element_of<K, node>(f, p);
        else if constexpr (may_be_lent<K, kept>()) return f.lent[kept] + along<0>(f, p) * f.lent_step[kept][0] + along<1>(f, p) * f.lent_step[kept][1];
        else return f.kept[kept] + buffer_offset<K, kept>(f, p);
    }
    SINTER_INLINE static auto const* row(frame_of<K> const& f, point_of<K> p) {
        for_batches<nest<K, S>::depth>([&](auto i) SINTER_INLINE_LAMBDA { p.at[nest<K, S>::axis(i)] = 0; });
        auto const* at = place(f, p);
        simd::keep_apart(at);
        return at;
    }
    /// How far neighbours along the reduced axes are apart.
    struct steps {
        std::ptrdiff_t along[nest<K, S>::depth];
        SINTER_INLINE explicit steps(frame_of<K> const& f) {
            for_batches<nest<K, S>::depth>([&](auto i) SINTER_INLINE_LAMBDA { along[i] = step_along_axis<nest<K, S>::axis(decltype(i)::value)>(f); });
        }
        /// How far the number at p is from the row's.
        SINTER_INLINE std::ptrdiff_t to(point_of<K> const& p) const {
            std::ptrdiff_t sum = 0;
            for_batches<nest<K, S>::depth>([&](auto i) SINTER_INLINE_LAMBDA { sum += p.at[nest<K, S>::axis(decltype(i)::value)] * along[i]; });
            return sum;
        }
    };

  private:
    template <int D>
    SINTER_INLINE static std::ptrdiff_t along(frame_of<K> const& f, point_of<K> const& p) {
        constexpr int a = K::buffer(kept).axis[D];
        return K::buffer(kept).within[D] >= 0 ? p.at[a] - f.start[a] : p.at[a];
    }
    template <int A>
    static constexpr int dimension = [] {
        for (int d = 0; kept >= 0 && d < K::program.buffer[kept < 0 ? 0 : kept].rank; ++d)
            if (K::program.buffer[kept < 0 ? 0 : kept].axis[d] == A) return d;
        return -1;
    }();
    template <int A>
    SINTER_INLINE static std::ptrdiff_t step_along_axis(frame_of<K> const& f) {
        if constexpr (kept < 0) return K::varies_along(node, A) ? stride<K, node, A>(f) : 0;
        else if constexpr (dimension<A> < 0) return 0;
        else if constexpr (may_be_lent<K, kept>()) return f.lent_step[kept][dimension<A>];
        else return buffer_step<K, kept, dimension<A>>(f);
    }
};

}  // namespace SINTER_SIMD_ARCH
}  // namespace sinter::lower
