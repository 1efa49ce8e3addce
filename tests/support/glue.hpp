// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "oracle.hpp"

#include <sinter/sinter.hpp>

#include <cmath>

/// From an expression to what the oracle reads.
namespace sinter::test {

template <class X>
oracle::shape_t shape_of(X const& x) {
    auto const shape = x.shape();
    return {shape.begin(), shape.end()};
}

template <class X>
std::vector<double> values_of(X const& x) {
    std::vector<double> out;
    out.reserve(x.size());
    for (auto const& v : x) out.push_back(static_cast<double>(v));
    return out;
}

template <class X>
oracle::array array_of(X const& x) {
    return oracle::array(shape_of(x), values_of(x));
}

template <class E>
oracle::program program_of(E const& e);

/// Lists what stands in the slots of a formula, in the order of the leaves.
struct collector {
    std::vector<oracle::operand_value>& out;

    template <class X>
    void visit(borrowed<X> const& e) { out.push_back({array_of(e.get()), {}, {}, {}, 0}); }
    template <class X>
    void visit(owned<X> const& e) { out.push_back({array_of(e.get()), {}, {}, {}, 0}); }

    /// A number may be rounded to the type of the tensor that it meets.
    template <class X>
    void visit(scalar<X> const& e) {
        oracle::array a({}, std::vector<double>(1, static_cast<double>(e.value)));
        double const v = a.data[0];
        if (std::isfinite(v) && double(float(v)) != v) a.error[0] = std::fabs(double(float(v)) - v);
        out.push_back({a, {}, {}, {}, 0});
    }

    template <class F>
    void visit(function<F> const& e) {
        oracle::operand_value o;
        if constexpr (requires { F::template identity<double>(); }) {
            o.identity = F::template identity<double>();
            o.combine = [f = e.call](double a, double b) { return static_cast<double>(f(a, b)); };
        } else {
            o.call = [f = e.call](double const* x) { return call(f, x); };
        }
        out.push_back(o);
    }

    template <std::size_t N>
    void visit(index_list<N> const& e) {
        oracle::operand_value o;
        for (std::size_t v : e.entry) o.list.push_back(static_cast<std::ptrdiff_t>(v));
        out.push_back(o);
    }

    template <int I, class X>
    void visit(argument<I, X> const&) {}

    /// A stored intermediate is an operand.
    template <class X>
    void visit(expr<ir::materialize_t, X> const& e) {
        out.push_back({oracle::evaluate(program_of(e.a)), {}, {}, {}, 0});
    }
    template <class Tag, class... C>
    void visit(expr<Tag, C...> const& e) {
        with_children(e, [this](auto const&... child) { (this->visit(child), ...); });
    }
    template <class Body, class... Args>
    void visit(sinter::call<Body, Args...> const& e) {
        [&]<std::size_t... I>(std::index_sequence<I...>) {
            (visit(boost::hana::at_c<I>(e.args)), ...);
        }(std::index_sequence_for<Args...>{});
        visit(e.body);
    }

private:
    template <class F>
    static double call(F const& f, double const* x) {
        if constexpr (requires { f(x[0]); }) return static_cast<double>(f(x[0]));
        else if constexpr (requires { f(x[0], x[1]); }) return static_cast<double>(f(x[0], x[1]));
        else if constexpr (requires { f(x[0], x[1], x[2]); }) return static_cast<double>(f(x[0], x[1], x[2]));
        else return static_cast<double>(f(x[0], x[1], x[2], x[3]));
    }
};

template <class E>
oracle::program program_of(E const& e) {
    oracle::program p;
    auto const& f = ir::formula_of<E const&>;
    p.terms.assign(f.terms, f.terms + f.size);
    p.extents.assign(f.extents, f.extents + f.extents_size);
    collector{p.operands}.visit(sinter::capture(e));
    return p;
}

}  // namespace sinter::test
