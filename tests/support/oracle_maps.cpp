// SPDX-License-Identifier: BSL-1.0
#include "oracle_steps.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace sinter::oracle {

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double nan = std::numeric_limits<double>::quiet_NaN();

double sign(double x) { return std::isnan(x) ? x : double(x > 0) - double(x < 0); }
double minimum(double a, double b) { return std::isnan(a) || std::isnan(b) ? nan : std::min(a, b); }
double maximum(double a, double b) { return std::isnan(a) || std::isnan(b) ? nan : std::max(a, b); }

double unary(ir::op what, double x) {
    using ir::op;
    switch (what) {
        case op::neg: return -x;
        case op::abs: return std::fabs(x);
        case op::sign: return sign(x);
        case op::floor: return std::floor(x);
        case op::ceil: return std::ceil(x);
        case op::round: return std::nearbyint(x);
        case op::exp: return std::exp(x);
        case op::exp2: return std::exp2(x);
        case op::expm1: return std::expm1(x);
        case op::log: return std::log(x);
        case op::log2: return std::log2(x);
        case op::log1p: return std::log1p(x);
        case op::sqrt: return std::sqrt(x);
        case op::rsqrt: return 1 / std::sqrt(x);
        case op::sin: return std::sin(x);
        case op::cos: return std::cos(x);
        case op::tan: return std::tan(x);
        case op::asin: return std::asin(x);
        case op::acos: return std::acos(x);
        case op::atan: return std::atan(x);
        case op::sinh: return std::sinh(x);
        case op::cosh: return std::cosh(x);
        case op::tanh: return std::tanh(x);
        case op::erf: return std::erf(x);
        case op::logical_not: return x == 0;
        default: throw std::logic_error("the oracle does not know this operation of one argument");
    }
}

double binary(ir::op what, double a, double b) {
    using ir::op;
    switch (what) {
        case op::add: return a + b;
        case op::sub: return a - b;
        case op::mul: return a * b;
        case op::div: return a / b;
        case op::pow: return std::pow(a, b);
        case op::atan2: return std::atan2(a, b);
        case op::min: return minimum(a, b);
        case op::max: return maximum(a, b);
        case op::less: return a < b;
        case op::less_equal: return a <= b;
        case op::greater: return a > b;
        case op::greater_equal: return a >= b;
        case op::equal: return a == b;
        case op::not_equal: return a != b;
        case op::logical_and: return a != 0 && b != 0;
        case op::logical_or: return a != 0 || b != 0;
        default: throw std::logic_error("the oracle does not know this operation of two arguments");
    }
}

bool same(double a, double b) { return a == b || (std::isnan(a) && std::isnan(b)); }

/// How far f moves when argument i moves by its error, the other arguments where they are.
double response(scalar_function const& f, std::vector<double>& x, std::size_t i, double error, double value) {
    double const at = x[i];
    double far = 0;
    for (double moved : {at - error, at + error}) {
        x[i] = moved;
        double const v = f(x.data());
        if (!same(v, value)) far = std::isfinite(v) && std::isfinite(value) ? std::max(far, std::fabs(v - value)) : infinity;
    }
    x[i] = at;
    return far;
}

/// Where the formula's own type overflows, or all but does, nothing can be promised.
double rounding(double value, double roundings, double eps) {
    if (!std::isfinite(value) || eps == 0) return 0;
    bool const is_float = eps > 1e-10;
    if (std::fabs(value) > (is_float ? 1e37 : 1e300)) return infinity;
    return roundings * eps * std::fabs(value) + (is_float ? 1e-36 : 1e-300);
}

}  // namespace

double apply(ir::op op, double const* x) {
    switch (ir::info(op).arity) {
        case 1: return unary(op, x[0]);
        case 2: return binary(op, x[0], x[1]);
        default: throw std::logic_error("the oracle does not know this operation");
    }
}

shape_t broadcast(shape_t const& a, shape_t const& b) {
    shape_t const& longer = a.size() >= b.size() ? a : b;
    shape_t const& shorter = a.size() >= b.size() ? b : a;
    shape_t out = longer;
    std::size_t const skip = longer.size() - shorter.size();
    for (std::size_t i = 0; i < shorter.size(); ++i) {
        std::size_t const p = longer[skip + i], q = shorter[i];
        if (p != q && p != 1 && q != 1) throw std::invalid_argument("oracle: shapes do not broadcast");
        out[skip + i] = p == 1 ? q : p;
    }
    return out;
}

