// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/capture/infer.hpp>

#include <cstddef>

namespace sinter::ir {

/// What the windows of an axis are given by, in the order of term::fixed.
struct window_numbers {
    std::size_t size = 1, stride = 1, dilation = 1, before = 0, after = 0;

    /// How many elements a window spans.
    constexpr std::size_t span() const { return size == 0 ? 0 : dilation * (size - 1) + 1; }
    /// How many fit on an axis of n elements: ⌊(before + n + after − span) / stride⌋ + 1; none where one is too long.
    constexpr std::size_t places(std::size_t n) const {
        std::size_t const all = before + n + after;
        return all < span() ? 0 : (all - span()) / stride + 1;
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

/// (…,n,…) → (…,places,…,size)
constexpr void windows(builder& b, term& t, request const& q) {
    term const& x = b.terms[t.arg[0]];
    int axis = normalised(q.specs[0].a, x.rank);
    if (axis < 0 || axis >= x.rank || x.rank == max_rank) {
        b.fail(rule::axis, t, static_cast<std::size_t>(q.specs[0].a), static_cast<std::size_t>(x.rank));
        axis = 0;
    }
    same_shape(b, t);
    t.order[0] = static_cast<std::int8_t>(axis);
    std::size_t known[5] = {};
    bool all_known = true;
    for (int i = 0, dim = 0; i < 5; ++i) {
        std::int64_t const v = q.specs[i + 1].a;
        t.fixed[i] = v == at_run_time ? b.of_operand(t.slot, dim++, b.size) : b.constant(static_cast<std::size_t>(v));
        known[i] = b.known(t.fixed[i]);
        all_known = all_known && known[i] != dyn;
        if (i < 3 && known[i] == 0) b.fail(rule::positive, t, 0, 0), known[i] = 1;
    }
    std::size_t const n = b.known(x.extent[axis]);
    window_numbers const w{known[0], known[1], known[2], known[3], known[4]};
    if (all_known && n != dyn) {
        if (w.before + n + w.after < w.span()) b.fail(rule::window, t, w.span(), w.before + n + w.after);
        t.extent[axis] = b.constant(w.places(n));
    } else {
        t.extent[axis] = b.intern({extent::source::places, dyn, static_cast<std::int16_t>(b.size), -1, x.extent[axis], -1,
                                   static_cast<std::int16_t>(b.size)});
    }
    t.extent[t.rank++] = t.fixed[0];
}

}  // namespace detail
}  // namespace sinter::ir
