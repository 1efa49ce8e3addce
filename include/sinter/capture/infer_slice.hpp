// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/capture/builder.hpp>
#include <sinter/capture/infer.hpp>

#include <cstddef>
#include <cstdint>

namespace sinter::ir::detail {

/// Turns the entries of a slice into extents. A list entry (source operand) keeps in `a` the extent that negative numbers
/// count from; so does a constant that is negative on an axis whose extent is known at run time only (source before_end).
struct slice_reader {
    builder& b;
    term& t;
    int dim = 0;        // next entry of the index list

    constexpr std::int16_t number(std::int64_t v, int axis_extent) {
        if (v == at_run_time)
            return b.intern({extent::source::operand, dyn, t.slot, static_cast<std::int16_t>(dim++),
                             static_cast<std::int16_t>(axis_extent), -1, static_cast<std::int16_t>(b.size)});
        std::size_t const n = b.known(axis_extent);
        if (v < 0 && n == dyn)
            return b.intern({extent::source::before_end, static_cast<std::size_t>(-v), -1, -1, static_cast<std::int16_t>(axis_extent), -1,
                             static_cast<std::int16_t>(b.size)});
        return b.constant(static_cast<std::size_t>(v < 0 ? v + static_cast<std::int64_t>(n) : v));
    }

    constexpr void check(int id, std::size_t limit, bool end) {
        if (b.known(id) == dyn || limit == dyn) return;
        if (b.known(id) > limit || (!end && b.known(id) == limit)) b.fail(rule::bounds, t, b.known(id), limit);
    }

    constexpr void read(spec const& s, int axis, std::int16_t n) {
        std::size_t const limit = b.known(n);
        if (s.what == spec::kind::at) {
            t.fixed[axis] = number(s.a, n);
            return check(t.fixed[axis], limit, false);
        }
        int const i = t.rank++;
        t.order[i] = static_cast<std::int8_t>(axis);
        t.start[i] = -1;
        t.extent[i] = n;
        if (s.what == spec::kind::all) return;
        std::int16_t const from = number(s.a, n);
        if (b.known(from) != 0) t.start[i] = from;
        if (s.what == spec::kind::span) {
            if (s.b < 0 && s.b != at_run_time) return b.fail(rule::negative, t, static_cast<std::size_t>(s.b), 0);
            t.extent[i] = s.b == at_run_time ? b.of_operand(t.slot, dim++, b.size) : b.constant(static_cast<std::size_t>(s.b));
            if (b.known(from) != dyn && b.known(t.extent[i]) != dyn && limit != dyn &&
                b.known(from) + b.known(t.extent[i]) > limit)
                b.fail(rule::bounds, t, b.known(from) + b.known(t.extent[i]), limit);
            return;
        }
        std::int16_t const to = number(s.b, n);
        check(to, limit, true);
        t.step[i] = static_cast<std::int16_t>(s.step);
        t.extent[i] = length(from, to, static_cast<std::size_t>(s.step));
    }

    constexpr std::int16_t length(std::int16_t from, std::int16_t to, std::size_t step) {
        if (b.known(from) == dyn || b.known(to) == dyn)
            return b.intern({extent::source::quotient, step, -1, -1, to, from, static_cast<std::int16_t>(b.size)});
        if (b.known(from) > b.known(to)) b.fail(rule::backwards, t, b.known(from), b.known(to));
        return b.constant((b.known(to) - b.known(from) + step - 1) / step);
    }
};

constexpr void slice(builder& b, term& t, request const& q) {
    term const x = b.terms[t.arg[0]];
    if (q.count > x.rank) b.fail(rule::too_many, t, static_cast<std::size_t>(q.count), static_cast<std::size_t>(x.rank));
    slice_reader reader{b, t};
    for (int axis = 0; axis < x.rank; ++axis)
        reader.read(axis < q.count ? q.specs[axis] : spec{spec::kind::all}, axis, x.extent[axis]);
}

}  // namespace sinter::ir::detail