array map(scalar_function const& f, std::vector<array const*> const& args, double eps, double roundings) {
    shape_t shape;
    for (array const* a : args) shape = broadcast(shape, a->shape);
    array out(shape);
    std::vector<double> x(args.size()), e(args.size());
    std::size_t flat = 0;
    for_each_index(shape, [&](auto const& index) {
        for (std::size_t i = 0; i < args.size(); ++i) {
            std::size_t const at = broadcast_position(args[i]->shape, index);
            x[i] = args[i]->data[at];
            e[i] = args[i]->error[at];
        }
        double const value = f(x.data());
        double error = rounding(value, roundings, eps);
        for (std::size_t i = 0; i < args.size(); ++i)
            if (e[i] > 0) error += response(f, x, i, e[i], value);
        out.data[flat] = value;
        out.error[flat++] = std::isnan(error) ? infinity : error;
    });
    return out;
}

array map(ir::op op, std::vector<array const*> const& args, double eps) {
    if (op == ir::op::select) return select(*args[0], *args[1], *args[2]);
    int const cost = ir::info(op).cost;
    bool const exact = ir::info(op).is_mask || op == ir::op::neg || op == ir::op::abs || op == ir::op::min ||
                       op == ir::op::max || op == ir::op::sign;
    return map([op](double const* x) { return apply(op, x); }, args, exact ? 0 : eps, cost > 10 ? 4 : 1);
}

array select(array const& mask, array const& a, array const& b) {
    array out(broadcast(broadcast(mask.shape, a.shape), b.shape));
    std::size_t flat = 0;
    for_each_index(out.shape, [&](auto const& index) {
        std::size_t const m = broadcast_position(mask.shape, index);
        std::size_t const p = broadcast_position(a.shape, index), q = broadcast_position(b.shape, index);
        bool const taken = mask.data[m] != 0;
        out.data[flat] = taken ? a.data[p] : b.data[q];
        out.error[flat] = taken ? a.error[p] : b.error[q];
        if (mask.error[m] > 0) {  // either branch may be right
            double const gap = std::fabs(a.data[p] - b.data[q]);
            out.error[flat] = std::isnan(gap) ? infinity : gap + a.error[p] + b.error[q];
        }
        ++flat;
    });
    return out;
}

array cast(array const& x, ir::dtype type) {
    if (type == ir::dtype::f64 || type == ir::dtype::none) return x;
    if (type == ir::dtype::boolean) return map([](double const* v) { return double(*v != 0); }, {&x}, 0);
    if (type != ir::dtype::f32) return map([](double const* v) { return std::trunc(*v); }, {&x}, 0);
    array out = x;
    for (std::size_t i = 0; i < x.size(); ++i) out.data[i] = double(float(x.data[i]));
    return out;
}

array permute(array const& x, std::vector<int> const& order) {
    shape_t shape(order.size());
    for (std::size_t i = 0; i < order.size(); ++i) shape[i] = x.shape[std::size_t(order[i])];
    array out(shape);
    std::vector<std::size_t> source(order.size());
    std::size_t flat = 0;
    for_each_index(shape, [&](auto const& index) {
        for (std::size_t i = 0; i < order.size(); ++i) source[std::size_t(order[i])] = index[i];
        std::size_t const at = broadcast_position(x.shape, source);
        out.data[flat] = x.data[at];
        out.error[flat++] = x.error[at];
    });
    return out;
}

array outer(array const& a, array const& b, double eps) {
    array out({a.size(), b.size()});
    for (std::size_t i = 0; i < a.size(); ++i)
        for (std::size_t j = 0; j < b.size(); ++j) {
            double const value = a.data[i] * b.data[j];
            std::size_t const at = i * b.size() + j;
            out.data[at] = value;
            out.error[at] = std::fabs(a.data[i]) * b.error[j] + a.error[i] * (std::fabs(b.data[j]) + b.error[j]) +
                            rounding(value, 1, eps);
        }
    return out;
}

}  // namespace sinter::oracle
