// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "allocations.hpp"
#include "compare.hpp"
#include "glue.hpp"
#include "random.hpp"

#include <sinter/sinter.hpp>

#include <boost/test/unit_test.hpp>

#include <cstring>
#include <thread>

/// What every formula of the tests goes through.
namespace sinter::test {

/// Puts into every element what must not be there afterwards.
template <class Out>
void poison(Out& out) {
    using value_type = std::remove_cvref_t<decltype(*out.begin())>;
    for (auto& v : out) {
        if constexpr (std::is_floating_point_v<value_type>) v = std::numeric_limits<value_type>::quiet_NaN();
        else v = static_cast<value_type>(77);
    }
}

/// A bound in bytes, known at compile time or a function of the formula.
template <class P, class E>
std::size_t workspace_of(P const& plan, E const& e) {
    if constexpr (requires { std::size_t(plan.workspace_bytes); }) return std::size_t(plan.workspace_bytes);
    else if constexpr (requires { std::size_t(plan.workspace_bytes()); }) return std::size_t(plan.workspace_bytes());
    else return std::size_t(plan.workspace_bytes(e));
}

/// The result agrees with the oracle.
template <class E, class Out>
void check(E const& e, Out const& out, closeness close, char const* what = "") {
    program const p = program_of(e);
    array const reference = oracle::evaluate(p);
    std::string const report = difference(p, reference, shape_of(out), values_of(out), close);
    BOOST_CHECK_MESSAGE(report.empty(), what << ": " << report);
}

/// A function, so that the code exists once.
template <class E, class Out>
[[gnu::noinline]] void evaluate_into(Out& out, E const& e) {
    out = e;
}

/// Evaluates into `out` twice: the oracle's result, no whole intermediate, nothing from the heap the second time, and
/// the same bits.
template <class E, class Out>
void verify(char const* what, E const& e, Out&& out, closeness close) {
    BOOST_CHECK_MESSAGE(sinter::plan(e).temporaries == 0, what << ": has whole intermediates");
    poison(out);
    evaluate_into(out, e);
    check(e, out, close, what);
    std::vector<double> const first = values_of(out);
    poison(out);
    allocation_count const used = allocations_of([&] { evaluate_into(out, e); });
    BOOST_CHECK_MESSAGE(used.calls == 0, what << ": " << used.calls << " allocations of " << used.bytes << " bytes");
    std::vector<double> const second = values_of(out);
    bool const repeated = first.size() == second.size() &&
                      (first.empty() || std::memcmp(first.data(), second.data(), first.size() * sizeof(double)) == 0);
    BOOST_CHECK_MESSAGE(repeated, what << ": two evaluations differ");
}

/// Two evaluated results are as close as rounding lets them be.
template <class A, class B>
void same(char const* what, A const& got, B const& want, closeness close) {
    std::string const report = difference({}, array_of(want), shape_of(got), values_of(got), close);
    BOOST_CHECK_MESSAGE(report.empty(), what << ": " << report);
}

/// A thread that has no workspace yet takes at most what the plan says.
template <class E, class Out>
void verify_workspace(char const* what, E const& e, Out&& out) {
    std::size_t const bound = workspace_of(sinter::plan(e), e);
    allocation_count used;
    std::thread([&] { used = allocations_of([&] { out = e; }); }).join();
    BOOST_CHECK_MESSAGE(used.bytes <= bound, what << ": workspace " << used.bytes << " bytes, bound " << bound);
}

/// An owning tensor with numbers in [low, high).
template <class X, class... Extents>
X make(generator& g, double low, double high, Extents... extents) {
    X x(static_cast<std::size_t>(extents)...);
    fill(x, g, low, high);
    return x;
}

}  // namespace sinter::test
