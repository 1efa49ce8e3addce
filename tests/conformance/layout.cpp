// SPDX-License-Identifier: BSL-1.0
#include "layout.hpp"

#include <algorithm>
#include <numeric>

namespace conformance {

shape_t broadcast(std::vector<shape_t> const& shapes) {
    shape_t result;
    for (auto const& s : shapes)
        if (s.size() > result.size()) result.insert(result.begin(), s.size() - result.size(), 1);
    for (auto const& s : shapes)
        for (std::size_t i = 1; i <= s.size(); ++i) {
            auto& extent = result[result.size() - i];
            auto const other = s[s.size() - i];
            if (extent == 1) extent = other;
            else if (other != 1 && other != extent) throw bad_case("shapes " + text(result) + " and " + text(s) + " do not broadcast");
        }
    return result;
}

strides_t stretched(shape_t const& shape, strides_t const& strides, shape_t const& to) {
    if (shape.size() > to.size()) throw bad_case("shape " + text(shape) + " does not broadcast to " + text(to));
    strides_t result(to.size(), 0);
    std::size_t const more = to.size() - shape.size();
    for (std::size_t i = 0; i < shape.size(); ++i) {
        if (shape[i] != 1 && shape[i] != to[more + i])
            throw bad_case("shape " + text(shape) + " does not broadcast to " + text(to));
        result[more + i] = shape[i] == 1 ? 0 : strides[i];
    }
    return result;
}

std::size_t axis_from_front(std::int64_t axis, std::size_t rank) {
    std::int64_t const n = static_cast<std::int64_t>(rank), front = axis < 0 ? axis + n : axis;
    if (front < 0 || front >= n) throw bad_case("there is no axis " + std::to_string(axis) + " in rank " + std::to_string(rank));
    return static_cast<std::size_t>(front);
}

std::vector<std::size_t> axes_from_front(std::vector<std::int64_t> const& axes, std::size_t rank) {
    std::vector<std::size_t> result;
    for (auto const a : axes) result.push_back(axis_from_front(a, rank));
    std::sort(result.begin(), result.end());
    result.erase(std::unique(result.begin(), result.end()), result.end());
    return result;
}

std::vector<std::size_t> others(std::vector<std::size_t> const& places, std::size_t rank) {
    std::vector<std::size_t> result;
    for (std::size_t i = 0; i < rank; ++i)
        if (!std::binary_search(places.begin(), places.end(), i)) result.push_back(i);
    return result;
}

namespace {
/// Whether axis i and the last axis of `c` can be one axis.
bool continues(collapsed const& c, shape_t const& shape, std::vector<strides_t> const& strides, std::size_t i) {
    if (c.shape.empty()) return false;
    for (std::size_t k = 0; k < strides.size(); ++k)
        if (c.strides[k].back() != strides[k][i] * static_cast<std::ptrdiff_t>(shape[i])) return false;
    return true;
}
}  // namespace

collapsed collapse(shape_t const& shape, std::vector<strides_t> const& strides, std::size_t rank) {
    collapsed c{{}, std::vector<strides_t>(strides.size())};
    for (std::size_t i = 0; i < shape.size(); ++i) {
        if (shape[i] == 1) continue;
        bool const joins = continues(c, shape, strides, i);
        if (joins) c.shape.back() *= shape[i];
        else c.shape.push_back(shape[i]);
        for (std::size_t k = 0; k < strides.size(); ++k) {
            if (joins) c.strides[k].back() = strides[k][i];
            else c.strides[k].push_back(strides[k][i]);
        }
    }
    if (c.shape.size() < rank) {
        std::size_t const more = rank - c.shape.size();
        c.shape.insert(c.shape.begin(), more, 1);
        for (auto& s : c.strides) s.insert(s.begin(), more, 0);
    }
    return c;
}

odometer::odometer(shape_t shape, std::vector<strides_t> strides)
    : offset(strides.size(), 0), shape_(std::move(shape)), index_(shape_.size(), 0), strides_(std::move(strides)) {}

bool odometer::next() {
    for (std::size_t d = shape_.size(); d-- > 0;) {
        bool const wraps = ++index_[d] >= shape_[d];
        auto const steps = wraps ? -static_cast<std::ptrdiff_t>(index_[d] - 1) : 1;
        if (wraps) index_[d] = 0;
        for (std::size_t k = 0; k < offset.size(); ++k) offset[k] += steps * strides_[k][d];
        if (!wraps) return true;
    }
    return false;
}

std::size_t extent_of(shape_t const& shape, std::size_t first, std::size_t last) {
    return std::accumulate(shape.begin() + static_cast<std::ptrdiff_t>(first), shape.begin() + static_cast<std::ptrdiff_t>(last),
                           std::size_t(1), std::multiplies<>());
}

}  // namespace conformance
