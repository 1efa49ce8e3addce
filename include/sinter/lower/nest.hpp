// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/lower/value.hpp>

/// The axes over which a step combines: that of its reduction and those of the reductions inside it. Where they lie behind
/// each other in all that is read, they are one loop over the last of them: (c,k,l) at c·KL + k·L + l.
namespace sinter::lower {
inline namespace SINTER_SIMD_ARCH {

/// Calls f with the numbers of N batches as constants.
template <int N, class F>
SINTER_INLINE void for_batches(F const& f) {
    [&]<std::size_t... I>(std::index_sequence<I...>) SINTER_INLINE_LAMBDA {
        (f(std::integral_constant<int, static_cast<int>(I)>{}), ...);
    }(std::make_index_sequence<static_cast<std::size_t>(N)>{});
}

/// The same with each row and each batch of a tile. In one fold: a lambda in a lambda costs the compiler a tenth of the sentence.
template <int Rows, int N, class F>
SINTER_INLINE void for_tile(F const& f) {
    [&]<std::size_t... I>(std::index_sequence<I...>) SINTER_INLINE_LAMBDA {
        (f(std::integral_constant<int, static_cast<int>(I) / N>{}, std::integral_constant<int, static_cast<int>(I) % N>{}), ...);
    }(std::make_index_sequence<static_cast<std::size_t>(Rows * N)>{});
}

/// Indices that a loop goes over.
struct range { std::ptrdiff_t from, to; };

/// Whether a sweep over all indices sums rows of lanes: each row reads the same lanes.
template <class K>
constexpr bool reads_lanes_again(int l) {
    if (K::program.loop[l].how != ir::loop::style::whole) return false;
    for (int i = 0; i < K::program.steps; ++i) {
        auto const& t = K::program.step[i];
        if (t.what == ir::step::action::accumulate && t.home == l && K::program.buffer[t.buffer].vector && K::program.buffer[t.buffer].rank > 0) return true;
    }
    return false;
}

/// Indices of the reduced axis that a step goes over.
template <class K, int S>
SINTER_INLINE range reduced_range(frame_of<K> const& f) {
    constexpr auto s = K::step(S);
    constexpr int a = K::node(s.target).axis;
    if constexpr (K::loop(s.home).how == ir::loop::style::block || reads_lanes_again<typename K::base>(s.home)) return {f.start[a], f.start[a] + f.count[a]};
    else return {0, extent_of<K, a>(f)};
}

template <class K, int S>
struct nest {
    static constexpr auto step = K::step(S);
    static constexpr int most = 1 + sizeof(ir::step::inner) / sizeof(ir::step::inner[0]);
    /// Number i of the axes, outermost first; −1: there are fewer.
    static constexpr int axis(int i) { return i == 0 ? K::node(step.target).axis : i < most ? step.inner[i - 1] : -1; }
    static constexpr int depth = [] {
        int n = 1;
        while (axis(n) >= 0) ++n;
        return n;
    }();
    /// What the body reads from where it lies: the nodes that are neither kept nor computed.
    static constexpr auto is_read = [] {
        std::array<bool, K::program.graph.size + 1> mark{};
        ir::mark_cone(K::program.graph, step.body, mark.data(), [](int i) { return K::program.find(i, step.home) >= 0; });
        for (int i = 0; i < K::program.graph.size; ++i)
            if (K::program.graph.nodes[i].is_map() && K::program.find(i, step.home) < 0) mark[static_cast<std::size_t>(i)] = false;
        return mark;
    }();

  private:
    static constexpr bool varies(int n) {
        for (int i = 0; i < depth; ++i)
            if (ir::has(K::program.graph.nodes[n].axes, axis(i))) return true;
        return false;
    }
    /// Whether the last axes of a buffer are these, in their order and whole.
    static constexpr bool lie_last(ir::buffer const& b) {
        if (b.rank < depth) return false;
        for (int i = 0; i < depth; ++i)
            if (b.axis[b.rank - depth + i] != axis(i) || b.within[b.rank - depth + i] >= 0) return false;
        return true;
    }
    static constexpr bool may_be_one(int n) {
        auto const& x = K::program.graph.nodes[n];
        int const kept = K::program.find(n, step.home);
        if (!varies(n)) return true;
        if (kept >= 0) return lie_last(K::program.buffer[kept]);
        return x.is_leaf() && x.from == ir::source::operand && !x.is_checked() && !x.jumps();
    }

  public:
    /// Whether the axes can be one loop, as far as that is known at compile time; the strides of operands are not.
    static constexpr bool can_be_one = [] {
        for (int i = 0; i < K::program.graph.size; ++i)
            if (is_read[static_cast<std::size_t>(i)] && !may_be_one(i)) return false;
        return depth > 1;
    }();

    /// Whether an operand has its elements along these axes behind each other.
    template <int Leaf>
    SINTER_INLINE static bool lie_in_order(frame_of<K> const& f) {
        return [&]<std::size_t... I>(std::index_sequence<I...>) SINTER_INLINE_LAMBDA {
            return (... && (stride<K, Leaf, axis(I)>(f) == stride<K, Leaf, axis(I + 1)>(f) * extent_of<K, axis(I + 1)>(f)));
        }(std::make_index_sequence<static_cast<std::size_t>(depth - 1)>{});
    }

    SINTER_INLINE static bool are_one(frame_of<K> const& f) {
        return [&]<std::size_t... N>(std::index_sequence<N...>) SINTER_INLINE_LAMBDA {
            auto const in_order = [&]<int Leaf>() SINTER_INLINE_LAMBDA {
                if constexpr (is_read[Leaf] && varies(Leaf) && K::program.find(Leaf, step.home) < 0) return lie_in_order<Leaf>(f);
                else return true;
            };
            return (... && in_order.template operator()<static_cast<int>(N)>());
        }(std::make_index_sequence<static_cast<std::size_t>(K::program.graph.size)>{});
    }
};

/// The indices of each axis of a step: of all but the last only the first where they are one.
template <class K, int S>
struct nest_ranges {
    range at[nest<K, S>::most];
};
template <class K, int S>
SINTER_INLINE nest_ranges<K, S> ranges_of(frame_of<K> const& f) {
    using n = nest<K, S>;
    nest_ranges<K, S> r;
    r.at[0] = reduced_range<K, S>(f);
    std::ptrdiff_t inside = 1;
    for_batches<n::depth - 1>([&](auto i) SINTER_INLINE_LAMBDA {
        r.at[i + 1] = {0, extent_of<K, n::axis(i + 1)>(f)};
        inside *= r.at[i + 1].to;
    });
    if constexpr (n::can_be_one)
        if (n::are_one(f)) {
            r.at[n::depth - 1] = {r.at[0].from * inside, r.at[0].to * inside};
            for (int i = 0; i + 1 < n::depth; ++i) r.at[i] = {0, 1};
        }
    return r;
}

/// How many indices of its axis a whole sweep takes in one round: lanes of that many, with those of the axes inside, are half
/// of the first cache. Rounds are about as long as each other.
template <class K, int L>
SINTER_INLINE std::ptrdiff_t indices_of_round(frame_of<K> const& f) {
    constexpr std::ptrdiff_t fit = 16384 / (K::lanes * static_cast<std::ptrdiff_t>(sizeof(typename K::value)));
    constexpr std::ptrdiff_t most = fit < 256 ? 256 : fit;
    constexpr int S = [] {
        int s = 0;
        while (K::program.step[s].what != ir::step::action::accumulate || K::program.step[s].home != L) ++s;
        return s;
    }();
    using n = nest<K, S>;
    std::ptrdiff_t inside = 1;
    for_batches<n::depth - 1>([&](auto i) SINTER_INLINE_LAMBDA { inside *= extent_of<K, n::axis(i + 1)>(f); });
    std::ptrdiff_t const extent = extent_of<K, n::axis(0)>(f), rounds = (extent * inside + most - 1) / most;
    return rounds > 1 ? (extent + rounds - 1) / rounds : extent > 0 ? extent : 1;
}

/// Calls do_it for each point of the axes of a step.
template <class K, int S, int I = 0, class F>
SINTER_INLINE void over_nest(nest_ranges<K, S> const& r, point_of<K>& p, F const& do_it) {
    if constexpr (I == nest<K, S>::depth) {
        do_it();
    } else {
        constexpr int a = nest<K, S>::axis(I);
        for (p.at[a] = r.at[I].from; p.at[a] < r.at[I].to; ++p.at[a]) over_nest<K, S, I + 1>(r, p, do_it);
    }
}

}  // namespace SINTER_SIMD_ARCH
}  // namespace sinter::lower
