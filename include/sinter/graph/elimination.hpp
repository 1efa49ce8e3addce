// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/capture/formula.hpp>

#include <cstdint>

/// The order in which the indices of a sum of products are summed out. An elimination multiplies the factors that contain
/// an index and sums over it, and over all other indices that stand in no other factor; what is left is a factor in their
/// place. It costs the product of the extents of all indices involved.
namespace sinter::ir {

/// A set of indices of an einsum.
using index_set = std::uint64_t;
constexpr index_set one_index(int i) { return index_set{1} << i; }
constexpr int count_indices(index_set s) {
    int n = 0;
    for (; s; s &= s - 1) ++n;
    return n;
}

/// Extents that are known at run time only count as this many.
inline constexpr double nominal_extent = 256;
/// All orders of up to this many indices (or groups of indices that go together) are tried; of more, the first of them are
/// taken greedily.
inline constexpr int searched_indices = 5;

/// The factors of a product, each the set of indices on which it depends.
struct factor_sets {
    index_set set[max_arguments] = {};
    int size = 0;
};

struct elimination {
    static constexpr int most = 2 * max_arguments;
    struct step {
        index_set gone = 0, left = 0;   ///< summed out; on which the sum depends
    } steps[most] = {};
    int size = 0;
    double cost = 0;                    ///< multiplications
    index_set common = ~index_set{0};   ///< indices of all intermediates that have two or more: a panel can lie along one
};

class eliminator {
  public:
    /// extent[i]: of index i
    constexpr eliminator(factor_sets const& factors, index_set result, double const* extent)
        : start(factors), result(result), extent(extent), batch(result) {
        for (int i = 0; i < factors.size; ++i) batch &= factors.set[i];
    }

    constexpr elimination find() {
        search(start, elimination{});
        if (count_indices(open_in(start)) > searched_indices)
            for (index_set left = result; left && !streams(best); left &= left - 1) {
                kept = left & ~(left - 1);
                search(start, elimination{});
            }
        return best;
    }

  private:
    factor_sets start;
    index_set result;
    double const* extent;
    index_set batch;        ///< indices of all factors and of the result: loops around everything
    index_set kept = 0;     ///< greedily: sums that depend on this one come first, so that all do
    elimination best = {};
    bool found = false;

    constexpr double volume(index_set s) const {
        double v = 1;
        for (int i = 0; s; ++i, s >>= 1)
            if (s & 1) v *= extent[i];
        return v;
    }

    /// What disappears when the factors that contain any of x are multiplied.
    constexpr elimination::step meet(factor_sets const& f, index_set x, index_set& all) const {
        index_set others = 0;
        all = 0;
        for (int i = 0; i < f.size; ++i) (f.set[i] & x ? all : others) |= f.set[i];
        index_set const gone = all & ~result & ~others;
        return {gone, all & ~gone};
    }

    constexpr void apply(factor_sets& f, elimination& e, elimination::step s, index_set all) const {
        factor_sets g;
        bool placed = false;
        for (int i = 0; i < f.size; ++i) {
            bool const merged = f.set[i] & s.gone;
            if (!merged) g.set[g.size++] = f.set[i];
            else if (!placed) g.set[g.size++] = s.left;
            placed = placed || merged;
        }
        f = g;
        e.steps[e.size++] = s;
        e.cost += volume(all);
        if (count_indices(s.left & ~batch) >= 2) e.common &= s.left;
    }

    constexpr index_set open_in(factor_sets const& f) const {
        index_set open = 0;
        for (int i = 0; i < f.size; ++i) open |= f.set[i] & ~result;
        return open;
    }

    constexpr bool streams(elimination const& e) const { return (e.common & ~batch) != 0; }

    /// An order whose intermediates can live in a panel comes before one that is cheaper.
    constexpr bool beats(elimination const& e, elimination const& other) const {
        return streams(e) != streams(other) ? streams(e) : e.cost < other.cost;
    }

    constexpr void search(factor_sets f, elimination e) {
        for (int i = 0; i < f.size; ++i) sum_alone(f, e, i);
        index_set open = open_in(f);
        if (open == 0) {
            if (!found || beats(e, best)) best = e;
            found = true;
            return;
        }
        if (found && !beats(e, best)) return;
        if (count_indices(open) > searched_indices) open = cheapest(f, open);
        while (open) {
            index_set const x = open & ~(open - 1);
            index_set all = 0;
            auto const s = meet(f, x, all);
            open &= ~s.gone;
            factor_sets after = f;
            elimination longer = e;
            apply(after, longer, s, all);
            search(after, longer);
        }
    }

    /// Indices of one factor only go first: what is summed becomes smaller, and nothing is multiplied.
    constexpr void sum_alone(factor_sets& f, elimination& e, int i) const {
        index_set alone = f.set[i] & ~result;
        for (int j = 0; j < f.size; ++j)
            if (j != i) alone &= ~f.set[j];
        if (alone) apply(f, e, {alone, f.set[i] & ~alone}, f.set[i]);
    }

    constexpr index_set cheapest(factor_sets const& f, index_set open) const {
        index_set chosen = 0;
        double least = 0;
        bool keeps = false;
        for (; open; open &= open - 1) {
            index_set all = 0;
            auto const s = meet(f, open & ~(open - 1), all);
            bool const does = s.left & kept;
            if (chosen != 0 && (keeps != does ? keeps : volume(all) >= least)) continue;
            chosen = s.gone, least = volume(all), keeps = does;
        }
        return chosen & ~(chosen - 1);
    }
};

}  // namespace sinter::ir
