// SPDX-License-Identifier: BSL-1.0
#include "oracle_steps.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace sinter::oracle {

namespace {

/// NaN before numbers, larger before smaller; equal ones keep their order in a stable sort.
bool before(double a, double b) {
    if (std::isnan(a) || std::isnan(b)) return std::isnan(a) && !std::isnan(b);
    return a > b;
}

}  // namespace

array top(array const& x, std::size_t axis, std::size_t count, bool places) {
    shape_t shape = x.shape;
    shape[axis] = count;
    array out(shape);
    std::size_t step = 1;
    for (std::size_t d = axis + 1; d < x.rank(); ++d) step *= x.shape[d];
    std::size_t const n = x.shape[axis];
    for (std::size_t first = 0; first < x.size() / (n == 0 ? 1 : n); ++first) {
        std::size_t const outer = first / step, inner = first % step;
        auto const at = [&](std::size_t i) { return (outer * n + i) * step + inner; };
        std::vector<std::size_t> order(n);
        std::iota(order.begin(), order.end(), std::size_t{0});
        std::stable_sort(order.begin(), order.end(),
                         [&](std::size_t a, std::size_t b) { return before(x.data[at(a)], x.data[at(b)]); });
        for (std::size_t k = 0; k < count; ++k) {
            std::size_t const to = (outer * count + k) * step + inner, from = at(order[k]);
            out.data[to] = places ? double(order[k]) : x.data[from];
            for (std::size_t i = 0; i < n; ++i) {       // no promise about the place of what may as well be another
                bool const doubt = x.error[from] > 0 || x.error[at(i)] > 0;
                double const both = 8 * (x.error[from] + x.error[at(i)]);
                if (!doubt || i == order[k] || !(std::fabs(x.data[from] - x.data[at(i)]) <= both)) continue;
                out.error[to] = places ? std::numeric_limits<double>::infinity() : std::max(out.error[to], both);
            }
            if (!places) out.error[to] = std::max(out.error[to], x.error[from]);
        }
    }
    return out;
}

}  // namespace sinter::oracle
