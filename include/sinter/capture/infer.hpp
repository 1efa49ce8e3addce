// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/capture/builder.hpp>

#include <cstddef>
#include <cstdint>

/// The shape of a term from the shapes of its arguments. The same code appends to a formula and tells an operator, one
/// node at a time, whether extents that are known at compile time agree.
namespace sinter::ir {

namespace detail {

constexpr int normalised(std::int64_t axis, int rank) { return static_cast<int>(axis < 0 ? axis + rank : axis); }

/// Where the channels stand that the factors of a convolution must have in common, counted from the right; 0: of groups it is
/// known that they fit, and all else broadcasts.
constexpr int channel_axis(term const& t) { return t.what == form::map && t.keep && t.order[2] == 0 ? 2 * t.order[0] + 1 : 0; }

/// The extent in which those of two arguments meet, k axes from the right.
constexpr std::int16_t meet_at(builder& b, term const& t, int k, int x, int y) {
    if (k == channel_axis(t)) return b.meet(extent::source::same, x, y, t, rule::channels, t.order[1]);
    return b.meet(extent::source::broadcast, x, y, t, rule::broadcast, -k);
}

/// Shape of t := the arguments' shapes broadcast; the last `skip` axes of the arguments don't take part.
constexpr void broadcast_arguments(builder& b, term& t, int skip = 0) {
    bool elastic = false;
    for (int i = 0; i < t.arity; ++i) {
        term const& x = b.terms[t.arg[i]];
        elastic = elastic || x.elastic;
        int const rank = x.rank > skip ? x.rank - skip : 0;
        if (rank > t.rank) {        // make room on the left
            int const more = rank - t.rank;
            for (int k = rank - 1; k >= more; --k) t.extent[k] = t.extent[k - more];
            for (int k = 0; k < more; ++k) t.extent[k] = x.extent[k];
            for (int k = more; k < rank; ++k) t.extent[k] = meet_at(b, t, rank - k, t.extent[k], x.extent[k]);
            t.rank = static_cast<std::int8_t>(rank);
        } else {
            for (int k = 1; k <= rank; ++k)
                t.extent[t.rank - k] = meet_at(b, t, k, t.extent[t.rank - k], x.extent[rank - k]);
        }
    }
    t.elastic = elastic && t.rank == 0;
}

constexpr void same_shape(builder& b, term& t) {
    term const& x = b.terms[t.arg[0]];
    t.rank = x.rank;
    for (int i = 0; i < x.rank; ++i) t.extent[i] = x.extent[i];
}

/// What works along the last axis of its first argument.
constexpr void needs_axis(builder& b, term const& t) {
    if (b.terms[t.arg[0]].rank < 1) b.fail(rule::rank, t, 0, 1);
}

constexpr void last_axis_pairs(builder& b, term& t) {
    term const &x = b.terms[t.arg[0]], &y = b.terms[t.arg[1]];
    if (x.rank < 1 || y.rank < 1) return b.fail(rule::rank, t, 0, 1);
    broadcast_arguments(b, t, 1);
    t.start[0] = b.meet(extent::source::same, x.extent[x.rank - 1], y.extent[y.rank - 1], t, rule::paired);
}

/// (…,i,k) × (…,k,j) → (…,i,j); a vector has no i or no j.
constexpr void matmul(builder& b, term& t) {
    term const x = b.terms[t.arg[0]], y = b.terms[t.arg[1]];
    if (x.rank < 1 || y.rank < 1) return b.fail(rule::rank, t, 0, 1);
    t.start[0] = b.meet(extent::source::same, x.extent[x.rank - 1], y.extent[y.rank < 2 ? 0 : y.rank - 2], t, rule::inner);
    broadcast_arguments(b, t, 2);
    if (x.rank > 1) t.extent[t.rank++] = x.extent[x.rank - 2];
    if (y.rank > 1) t.extent[t.rank++] = y.extent[y.rank - 1];
}

constexpr void outer(builder& b, term& t) {
    term const &x = b.terms[t.arg[0]], &y = b.terms[t.arg[1]];
    if (x.rank != 1 || y.rank != 1) b.fail(rule::rank, t, static_cast<std::size_t>(x.rank != 1 ? x.rank : y.rank), 1);
    t.rank = 2;
    t.extent[0] = x.extent[0];
    t.extent[1] = y.extent[0];
}

constexpr void permute(builder& b, term& t, request const& q) {
    term const& x = b.terms[t.arg[0]];
    t.rank = x.rank;
    unsigned seen = 0;
    for (int i = 0; i < x.rank; ++i) {
        int from = i < x.rank - 2 ? i : 2 * x.rank - 3 - i;     // without a list: the last two change places
        if (x.rank < 2) from = i;
        if (q.count > 0) from = i < q.count ? normalised(q.specs[i].a, x.rank) : -1;
        if (from < 0 || from >= x.rank || (seen >> from & 1u) || (q.count > x.rank)) {
            b.fail(rule::permutation, t, static_cast<std::size_t>(q.count), static_cast<std::size_t>(x.rank));
            from = i;
        }
        seen |= 1u << from;
        t.order[i] = static_cast<std::int8_t>(from);
        t.extent[i] = x.extent[from];
    }
}

constexpr void expand(builder& b, term& t, request const& q) {
    term const& x = b.terms[t.arg[0]];
    if (x.rank == max_rank) return b.fail(rule::deep, t, static_cast<std::size_t>(x.rank), 1);
    int place = normalised(q.specs[0].a, x.rank + 1);
    if (place < 0 || place > x.rank) {
        b.fail(rule::axis, t, static_cast<std::size_t>(q.specs[0].a), static_cast<std::size_t>(x.rank));
        place = 0;
    }
    t.rank = static_cast<std::int8_t>(x.rank + 1);
    t.order[0] = static_cast<std::int8_t>(place);
    for (int i = 0, k = 0; i < t.rank; ++i) t.extent[i] = i == place ? b.constant(1) : x.extent[k++];
}

constexpr void reshape(builder& b, term& t, request const& q, bool contiguous) {
    term const& x = b.terms[t.arg[0]];
    if (!contiguous) b.fail(rule::contiguous, t, 0, 0);
    std::size_t before = 1, after = 1;
    bool all_known = true;
    for (int i = 0; i < x.rank; ++i) {
        std::size_t const n = b.known(x.extent[i]);
        all_known = all_known && n != dyn;
        before *= n;
    }
    t.rank = static_cast<std::int8_t>(q.count);
    int rest = -1;
    for (int i = 0, dim = 0; i < q.count; ++i) {
        std::int64_t const n = q.specs[i].a;
        if (n < -1 && n != at_run_time) b.fail(rule::negative, t, static_cast<std::size_t>(n), 0);
        if (n == -1 && rest >= 0) all_known = false;    // more than one: solving them says so
        if (n == -1) t.extent[rest = i] = b.unsolved();
        else t.extent[i] = n == at_run_time ? b.of_operand(t.slot, dim++, b.size) : b.constant(static_cast<std::size_t>(n));
        all_known = all_known && n != at_run_time;
        after *= n == -1 ? 1 : static_cast<std::size_t>(n);
    }
    if (all_known && rest >= 0 && after != 0 && before % after == 0) t.extent[rest] = b.constant(before / after);
    else if (all_known && before != after) b.fail(rule::size, t, before, after);
}

/// The axes that a reduction or a softmax names, as bits.
constexpr void name_axes(builder& b, term& t, request const& q) {
    term const& x = b.terms[t.arg[0]];
    if (x.elastic) b.fail(rule::elastic, t, 0, 0);
    if (q.count == 0) t.axes = static_cast<std::uint8_t>((1u << x.rank) - 1);
    for (int i = 0; i < q.count; ++i) {
        int const axis = normalised(q.specs[i].a, x.rank);
        if (axis < 0 || axis >= x.rank)
            b.fail(rule::axis, t, static_cast<std::size_t>(q.specs[i].a), static_cast<std::size_t>(x.rank));
        else if (t.axes >> axis & 1u)
            b.fail(rule::twice, t, static_cast<std::size_t>(q.specs[i].a), static_cast<std::size_t>(x.rank));
        else t.axes = static_cast<std::uint8_t>(t.axes | (1u << axis));
    }
}

constexpr void reduce(builder& b, term& t, request const& q) {
    name_axes(b, t, q);
    term const& x = b.terms[t.arg[0]];
    for (int i = 0; i < x.rank; ++i) {
        bool const gone = t.axes >> i & 1u;
        if (!gone || t.keep) t.extent[t.rank++] = gone ? b.constant(1) : x.extent[i];
    }
}

/// The first number is how many of the largest are wanted, the second the axis.
constexpr void top(builder& b, term& t, request const& q) {
    term const& x = b.terms[t.arg[0]];
    request axis;
    axis.specs[axis.count++] = q.specs[1];
    name_axes(b, t, axis);
    t.rank = x.rank;
    std::size_t const k = static_cast<std::size_t>(q.specs[0].a);
    for (int i = 0; i < x.rank; ++i) {
        bool const shrinks = t.axes >> i & 1u;
        if (shrinks && b.known(x.extent[i]) != dyn && b.known(x.extent[i]) < k) b.fail(rule::few, t, k, b.known(x.extent[i]));
        t.extent[i] = shrinks ? b.constant(k) : x.extent[i];
    }
}

}  // namespace detail
}  // namespace sinter::ir
