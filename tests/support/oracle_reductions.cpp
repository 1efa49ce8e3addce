// SPDX-License-Identifier: BSL-1.0
#include "oracle_steps.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace sinter::oracle {

namespace {

using ir::reduction;

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double nan = std::numeric_limits<double>::quiet_NaN();

/// A row and the errors of its elements.
struct row_t {
    double const* x;
    double const* e;
    std::size_t n;
};

struct result {
    double value, error;
};

/// How the rounding of a sum of n terms grows: between the bound of a tree and that of a chain.
double growth(std::size_t n) { return 4 + std::log2(double(n) + 1) + std::sqrt(double(n)); }

bool has_nan(row_t r) { return std::any_of(r.x, r.x + r.n, [](double v) { return std::isnan(v); }); }

result sum(row_t r, double eps) {
    double total = 0, magnitude = 0, error = 0;
    for (std::size_t i = 0; i < r.n; ++i) {
        total += r.x[i];
        if (std::isfinite(r.x[i])) magnitude += std::fabs(r.x[i]);
        error += r.e[i];
    }
    if (eps > 1e-10 && magnitude > 1e37) error = infinity;
    return {total, error + growth(r.n) * eps * magnitude};
}

result mean(row_t r, double eps) {
    result const s = sum(r, eps);
    double const n = double(r.n);
    return {s.value / n, r.n == 0 ? 0 : s.error / n + eps * std::fabs(s.value / n)};
}

result product(row_t r, double eps) {
    double value = 1, relative = 0, slack = 0;
    for (std::size_t i = 0; i < r.n; ++i) {
        value *= r.x[i];
        if (r.e[i] == 0) continue;
        if (r.x[i] == 0) slack = infinity;
        else relative += std::log1p(r.e[i] / std::fabs(r.x[i]));
    }
    double const spread = std::expm1(relative + double(r.n) * eps);
    return {value, std::isfinite(value) ? std::fabs(value) * spread + slack + (r.n && eps > 0 ? 1e-36 : 0) : slack};
}

/// The larger of the values, or the smaller with direction −1.
result extreme(row_t r, double direction) {
    if (has_nan(r)) return {nan, 0};
    double best = -infinity, error = 0;
    for (std::size_t i = 0; i < r.n; ++i) best = std::max(best, direction * r.x[i]);
    for (std::size_t i = 0; i < r.n; ++i)
        if (direction * r.x[i] == best) error = std::max(error, r.e[i]);
    for (std::size_t i = 0; i < r.n; ++i)
        if (direction * r.x[i] + r.e[i] > best + error) error = direction * r.x[i] + r.e[i] - best;
    return {direction * best, error};
}

/// The first position of the extreme; no promise where another one is within the errors.
result position(row_t r, double direction) {
    std::size_t best = 0;
    for (std::size_t i = 1; i < r.n; ++i)
        if (direction * r.x[i] > direction * r.x[best]) best = i;
    double error = 0;
    for (std::size_t i = 0; i < r.n; ++i) {
        bool const doubt = r.e[i] > 0 || r.e[best] > 0;
        if (i != best && doubt && direction * (r.x[best] - r.x[i]) <= 8 * (r.e[i] + r.e[best])) error = infinity;
    }
    return {double(best), error};
}

result variance(row_t r, double eps) {
    if (r.n == 0) return {nan, 0};
    double const n = double(r.n), mu = mean(r, 0).value;
    double squares = 0, error = 0, shifted = 0;
    for (std::size_t i = 0; i < r.n; ++i) {
        double const d = r.x[i] - mu;
        squares += d * d;
        error += 2 * std::fabs(d) * r.e[i] + r.e[i] * r.e[i];
        shifted += (r.x[i] - r.x[0]) * (r.x[i] - r.x[0]);  // the shift by the first element
    }
    double const mean_rounding = eps * std::fabs(mu);
    return {squares / n, error / n + growth(r.n) * eps * shifted / n + 4 * mean_rounding * mean_rounding};
}

result norm(row_t r, double eps) {
    double squares = 0, error = 0;
    for (std::size_t i = 0; i < r.n; ++i) {
        squares += r.x[i] * r.x[i];
        error += r.e[i] * r.e[i];  // the norm is a contraction
    }
    return {std::sqrt(squares), std::sqrt(error) + growth(r.n) * eps * std::sqrt(squares)};
}

/// The maximum of a row that a softmax may subtract, and Σ e^{x−m}.
struct weights_t {
    double reference = -infinity, total = 0, error = 0;  ///< error: relative, of the total
};

double stepped(double x, double m) { return x == -infinity ? 0 : std::exp(x - m); }

/// The rounding of a score on its way into the exponential.
double score_error(row_t r, std::size_t i, double m, double eps) {
    return std::isfinite(r.x[i]) ? r.e[i] + eps * (4 + 3 * std::fabs(r.x[i]) + 2 * std::fabs(r.x[i] - m)) : 0;
}

weights_t weights(row_t r, double eps) {
    weights_t w;
    w.reference = extreme(r, 1).value;
    if (r.n == 0 || w.reference == -infinity) return w;
    for (std::size_t i = 0; i < r.n; ++i) w.total += stepped(r.x[i], w.reference);
    for (std::size_t i = 0; i < r.n; ++i) {
        double const p = stepped(r.x[i], w.reference);
        if (p > 0) w.error += p * std::expm1(score_error(r, i, w.reference, eps)) / w.total;
    }
    w.error += growth(r.n) * eps;
    return w;
}

result logsumexp(row_t r, double eps) {
    weights_t const w = weights(r, eps);
    if (!std::isfinite(w.reference)) return {w.reference, 0};
    double const value = w.reference + std::log(w.total);
    return {value, w.error + eps * (4 + 2 * std::fabs(value) + std::fabs(w.reference))};
}

result truth(row_t r, bool all) {
    bool value = all;
    double error = 0;
    for (std::size_t i = 0; i < r.n; ++i) {
        value = all ? value && r.x[i] != 0 : value || r.x[i] != 0;
        if (r.e[i] >= std::fabs(r.x[i]) && r.e[i] > 0) error = 1;
    }
    return {double(value), error};
}

result reduce_row(reduction what, row_t r, double eps) {
    switch (what) {
        case reduction::sum: return sum(r, eps);
        case reduction::mean: return mean(r, eps);
        case reduction::prod: return product(r, eps);
        case reduction::amax: return extreme(r, 1);
        case reduction::amin: return extreme(r, -1);
        case reduction::argmax: return position(r, 1);
        case reduction::argmin: return position(r, -1);
        case reduction::variance: return variance(r, eps);
        case reduction::norm: return norm(r, eps);
        case reduction::logsumexp: return logsumexp(r, eps);
        case reduction::any: return truth(r, false);
        case reduction::all: return truth(r, true);
        default: throw std::logic_error("the oracle does not know this reduction");
    }
}

template <class F>
array over_rows(array const& x, unsigned mask, bool keep, F f) {
    array const rows = rows_of(x, mask);
    array out(reduced_shape(x.shape, mask, keep));
    std::size_t const n = rows.shape.back();
    for (std::size_t i = 0; i < out.size(); ++i) {
        result const r = f(row_t{rows.data.data() + i * n, rows.error.data() + i * n, n});
        out.data[i] = r.value;
        out.error[i] = std::isnan(r.error) ? infinity : r.error;
    }
    return out;
}

}  // namespace

