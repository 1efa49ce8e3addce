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
            if (l.mask[m] == n && K::program.graph.nodes[n].is_truth()) return l.leaves_out_if[m] ? 0 : 1;
        return -1;
    }
};

/// Bounds are numbers of the type that formulas are computed in; of integers, double.
template <class K>
using bound_type = std::conditional_t<std::is_floating_point_v<typename K::value>, typename K::value, double>;

/// How bounds are computed: leaves first. A table and not templates: it is read once a block.
struct bounds_row {
    std::int16_t node = -1;
    ir::op op = ir::op::add;
    ir::dtype type = ir::dtype::none;
    std::int8_t arity = 0;                      ///< 0: a leaf, or a value of which nothing is known
    std::int16_t arg[3] = {0, 0, 0};            ///< rows
};

/// What a row has to be throughout, so that something follows.
template <class T>
struct bounds_wanted {
    std::int16_t row = 0;
    T value = 0;
    bool holds(ir::bounds<T> const* known) const { return known[row].is_number && known[row].is(value); }
};

/// The rows of the masks, which each block asks for; after them, those that lead from the masks to what the sweep combines.
template <class K, int L>
struct mask_table {
    using T = bound_type<K>;
    static constexpr auto const& p = K::program;
    static constexpr auto l = K::loop(L);

    struct marks { bool needed[p.graph.size] = {}, of_masks[p.graph.size] = {}; };
    static constexpr marks mark = [] {
        marks m{};
        auto const cut = [](int n) { return p.graph.nodes[n].is_reduce(); };
        for (int s = 0; s < p.steps; ++s)
            if (p.step[s].what == ir::step::action::accumulate && p.step[s].home == L) ir::mark_cone(p.graph, p.step[s].body, m.needed, cut);
        for (int i = 0; i < l.masks(); ++i) ir::mark_cone(p.graph, l.mask[i], m.of_masks, cut);
        return m;
    }();
    static constexpr int count(bool const* marked) {
        int n = 0;
        for (int i = 0; i < p.graph.size; ++i) n += marked[i];
        return n;
    }
    static constexpr int rows = count(mark.needed), mask_rows = count(mark.of_masks);
    static constexpr std::int16_t row_of(int node) {
        bool const first = mark.of_masks[node];
        int r = first ? 0 : mask_rows;
        for (int n = 0; n < node; ++n) r += mark.needed[n] && mark.of_masks[n] == first;
        return static_cast<std::int16_t>(r);
    }
    static constexpr auto row = [] {
        std::array<bounds_row, static_cast<std::size_t>(rows)> table{};
        for (int n = 0; n < p.graph.size; ++n) {
            if (!mark.needed[n]) continue;
            auto const& x = p.graph.nodes[n];
            bounds_row b;
            b.node = static_cast<std::int16_t>(n);
            b.op = x.op;
            b.type = x.type;
            if (x.is_map() && x.op != ir::op::user) b.arity = x.arity;
            for (int a = 0; a < b.arity; ++a) b.arg[a] = row_of(x.arg[a]);
            table[static_cast<std::size_t>(row_of(n))] = b;
        }
        return table;
    }();
    /// Whether a row is a leaf with bounds: in a block; and whatever the block.
    static constexpr bool is_read(std::size_t r) {
        auto const& x = p.graph.nodes[row[r].node];
        return x.is_leaf() && ir::bounds_are_cheap(p, L, x);
    }
    static constexpr bool is_one_number(std::size_t r) {
        auto const& x = p.graph.nodes[row[r].node];
        return is_read(r) && x.from != ir::source::coordinate && x.rank == 0;
    }
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
    static constexpr auto masks = static_cast<std::size_t>(l.masks());
    /// Of a truth: true or false. What is added is −∞ where it leaves out and 0 where it does not; a factor is 0 or 1.
    static constexpr auto states(bool leaving_out) {
        std::array<bounds_wanted<T>, masks> wanted{};
        for (std::size_t m = 0; m < masks; ++m) {
            bool const added = l.leaves_out_if[m] && !p.graph.nodes[l.mask[m]].is_truth();
            T const out = added ? -ir::bounds<T>::infinity : T(l.leaves_out_if[m]), in = T(!l.leaves_out_if[m]);
            wanted[m] = bounds_wanted<T>{row_of(l.mask[m]), leaving_out ? out : in};
        }
        return wanted;
    }
    static constexpr auto excluded = states(true), included = states(false);
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

/// Bounds of an affine index. Where it may be rounded on its way into lanes, nothing is said but that it is a number.
template <class K, int L>
ir::bounds<bound_type<K>> bounds_of_index(frame_of<K> const& f, ir::index const& i) {
    using T = bound_type<K>;
    std::ptrdiff_t low = start_of(i, f.extents), high = low;
    for (ir::strand const& s : {static_cast<ir::strand const&>(i), i.second}) {
        if (s.axis < 0) continue;
        auto const range = range_of<K, L>(f, s.axis);
        std::ptrdiff_t const step = step_of(i, s, f.extents);
        low += step * (step < 0 ? range.last : range.first);
        high += step * (step < 0 ? range.first : range.last);
    }
    constexpr std::ptrdiff_t of_bounds = std::ptrdiff_t{1} << (std::numeric_limits<T>::digits - 1);
    constexpr std::ptrdiff_t most = sizeof(typename K::value) == 4 && std::is_integral_v<typename K::value>
                                        ? std::numeric_limits<std::int32_t>::max() / 16     // some of them may be added up
                                        : of_bounds;
    if (low < -most || high > most) return {-ir::bounds<T>::infinity, ir::bounds<T>::infinity, true};
    return {static_cast<T>(low), static_cast<T>(high)};
}

/// Bounds of what an operand holds for the indices of a round: it varies along one axis at most.
template <class K, int L, int Leaf>
ir::bounds<bound_type<K>> bounds_of_elements(frame_of<K> const& f) {
    using T = bound_type<K>;
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
            all = {x < all.low ? x : all.low, x > all.high ? x : all.high, all.is_number && x == x};
        }
    }
    constexpr T exact = T(1) / std::numeric_limits<T>::epsilon();      // integers beyond are rounded here
    bool const is_exact = std::is_floating_point_v<typename K::value> || (all.low >= -exact && all.high <= exact);
    return all.is_number && is_exact ? all : ir::bounds<T>{};
}

