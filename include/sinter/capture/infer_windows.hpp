// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/capture/infer.hpp>

#include <cstddef>

namespace sinter::ir {

/// What the windows of an axis are given by, in the order of term::fixed.
struct window_numbers {
    std::size_t size = 1, stride = 1, dilation = 1, before = 0, after = 0, extra = 0;
    bool transposed = false;

    constexpr window_numbers(term const& t, std::size_t const* n)
        : size(n[0]), stride(n[1]), dilation(n[2]), before(n[3]), after(n[4]), extra(n[5]), transposed(t.keep) {}

    /// How many elements a window spans.
    constexpr std::size_t span() const { return size == 0 ? 0 : dilation * (size - 1) + 1; }
    /// The elements of an axis of n, those before and after included; or all that windows put at them would reach.
    constexpr std::size_t length(std::size_t n) const {
        return transposed ? (n == 0 ? 0 : (n - 1) * stride + span() + extra) : before + n + after;
    }
    /// Whether there is less than one window, or less than what is cut off.
    constexpr bool is_short(std::size_t n) const { return length(n) < (transposed ? before + after : span()); }
    /// How many fit on an axis of n elements: ⌊(before + n + after − span) / stride⌋ + 1; none where one is too long.
    constexpr std::size_t places(std::size_t n) const {
        if (is_short(n)) return 0;
        return transposed ? length(n) - before - after : (length(n) - span()) / stride + 1;
    }
};

namespace detail {

/// (…,n,…), (…,m,…) → (…,n+m,…); the other axes must agree
constexpr void concatenate(builder& b, term& t, request const& q) {
    term const x = b.terms[t.arg[0]], y = b.terms[t.arg[1]];
    int axis = normalised(q.specs[0].a, x.rank);
    if (axis < 0 || axis >= x.rank || y.rank != x.rank) {
        bool const no_axis = y.rank == x.rank;
        if (no_axis) b.fail(rule::axis, t, static_cast<std::size_t>(q.specs[0].a), static_cast<std::size_t>(x.rank));
        else b.fail(rule::rank, t, static_cast<std::size_t>(y.rank), static_cast<std::size_t>(x.rank));
        return same_shape(b, t);
    }
    t.order[0] = static_cast<std::int8_t>(axis);
    t.rank = x.rank;
    for (int d = 0; d < x.rank; ++d)
        if (d != axis) t.extent[d] = b.meet(extent::source::same, x.extent[d], y.extent[d], t, rule::side, d);
    std::size_t const n = b.known(x.extent[axis]), m = b.known(y.extent[axis]);
    t.extent[axis] = n != dyn && m != dyn ? b.constant(n + m)
                                          : b.intern({extent::source::sum, dyn, -1, -1, x.extent[axis], y.extent[axis],
                                                      static_cast<std::int16_t>(b.size)});
}

/// What is given as `v`, or is the next number of the list of a term.
constexpr std::int16_t number_of(builder& b, term const& t, std::int64_t v, int& dim) {
    return v == at_run_time ? b.of_operand(t.slot, dim++, b.size) : b.constant(static_cast<std::size_t>(v));
}

/// The axis that the first number names; 0, and a fault, where there is none.
constexpr int named_axis(builder& b, term const& t, request const& q, bool possible = true) {
    int const rank = b.terms[t.arg[0]].rank, axis = normalised(q.specs[0].a, rank);
    if (axis >= 0 && axis < rank && possible) return axis;
    b.fail(rule::axis, t, static_cast<std::size_t>(q.specs[0].a), static_cast<std::size_t>(rank));
    return 0;
}

constexpr std::int16_t product(builder& b, int x, int y) {
    if (b.known(x) != dyn && b.known(y) != dyn) return b.constant(b.known(x) * b.known(y));
    return b.intern({extent::source::product, dyn, -1, -1, static_cast<std::int16_t>(x), static_cast<std::int16_t>(y),
                     static_cast<std::int16_t>(b.size)});
}

/// (…,n,…) → (…,places,…,size)
constexpr void windows(builder& b, term& t, request const& q) {
    term const& x = b.terms[t.arg[0]];
    int const axis = named_axis(b, t, q, x.rank < max_rank);
    same_shape(b, t);
    t.order[0] = static_cast<std::int8_t>(axis);
    std::size_t known[7] = {};
    bool all_known = true;
    for (int i = 0, dim = 0; i < 7; ++i) {
        if (i == 6 && q.count <= 7) break;      // how many elements there must be need not be given
        t.fixed[i] = number_of(b, t, i + 1 < q.count ? q.specs[i + 1].a : 0, dim);
        known[i] = b.known(t.fixed[i]);
        all_known = all_known && known[i] != dyn;
        std::int64_t const v = i + 1 < q.count ? q.specs[i + 1].a : 0;
        if (v == at_run_time || v >= (i < 3)) continue;
        b.fail(i < 3 ? rule::positive : rule::negative, t, static_cast<std::size_t>(v), 0);
        known[i] = i < 3;
    }
    std::size_t const n = b.known(x.extent[axis]);
    window_numbers const w(t, known);
    if (all_known && n != dyn) {
        if (w.is_short(n)) b.fail(t.keep ? rule::cut : rule::window, t, t.keep ? w.before + w.after : w.span(), w.length(n));
        if (t.fixed[6] >= 0 && known[6] != n) b.fail(rule::groups, t, known[6], n);
        t.extent[axis] = b.constant(w.places(n));
    } else {
        t.extent[axis] = b.intern({extent::source::places, dyn, static_cast<std::int16_t>(b.size), -1, x.extent[axis], -1,
                                   static_cast<std::int16_t>(b.size)});
    }
    t.extent[t.rank++] = t.fixed[0];
}

/// (…,n,…) → (…,n·count,…), or, where the term keeps both, (…,n,m,…) → (…,n·m,…)
constexpr void repeat(builder& b, term& t, request const& q) {
    term const& x = b.terms[t.arg[0]];
    int const axis = named_axis(b, t, q);
    int dim = 0;
    same_shape(b, t);
    t.order[0] = static_cast<std::int8_t>(axis);
    t.fixed[0] = t.keep ? x.extent[axis + 1] : number_of(b, t, q.specs[1].a, dim);
    if (!t.keep && q.specs[1].a < 0 && q.specs[1].a != at_run_time)
        return b.fail(rule::negative, t, static_cast<std::size_t>(q.specs[1].a), 0);
    t.extent[axis] = product(b, x.extent[axis], t.fixed[0]);
    if (!t.keep) return;
    --t.rank;
    for (int i = axis + 1; i < t.rank; ++i) t.extent[i] = x.extent[i + 1];
}

constexpr void cumulate(builder& b, term& t, request const& q) {
    same_shape(b, t);
    name_axes(b, t, q);
}

/// The extents of x with those of the places where the axis was; or, along it, the places of each line.
constexpr void take(builder& b, term& t, request const& q) {
    term const x = b.terms[t.arg[0]], places = b.terms[t.arg[1]];
    int const axis = named_axis(b, t, q);
    t.order[0] = static_cast<std::int8_t>(axis);
    if (!is_integer(places.type)) return b.fail(rule::integers, t, 0, 0);
    if (t.what == form::take_along) {
        if (x.rank != places.rank) return b.fail(rule::rank, t, static_cast<std::size_t>(places.rank), static_cast<std::size_t>(x.rank));
        t.rank = x.rank;
        for (int i = 0; i < x.rank; ++i)
            t.extent[i] = i == axis ? places.extent[i]
                                    : b.meet(extent::source::broadcast, x.extent[i], places.extent[i], t, rule::broadcast, i - x.rank);
        return;
    }
    if (x.rank + places.rank - 1 > max_rank) return b.fail(rule::deep, t, static_cast<std::size_t>(x.rank), static_cast<std::size_t>(places.rank));
    t.rank = static_cast<std::int8_t>(x.rank + places.rank - 1);
    for (int i = 0; i < t.rank; ++i)
        t.extent[i] = i < axis ? x.extent[i] : i < axis + places.rank ? places.extent[i - axis] : x.extent[i + 1 - places.rank];
}

}  // namespace detail
}  // namespace sinter::ir
