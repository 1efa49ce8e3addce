// SPDX-License-Identifier: BSL-1.0
#include "oracle_steps.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace sinter::oracle {

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

/// One entry: Σ_k a_k b_k over strided ranges, or the same over the user's semiring.
struct dot_t {
    array const& a;
    array const& b;
    double eps;
    semiring const& ring;

    void operator()(std::size_t p, std::size_t q, std::size_t q_step, std::size_t n, double& value, double& error) const {
        if (ring.plus) return general(p, q, q_step, n, value, error);
        double total = 0, magnitude = 0, slack = 0;
        for (std::size_t k = 0; k < n; ++k, ++p, q += q_step) {
            double const x = a.data[p], y = b.data[q], ex = a.error[p], ey = b.error[q];
            double const t = x * y;
            total += t;
            if (std::isfinite(t)) magnitude += std::fabs(t);
            if (ex > 0 || ey > 0) slack += std::fabs(x) * ey + ex * (std::fabs(y) + ey);
        }
        double const spread = 4 + std::log2(double(n) + 1) + std::sqrt(double(n));
        if (eps > 1e-10 && magnitude > 1e37) slack = infinity;
        value = total;
        error = slack + spread * eps * magnitude + (eps > 1e-10 && n > 0 ? 1e-36 : 0);
        if (std::isnan(error)) error = infinity;
    }

    void general(std::size_t p, std::size_t q, std::size_t q_step, std::size_t n, double& value, double& error) const {
        value = ring.zero;
        error = 0;
        for (std::size_t k = 0; k < n; ++k, ++p, q += q_step) {
            double const t = ring.times(a.data[p], b.data[q]);
            value = ring.plus(value, t);
            if (!std::isfinite(t)) continue;
            double const at_corner = ring.times(a.data[p] + a.error[p], b.data[q] + b.error[q]);
            error = std::max(error, std::fabs(at_corner - t) + 4 * eps * (std::fabs(t) + std::fabs(a.data[p])));
        }
    }
};

}  // namespace

semiring semiring_of(ir::op times, ir::reduction plus) {
    using ir::reduction;
    semiring ring;
    if (times != ir::op::user)
        ring.times = [times](double a, double b) {
            double const x[] = {a, b};
            return apply(times, x);
        };
    auto const adds = [&](ir::op with, double zero) {
        ring.plus = [with](double a, double b) {
            double const x[] = {a, b};
            return apply(with, x);
        };
        ring.zero = zero;
    };
    switch (plus) {
        case reduction::sum: adds(ir::op::add, 0); break;
        case reduction::prod: adds(ir::op::mul, 1); break;
        case reduction::amin: adds(ir::op::min, infinity); break;
        case reduction::amax: adds(ir::op::max, -infinity); break;
        case reduction::any: adds(ir::op::logical_or, 0); break;
        case reduction::all: adds(ir::op::logical_and, 1); break;
        case reduction::user: break;
        default: throw std::logic_error("the oracle does not know this semiring");
    }
    return ring;
}

array matmul(array const& a, array const& b, double eps, semiring const& ring) {
    if (a.rank() == 0 || b.rank() == 0) throw std::invalid_argument("oracle: matmul of a scalar");
    bool const a_is_row = a.rank() == 1, b_is_column = b.rank() == 1;
    array x = a, y = b;
    if (a_is_row) x.shape.insert(x.shape.begin(), 1);
    if (b_is_column) y.shape.push_back(1);
    std::size_t const n = x.shape[x.rank() - 2], inner = x.shape.back(), m = y.shape.back();
    if (y.shape[y.rank() - 2] != inner) throw std::invalid_argument("oracle: inner extents of a product differ");
    shape_t const x_batch(x.shape.begin(), x.shape.end() - 2), y_batch(y.shape.begin(), y.shape.end() - 2);
    shape_t shape = broadcast(x_batch, y_batch);
    shape_t const batch = shape;
    shape.insert(shape.end(), {n, m});
    array out(shape);
    dot_t const dot{x, y, eps, ring};
    std::size_t flat = 0;
    for_each_index(batch, [&](auto const& index) {
        std::size_t const p = broadcast_position(x_batch, index) * n * inner;
        std::size_t const q = broadcast_position(y_batch, index) * inner * m;
        for (std::size_t i = 0; i < n; ++i)
            for (std::size_t j = 0; j < m; ++j, ++flat)
                dot(p + i * inner, q + j, m, inner, out.data[flat], out.error[flat]);
    });
    if (b_is_column) out.shape.pop_back();
    if (a_is_row) out.shape.erase(out.shape.end() - (b_is_column ? 1 : 2));
    return out;
}

}  // namespace sinter::oracle