template <class K, int L, int N>
ir::bounds<bound_type<K>> bounds_of_leaf(frame_of<K> const& f) {
    using B = ir::bounds<bound_type<K>>;
    constexpr auto x = K::node(N);
    if constexpr (x.from == ir::source::constant) return B::exactly(simd::number<bound_type<K>>(x.value));
    else if constexpr (x.from == ir::source::extent) return B::exactly(static_cast<bound_type<K>>(f.extents[x.slot]));
    else if constexpr (x.from == ir::source::coordinate) return bounds_of_index<K, L>(f, x.at[0]);
    else return bounds_of_elements<K, L, N>(f);
}

template <class T>
[[gnu::noinline]] void bounds_of_maps(bounds_row const* row, int from, int to, bool is_supposed, ir::bounds<T>* known) {
    for (int r = from; r < to; ++r) {
        if (row[r].arity == 0) continue;
        auto const b = ir::bounds_of(row[r], known);
        known[r] = is_supposed ? b.supposed() : b;
    }
}

/// What can be said of the rounds of loop L.
template <class K, int L>
class judge {
    using table = mask_table<K, L>;
    using T = bound_type<K>;
    frame<K> const& f;
    enum class answer : std::uint8_t { not_asked, no, yes };
    answer leaves_out[table::masks] = {};

  public:
    explicit judge(frame<K> const& frame) : f(frame) {}

    /// The current round.
    [[gnu::noinline]] verdict operator()() {
        ir::bounds<T> known[table::mask_rows];
        read<table::mask_rows>(known, [](std::size_t r) { return table::is_read(r); });
        bounds_of_maps(table::row.data(), 0, table::mask_rows, false, known);
        bool all_hold = true;
        for (std::size_t m = 0; m < table::masks; ++m) {
            if (table::excluded[m].holds(known) && excludes(m)) return verdict::excluded;
            all_hold = all_hold && table::included[m].holds(known);
        }
        return all_hold ? verdict::included : verdict::mixed;
    }

    /// Whether a mask that leaves out all of a block leaves the state of the sweep as it is: the same for each block, since
    /// nothing else about it is supposed.
    bool excludes(std::size_t m) {
        if (leaves_out[m] == answer::not_asked) leaves_out[m] = changes_nothing(m) ? answer::yes : answer::no;
        return leaves_out[m] == answer::yes;
    }

  private:
    [[gnu::noinline]] bool changes_nothing(std::size_t m) const {
        ir::bounds<T> known[table::rows];
        read<table::rows>(known, [](std::size_t r) { return table::is_one_number(r); });
        known[table::excluded[m].row] = ir::bounds<T>::exactly(table::excluded[m].value);
        bounds_of_maps(table::row.data(), table::mask_rows, table::rows, true, known);
        for (auto const& w : table::identities)
            if (!w.holds(known)) return false;
        return true;
    }

    /// The bounds of the leaves among the first rows that `which` wants.
    template <int Rows, class Which>
    void read(ir::bounds<T>* known, Which) const {
        [&]<std::size_t... R>(std::index_sequence<R...>) {
            [[maybe_unused]] auto const leaf = [&]<std::size_t I>() {
                if constexpr (Which{}(I)) known[I] = bounds_of_leaf<K, L, table::row[I].node>(f);
            };
            (leaf.template operator()<R>(), ...);
        }(std::make_index_sequence<static_cast<std::size_t>(Rows)>{});
    }
};

/// A judge of loop L, if it has masks.
template <int L, class K>
SINTER_INLINE auto judge_of([[maybe_unused]] frame<K> const& f) {
    if constexpr (K::loop(L).masks() == 0) return nullptr;
    else return judge<K, L>(f);
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
