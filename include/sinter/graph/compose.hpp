// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sinter/capture/formula.hpp>
#include <sinter/graph/algebra.hpp>

/// The named functions, each a few lines of maps and reductions. None is known to any later stage.
namespace sinter::ir {

/// Where an element lies: one index for each axis of a term.
struct place {
    int rank = 0;
    index at[max_rank] = {};
};

template <class Graph>
struct composer : algebra<Graph> {
    dtype computed = dtype::none;       ///< the type in which all of the formula is computed

    using base = algebra<Graph>;
    using base::add, base::constant, base::div, base::extent, base::map, base::mul, base::reduce, base::sub, base::unary;

    // ---- reductions -----------------------------------------------------------------------------------------------

    constexpr int over_all(monoid m, int const* axis, int n, int body, dtype type, int slot = -1) {
        for (int i = n - 1; i >= 0; --i) body = reduce(m, axis[i], body, type, slot);
        return body;
    }

    constexpr int mean(int const* axis, int n, int body, dtype type) {
        int result = over_all(monoid::sum, axis, n, body, type);
        for (int i = 0; i < n; ++i) result = div(result, extent(axis[i], type));
        return result;
    }

    /// A mean μ and what it misses, δ = Σ (x − μ) / n, with q = Σ (x − μ)² / n: far from 0, μ alone is not exact enough to
    /// be subtracted. One pass gives both δ and q, and the variance is q − δ².
    struct moments { int mean, rest, square; };
    constexpr moments moments_of(int const* axis, int n, int body, dtype type) {
        int const mu = mean(axis, n, body, type);
        int const off = sub(body, mu);
        return {mu, mean(axis, n, off, type), mean(axis, n, mul(off, off), type)};
    }
    constexpr int variance_of(moments const& m) {
        dtype const type = this->g.nodes[m.square].type;
        return map(op::max, type, sub(m.square, mul(m.rest, m.rest)), constant(0, type));
    }

    constexpr int variance(int const* axis, int n, int body, dtype type) {
        return variance_of(moments_of(axis, n, body, type));
    }

    /// m + log Σ e^{x−m}, m the maximum; −∞ for a row of −∞.
    constexpr int logsumexp(int const* axis, int n, int body, dtype type) {
        int const m = unary(op::finite_or_zero, over_all(monoid::maximum, axis, n, body, type));
        int const z = over_all(monoid::sum, axis, n, unary(op::exp, sub(body, m)), type);
        return add(unary(op::log, z), m);
    }

    /// The first place of the extreme value; over several axes their row-major number. 0 where there is none.
    constexpr int extreme_place(monoid m, int const* axis, int n, int body, dtype type) {
        if (n == 0) return constant(0, type);
        if (n == 1) return reduce(m, axis[0], body, type);
        int number = coordinate_of(axis[0]), places = extent(axis[0]);
        for (int i = 1; i < n; ++i) {
            number = add(mul(number, extent(axis[i])), coordinate_of(axis[i]));
            places = mul(places, extent(axis[i]));
        }
        monoid const by = m == monoid::argmin ? monoid::minimum : monoid::maximum;
        int const best = over_all(by, axis, n, body, this->g.nodes[body].type);
        int const hit = map(op::logical_or, dtype::boolean, map(op::equal, dtype::boolean, body, best),
                            map(op::not_equal, dtype::boolean, body, body));
        int const other = constant(__builtin_huge_val());
        int const first = over_all(monoid::minimum, axis, n, map(op::select, type, hit, number, other), type);
        return map(op::select, type, map(op::less, dtype::boolean, first, places), first, constant(0, type));
    }

    constexpr int reduction(ir::reduction what, dtype type, int slot, int const* axis, int n, int body) {
        using enum ir::reduction;
        dtype const in = this->g.nodes[body].type;
        switch (what) {
            case sum: return over_all(monoid::sum, axis, n, body, type);
            case mean: return this->mean(axis, n, body, type);
            case prod: return over_all(monoid::product, axis, n, body, type);
            case amax: return over_all(monoid::maximum, axis, n, body, type);
            case amin: return over_all(monoid::minimum, axis, n, body, type);
            case argmax: return extreme_place(monoid::argmax, axis, n, body, type);
            case argmin: return extreme_place(monoid::argmin, axis, n, body, type);
            case variance: return this->variance(axis, n, body, type);
            case norm: return unary(op::sqrt, over_all(monoid::sum, axis, n, mul(body, body), type));
            case logsumexp: return this->logsumexp(axis, n, body, type);
            case any: return truth(true, axis, n, body);
            case all: return truth(false, axis, n, body);
            case user: return over_all(monoid::user, axis, n, body, type == dtype::none ? in : type, slot);
        }
        return -1;
    }

    /// Sums and differences of truths are true where they are not 0.
    constexpr int truth_of(int n) {
        auto const& x = this->g.nodes[n];
        bool const counts = x.is_reduce() || x.is_map(op::add) || x.is_map(op::sub) || x.is_map(op::neg) || x.is_map(op::mul);
        return counts ? this->raw(op::cast, dtype::boolean, -1, n) : n;
    }

    // ---- along one axis: `x` is the element here, `row` the element at `axis` ------------------------------------------

    struct weights { int scaled, sum; };

    /// e^{x−m} and Σ e^{row−m}; m is 0 for a row of −∞, whose weights are then all 0.
    constexpr weights weights_of(int axis, int x, int row, dtype type) {
        int const m = unary(op::finite_or_zero, reduce(monoid::maximum, axis, row, type));
        int const z = reduce(monoid::sum, axis, unary(op::exp, sub(row, m)), type);
        return {sub(x, m), z};
    }

