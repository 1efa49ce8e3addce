// SPDX-License-Identifier: BSL-1.0
// Parts of an array: slices, splits, padding, triangles.
#include "formula.hpp"
#include "operators.hpp"

#include <algorithm>

namespace conformance {
namespace {

using std::int64_t;
using std::ptrdiff_t;
using std::size_t;

/// Which elements of an axis a slice takes.
struct steps {
    int64_t begin, step;
    size_t count;
};

/// Python's rule: negative numbers count from the end, what lies outside is cut off.
steps python_slice(int64_t begin, int64_t end, int64_t step, int64_t n) {
    if (step == 0) throw bad_case("Slice: a step of 0");
    int64_t const least = step < 0 ? -1 : 0, most = step < 0 ? n - 1 : n;
    auto const within = [&](int64_t i) { return std::clamp(i < 0 ? i + n : i, least, std::max(least, most)); };
    begin = within(begin), end = within(end);
    int64_t const count = step > 0 ? (end - begin + step - 1) / step : (begin - end - step - 1) / -step;
    return {begin, step, static_cast<size_t>(std::max<int64_t>(count, 0))};
}

std::vector<int64_t> list_or(call const& c, size_t slot, char const* name, std::vector<int64_t> otherwise) {
    if (c.given(slot)) return list_of(c.in(slot));
    auto const* const values = c.integers(name);
    return values ? *values : otherwise;
}

results slice_of(call const& c) {
    array const& x = c.in(0);
    auto const begins = list_or(c, 1, "starts", {}), ends = list_or(c, 2, "ends", {});
    std::vector<int64_t> first(begins.size());
    for (size_t i = 0; i < first.size(); ++i) first[i] = static_cast<int64_t>(i);
    auto const axes = list_or(c, 3, "axes", first), by = list_or(c, 4, "steps", std::vector<int64_t>(begins.size(), 1));
    auto const all = row_major(x.shape);
    shape_t shape = x.shape;
    strides_t strides = all;
    ptrdiff_t offset = 0;
    for (size_t i = 0; i < begins.size(); ++i) {
        size_t const a = axis_from_front(axes.at(i), x.rank());
        auto const s = python_slice(begins[i], ends.at(i), by.at(i), static_cast<int64_t>(x.shape[a]));
        shape[a] = s.count;
        strides[a] = s.step * all[a];
        if (s.count != 0) offset += s.begin * all[a];
    }
    return {at_strides(x, shape, strides, offset)};
}

/// The extents of the parts of a Split.
std::vector<int64_t> part_sizes(call const& c, size_t n) {
    auto const given = list_or(c, 1, "split", {});
    if (!given.empty()) return given;
    int64_t const parts = c.integer("num_outputs", static_cast<int64_t>(c.wanted.size()));
    int64_t const each = (static_cast<int64_t>(n) + parts - 1) / parts;
    std::vector<int64_t> sizes(static_cast<size_t>(parts), each);
    sizes.back() = static_cast<int64_t>(n) - each * (parts - 1);
    return sizes;
}

results split(call const& c) {
    array const& x = c.in(0);
    size_t const axis = axis_from_front(c.integer("axis", 0), x.rank());
    auto const strides = row_major(x.shape);
    results parts;
    ptrdiff_t offset = 0;
    for (auto const n : part_sizes(c, x.shape[axis])) {
        shape_t shape = x.shape;
        shape[axis] = static_cast<size_t>(n);
        parts.push_back(at_strides(x, shape, strides, offset));
        offset += n * strides[axis];
    }
    return parts;
}

/// A run of the result of Pad along an axis, and the elements of the operand that it shows.
struct run_of_pad {
    int64_t to, from, step;
    size_t count;
};

/// From where an index outside of [0, n) is taken.
int64_t source_of(int64_t i, int64_t n, std::string const& mode) {
    if (mode == "edge") return std::clamp<int64_t>(i, 0, n - 1);
    if (mode == "wrap") return (i % n + n) % n;
    if (n == 1) return 0;
    int64_t const period = 2 * (n - 1), j = (i % period + period) % period;
    return j < n ? j : period - j;
}

/// The runs of an axis: as few as there are places where the direction changes.
std::vector<run_of_pad> runs_of(int64_t n, int64_t before, int64_t after, std::string const& mode) {
    std::vector<run_of_pad> runs;
    int64_t const end = n + after;
    for (int64_t i = -before; i < end; ++i) {
        bool const inside = i >= 0 && i < n;
        if (!inside && (mode == "constant" || n == 0)) continue;
        int64_t const from = inside ? i : source_of(i, n, mode), to = i + before;
        if (!runs.empty()) {
            auto& last = runs.back();
            int64_t const step = from - (last.from + last.step * static_cast<int64_t>(last.count - 1));
            bool const follows = last.to + static_cast<int64_t>(last.count) == to;
            if (follows && (last.count == 1 || step == last.step)) {
                last.step = step;
                ++last.count;
                continue;
            }
        }
        runs.push_back({to, from, 0, 1});
    }
    return runs;
}

/// Every combination of runs of the axes is a view of the operand and one of the result.
void copy_runs(array& out, array const& x, std::vector<std::vector<run_of_pad>> const& runs) {
    auto const to = row_major(out.shape), from = row_major(x.shape);
    std::vector<size_t> which(x.rank(), 0);
    for (auto const& r : runs)
        if (r.empty()) return;
    for (bool more = true; more;) {
        shape_t shape;
        strides_t strides;
        ptrdiff_t at = 0, source = 0;
        for (size_t d = 0; d < x.rank(); ++d) {
            auto const& r = runs[d][which[d]];
            shape.push_back(r.count);
            strides.push_back(r.step * from[d]);
            at += r.to * to[d];
            source += r.from * from[d];
        }
        put_at_strides(out, at_strides(x, shape, strides, source), to, at);
        more = false;
        for (size_t d = x.rank(); d-- > 0 && !more;) {
            more = ++which[d] < runs[d].size();
            if (!more) which[d] = 0;
        }
    }
}

results pad(call const& c) {
    array const& x = c.in(0);
    auto const pads = list_or(c, 1, "pads", {});
    std::string const mode = c.has("mode") ? c.string("mode") : "constant";
    std::vector<int64_t> before(x.rank(), 0), after(x.rank(), 0), axes;
    for (size_t i = 0; i < x.rank(); ++i) axes.push_back(static_cast<int64_t>(i));
    if (c.given(3)) axes = list_of(c.in(3));
    for (size_t i = 0; i < axes.size(); ++i) {
        size_t const a = axis_from_front(axes[i], x.rank());
        before[a] = pads.at(i), after[a] = pads.at(axes.size() + i);
    }
    shape_t shape;
    std::vector<std::vector<run_of_pad>> runs;
    for (size_t d = 0; d < x.rank(); ++d) {
        int64_t const n = static_cast<int64_t>(x.shape[d]);
        shape.push_back(static_cast<size_t>(std::max<int64_t>(n + before[d] + after[d], 0)));
        runs.push_back(runs_of(n, before[d], after[d], mode));
    }
    array out = mode == "constant" && c.given(2) ? expanded(reshaped(c.in(2), {}), shape) : array(x.type, shape);
    copy_runs(out, x, runs);
    return {out};
}

results trilu(call const& c) {
    array const& x = c.in(0);
    int64_t const k = c.given(1) ? number_of(c.in(1)) : 0;
    bool const upper = c.integer("upper", 1) != 0;
    array out(x.type, x.shape);
    if (x.rank() < 2) throw bad_case("Trilu: an array of rank " + std::to_string(x.rank()));
    shape_t const batches(x.shape.begin(), x.shape.end() - 2);
    auto strides = row_major(x.shape);
    auto const last = [&](auto const& list) { return std::array{list.end()[-2], list.end()[-1]}; };
    strides_t const front(strides.begin(), strides.end() - 2);
    dispatch(numbers + types<bool>{}, x.type, [&]<class T>(std::type_identity<T>) {
        using sinter::coord;
        operand<T const, 2> const from{x.data<T>(), front, last(x.shape), last(strides)};
        operand<T, 2> const to{out.data<T>(), front, last(x.shape), last(strides)};
        // The upper triangle is column − row ≥ k; the lower is the same of the negatives.
        int64_t const sign = upper ? 1 : -1;
        evaluate<1>(batches, [=](auto a) { return sinter::where(sign * (coord<-1> - coord<-2>) >= sign * k, a, T(0)); }, to, from);
    });
    return {out};
}

}  // namespace

void add_parts(operators& all) {
    all.add("Slice", slice_of);
    all.add("Split", split);
    all.add("Pad", pad);
    all.add("Trilu", trilu);
}

}  // namespace conformance