shape_t reduced_shape(shape_t const& shape, unsigned mask, bool keep) {
    shape_t out;
    for (std::size_t i = 0; i < shape.size(); ++i) {
        if (!(mask >> i & 1)) out.push_back(shape[i]);
        else if (keep) out.push_back(1);
    }
    return out;
}

array rows_of(array const& x, unsigned mask) {
    std::vector<int> order;
    std::size_t n = 1;
    for (int wanted = 0; wanted < 2; ++wanted)
        for (std::size_t i = 0; i < x.rank(); ++i)
            if (int(mask >> i & 1) == wanted) order.push_back(int(i));
    for (std::size_t i = 0; i < x.rank(); ++i)
        if (mask >> i & 1) n *= x.shape[i];
    array out = permute(x, order);
    out.shape = reduced_shape(x.shape, mask, false);
    out.shape.push_back(n);
    return out;
}

array reduce(reduction what, array const& x, unsigned mask, bool keep, double eps) {
    return over_rows(x, mask, keep, [&](row_t r) { return reduce_row(what, r, eps); });
}

array reduce(std::function<double(double, double)> const& combine, double identity, array const& x, unsigned mask,
             bool keep, double eps) {
    return over_rows(x, mask, keep, [&](row_t r) {
        double value = identity, error = 0;
        for (std::size_t i = 0; i < r.n; ++i) {
            value = combine(value, r.x[i]);
            error += r.e[i] + 4 * eps * (std::fabs(value) + std::fabs(r.x[i]));
        }
        return result{value, error};
    });
}

array softmax(array const& x, unsigned mask, bool logarithm, double eps) {
    array out = x;
    shape_t const kept = reduced_shape(x.shape, mask, true);
    array const rows = rows_of(x, mask);
    std::size_t const n = rows.shape.back();
    std::vector<weights_t> all;
    std::vector<row_t> row;
    std::size_t const count = array(kept).size();
    for (std::size_t i = 0; i < count; ++i) {
        row.push_back({rows.data.data() + i * n, rows.error.data() + i * n, n});
        all.push_back(weights(row.back(), eps));
    }
    std::size_t flat = 0;
    for_each_index(x.shape, [&](auto const& index) {
        weights_t const& w = all[broadcast_position(kept, index)];
        double const m = w.reference, v = x.data[flat];
        row_t const self{&x.data[flat], &x.error[flat], 1};
        double const own = score_error(self, 0, m, eps);
        if (m == -infinity) {  // all masked
            out.data[flat] = logarithm ? -infinity : 0;
            out.error[flat] = 0;
        } else if (logarithm) {
            out.data[flat] = std::isfinite(m) ? v - m - std::log(w.total) : nan;
            out.error[flat] = std::isfinite(out.data[flat]) ? own + w.error + eps * (4 + 2 * std::fabs(m)) : 0;
        } else {
            out.data[flat] = std::isfinite(m) ? stepped(v, m) / w.total : nan;
            out.error[flat] = out.data[flat] * std::expm1(own + w.error + 4 * eps) + (eps > 1e-10 ? 1e-36 : 1e-300);
            if (!std::isfinite(out.data[flat])) out.error[flat] = 0;
        }
        if (std::isnan(out.error[flat])) out.error[flat] = infinity;
        ++flat;
    });
    return out;
}

}  // namespace sinter::oracle