    constexpr int softmax(int axis, int x, int row, dtype type) {
        auto const w = weights_of(axis, x, row, type);
        return mul(unary(op::exp, w.scaled), unary(op::inverse_or_zero, w.sum));
    }

    constexpr int log_softmax(int axis, int x, int row, dtype type) {
        auto const w = weights_of(axis, x, row, type);
        return sub(w.scaled, unary(op::finite_or_zero, unary(op::log, w.sum)));
    }

    constexpr int normalize(int axis, int x, int row, dtype type) {
        int const ss = reduce(monoid::sum, axis, mul(row, row), type);
        return mul(x, unary(op::inverse_or_zero, unary(op::sqrt, ss)));
    }

    /// arg: x, gamma, beta, eps
    constexpr int layer_norm(int axis, int row, int const* arg, dtype type) {
        auto const m = moments_of(&axis, 1, row, type);
        int const scale = unary(op::rsqrt, add(variance_of(m), arg[3]));
        return add(mul(mul(sub(sub(arg[0], m.mean), m.rest), scale), arg[1]), arg[2]);
    }

    /// arg: x, gamma, eps
    constexpr int rms_norm(int axis, int row, int const* arg, dtype type) {
        int const ms = mean(&axis, 1, mul(row, row), type);
        return mul(mul(arg[0], unary(op::rsqrt, add(ms, arg[2]))), arg[1]);
    }

    constexpr int cosine(int axis, int a, int b, dtype type) {
        int const ab = reduce(monoid::sum, axis, mul(a, b), type);
        int const aa = unary(op::sqrt, reduce(monoid::sum, axis, mul(a, a), type));
        int const bb = unary(op::sqrt, reduce(monoid::sum, axis, mul(b, b), type));
        return mul(ab, unary(op::inverse_or_zero, mul(aa, bb)));
    }

    // ---- elementwise ----------------------------------------------------------------------------------------------

    constexpr int function(ir::function which, dtype type, int const* a) {
        using enum ir::function;
        auto const c = [&](double v) { return constant(v, type); };
        auto const positive = [&](int yes, int no) {
            return map(op::select, type, map(op::greater, dtype::boolean, a[0], c(0)), yes, no);
        };
        switch (which) {
            case relu: return map(op::max, type, a[0], c(0));
            case square: return mul(a[0], a[0]);
            case clamp: return map(op::min, type, map(op::max, type, a[0], a[1]), a[2]);
            case sigmoid: return logistic(a[0], type);
            case leaky_relu: return positive(a[0], mul(a[1], a[0]));
            case elu: return positive(a[0], mul(a[1], unary(op::expm1, a[0])));
            case celu: return positive(a[0], mul(a[1], unary(op::expm1, div(a[0], a[1]))));
            case selu: return mul(c(1.0507009873554804934), positive(a[0], mul(c(1.6732632423543772848), unary(op::expm1, a[0]))));
            case gelu: return half_of(unary(op::erf, mul(a[0], c(0.70710678118654752440))), a[0], type);
            case gelu_tanh: {
                int const cube = mul(mul(mul(a[0], a[0]), a[0]), c(0.044715));
                return half_of(unary(op::tanh, mul(add(a[0], cube), c(0.79788456080286535588))), a[0], type);
            }
            case silu: return mul(a[0], logistic(a[0], type));
            case mish: return mul(a[0], unary(op::tanh, softplus_of(a[0], type)));
            case softplus: return softplus_of(a[0], type);
            case softsign: return div(a[0], add(c(1), unary(op::abs, a[0])));
            case hard_sigmoid: return hard(a[0], type);
            case hard_swish: return mul(a[0], hard(a[0], type));
        }
        return -1;
    }

  private:
    constexpr int coordinate_of(int axis) {
        index i;
        i.axis = static_cast<std::int16_t>(axis);
        return this->coordinate(i);
    }

    /// Whether any of the elements is true, or all are: by a product of zeros and ones, which asks for no order of the numbers; by an
    /// extreme value in a formula of integers, since products of 64 bits are slow.
    constexpr int truth(bool any, int const* axis, int n, int body) {
        bool const by_order = is_integer(computed);
        double const where_true = by_order || !any ? 1 : 0;
        monoid const m = !by_order ? monoid::product : any ? monoid::maximum : monoid::minimum;
        int const number = map(op::select, dtype::f32, body, constant(where_true), constant(1 - where_true));
        int found = over_all(m, axis, n, number, dtype::f32);
        if (by_order) found = map(any ? op::max : op::min, dtype::f32, found, constant(any ? 0 : 1));     // of no elements
        return map(any && !by_order ? op::equal : op::not_equal, dtype::boolean, found, constant(0));
    }

    /// 1 / (1 + e⁻ˣ)
    constexpr int logistic(int x, dtype type) {
        return div(constant(1, type), add(constant(1, type), unary(op::exp, unary(op::neg, x))));
    }

    /// max(x, 0) + log1p(e^{−|x|})
    constexpr int softplus_of(int x, dtype type) {
        int const tail = unary(op::log1p, unary(op::exp, unary(op::neg, unary(op::abs, x))));
        return add(map(op::max, type, x, constant(0, type)), tail);
    }

    constexpr int half_of(int f, int x, dtype type) {
        return mul(mul(x, constant(0.5, type)), add(constant(1, type), f));
    }

    constexpr int hard(int x, dtype type) {
        int const line = add(mul(x, constant(1.0 / 6, type)), constant(0.5, type));
        return map(op::min, type, map(op::max, type, line, constant(0, type)), constant(1, type));
    }
};

}  // namespace sinter::ir
