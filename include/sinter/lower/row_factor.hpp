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

/// The factor of step S that is a number for each row, read from memory: with the places of all rows as indices, g++ adds up an index for
/// each row and each step of the reduced axis.
template <class K, int S, int RowAxis>
struct row_factor {
    static constexpr auto step = K::step(S);
    static constexpr int lanes = lane_argument<K, S, RowAxis>;
    static constexpr int node = lanes < 0 ? -1 : K::node(step.body).arg[lanes < 0 ? 0 : 1 - lanes];
    static constexpr int kept = node < 0 ? -1 : K::program.find(node, step.home);
    static constexpr bool exists = [] {
        if (node < 0 || K::is_own) return false;
        auto const x = K::node(node < 0 ? 0 : node);
        if (kept >= 0) return !K::buffer(kept < 0 ? 0 : kept).vector && !gives_places(x);
        return x.is_leaf() && x.from == ir::source::operand && !x.is_checked() && !x.jumps();
    }();

    /// Where the numbers of the row at p are counted from: all reduced axes at 0.
    SINTER_INLINE static auto const* row(frame_of<K> const& f, point_of<K> p) {
        for_batches<reduced::depth>([&](auto i) SINTER_INLINE_LAMBDA { p.at[reduced::axis(i)] = 0; });
        if constexpr (kept < 0) return element_of<K, node>(f, p);
        else return number_at<K, kept>(f, p);
    }

    /// How far apart neighbours along each reduced axis are.
    class steps {
      public:
        SINTER_INLINE explicit steps(frame_of<K> const& f) {
            for_batches<reduced::depth>([&](auto i) SINTER_INLINE_LAMBDA { along[i] = step_along<reduced::axis(decltype(i)::value)>(f); });
        }
        /// How far the number at p is from where its row is counted from.
        SINTER_INLINE std::ptrdiff_t to(point_of<K> const& p) const {
            std::ptrdiff_t sum = 0;
            for_batches<reduced::depth>([&](auto i) SINTER_INLINE_LAMBDA { sum += p.at[reduced::axis(decltype(i)::value)] * along[i]; });
            return sum;
        }

      private:
        std::ptrdiff_t along[nest<K, S>::depth];
    };

  private:
    using reduced = nest<K, S>;

    template <int A>
    SINTER_INLINE static std::ptrdiff_t step_along(frame_of<K> const& f) {
        if constexpr (kept < 0) {
            return K::varies_along(node, A) ? stride<K, node, A>(f) : 0;
        } else if constexpr (constexpr int d = buffer_dimension<K, kept>(A); d < 0) {
            return 0;
        } else if constexpr (may_be_lent<K, kept>()) {
            return f.lent_step[kept][d];
        } else {
            return buffer_step<K, kept, d>(f);
        }
    }
};

}  // namespace SINTER_SIMD_ARCH
}  // namespace sinter::lower
