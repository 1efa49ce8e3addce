// SPDX-License-Identifier: BSL-1.0
// plan(e): the static facts, and that the workspace is what an evaluation reserves.
#include <sinter/sinter.hpp>

#include <boost/test/unit_test.hpp>

#include <cmath>
#include <sstream>
#include <string>
#include <thread>

namespace {

using sinter::matrix;
using sinter::plan;
using sinter::transpose;

/// What a fresh thread reserves to evaluate e.
template <class E>
std::size_t reserved(E const& e) {
    std::size_t bytes = 0;
    std::thread([&] {
        [[maybe_unused]] sinter::tensor const o = e;
        bytes = sinter::lower::workspace::of_this_thread().bytes();
    }).join();
    return bytes;
}

template <class E>
void check_workspace(E const& e) {
    auto const p = plan(e);
    if (p.workspace_is_static) {
        BOOST_TEST(reserved(e) == 0u);      // on the stack
    } else {
        BOOST_TEST(reserved(e) == p.workspace_bytes);
    }
}

auto sentence(matrix<float> const& q, matrix<float> const& k, matrix<float> const& v) {
    return softmax(q * transpose(k) / std::sqrt(float(q.extent(1)))) * v;
}
using sentence_plan = decltype(plan(sentence(matrix<float>{}, matrix<float>{}, matrix<float>{})));
static_assert(sentence_plan::temporaries == 0 && sentence_plan::passes == 1 && sentence_plan::fused);
static_assert(!sentence_plan::workspace_is_static);

// With extents known at compile time the whole plan is a constant.
constexpr matrix<float, 3, 4> a{};
constexpr matrix<float, 4, 5> b{};
constexpr auto fixed = plan(a * b);
static_assert(fixed.passes == 1 && fixed.temporaries == 0 && fixed.workspace_is_static);
static_assert(fixed.flops() == 2 * 3 * 4 * 5 && fixed.bytes() == 4 * (3 * 4 + 4 * 5 + 3 * 5));
static_assert(plan(a + 1.f).workspace_bytes == 0 && plan(a + 1.f).flops() == 12);
static_assert(plan(a).flops() == 0 && plan(a).bytes() == 2 * 4 * 12);           // a copy

BOOST_AUTO_TEST_CASE(the_sentence) {
    std::size_t const n = 100, m = 200, d = 64;
    matrix<float> q(n, d), k(m, d), v(m, d);
    auto const p = plan(sentence(q, k, v));
    BOOST_TEST(p.flops() >= 4 * n * m * d);
    BOOST_TEST(p.flops() <= 4 * n * m * d + 10 * n * m + 10 * n * d);
    BOOST_TEST(p.bytes() == 4 * (n * d + m * d + m * d + n * d));
    check_workspace(sentence(q, k, v));
}

BOOST_AUTO_TEST_CASE(no_part_of_the_workspace_grows_with_keys_or_queries) {
    matrix<float> q(10, 64), k(20, 64), v(20, 48), many_q(1000, 64), many_k(5000, 64), many_v(5000, 48);
    auto const small = plan(sentence(q, k, v)).workspace_bytes;
    BOOST_TEST(plan(sentence(many_q, many_k, many_v)).workspace_bytes == small);
    matrix<float> wide_q(10, 640), wide_k(20, 640);
    BOOST_TEST(plan(sentence(wide_q, wide_k, v)).workspace_bytes > small);
}

BOOST_AUTO_TEST_CASE(workspace_is_what_is_reserved) {
    matrix<float> x(70, 33), y(33, 41);
    matrix<double> z(50, 50);
    sinter::vector<float> u(33);
    check_workspace(sentence(x, x, x));
    check_workspace(x * y);
    check_workspace(z * transpose(z));
    check_workspace(softmax(x));
    check_workspace(tanh(softmax(x * y)) * transpose(y));
    check_workspace(x * y * transpose(y) * u);
    check_workspace(sinter::materialize(x * y) * transpose(y));
    check_workspace(softmax(sinter::materialize(x * y) * transpose(y)) * sinter::materialize(y));
    check_workspace(sum(exp(x)));
}

BOOST_AUTO_TEST_CASE(what_is_materialized_is_counted) {
    matrix<float> x(10, 20), y(20, 30), z(30, 40);
    auto const p = plan(materialize(x * y) * z);
    static_assert(decltype(p)::temporaries == 1 && decltype(p)::passes == 2);
    BOOST_TEST(p.flops() == 2u * 10 * 20 * 30 + 2u * 10 * 30 * 40);
    BOOST_TEST(p.bytes() == 4u * (10 * 20 + 20 * 30 + 10 * 30 + 10 * 30 + 30 * 40 + 10 * 40));
    auto const twice = sinter::fn([](auto s, auto t) { return materialize(s * t) * transpose(t) + s; });
    auto const q = plan(twice(x, y));
    static_assert(decltype(q)::temporaries == 1 && decltype(q)::passes == 2);
    BOOST_TEST(q.flops() == 2u * 2 * 10 * 20 * 30 + 10 * 20);
    check_workspace(twice(x, y));
}

BOOST_AUTO_TEST_CASE(operands_that_are_read_in_part) {
    matrix<float> x(10, 20);
    BOOST_TEST(plan(row(x, 3) + 1.f).bytes() == 4u * (20 + 20));
    BOOST_TEST(plan(softmax(x)).bytes() == 4u * 2 * 200);            // its elements are read more than once
    BOOST_TEST(plan(x + row(x, 3)).bytes() == 4u * (200 + 20 + 200));
}

BOOST_AUTO_TEST_CASE(a_line) {
    matrix<float> x(3, 5);
    std::ostringstream out;
    out << plan(2.f * x);
    BOOST_TEST(out.str() == "passes 1, temporaries 0, workspace 0 bytes (static), flops 15, bytes 120");
}

BOOST_AUTO_TEST_CASE(operands_must_fit) {
    matrix<float> x(3, 5);
    BOOST_CHECK_THROW((void)plan(x * x), sinter::shape_error);
}

BOOST_AUTO_TEST_CASE(require_fused_returns_its_argument) {
    matrix<float> x(3, 5);
    auto const e = x + 1.f;
    sinter::matrix<float> const o = require_fused(e), from_rvalue = require_fused(x + 1.f);
    BOOST_TEST((o(2, 4) == 1 && from_rvalue(0, 0) == 1));
    static_assert(std::is_same_v<decltype(require_fused(e)), decltype(e)&>);
    static_assert(std::is_same_v<decltype(require_fused(x + 1.f)), decltype(x + 1.f)>);
}

BOOST_AUTO_TEST_CASE(results_of_other_tensors) {
    matrix<float> p(9, 50), k(50, 4), q(9, 4), a(8, 8), b(8, 8), c(8, 8), d(8, 8);
    auto const e = together(p * k, transpose(p) * q);       // which cannot share: they have other shapes
    auto const apart = plan(e);
    BOOST_TEST(!apart.shared);
    BOOST_TEST(apart.flops() == 2u * 2 * 9 * 50 * 4);
    BOOST_TEST(explain(e).find("Result 2, on its own") != std::string::npos);
    BOOST_TEST(to_dot(e).size() > 100u);
    auto const same = plan(together(a * b, a * b + 1)), other = plan(together(a * b, c * d + 1));
    static_assert(decltype(same)::passes == 1);
    BOOST_TEST((same.shared && !other.shared));
    BOOST_TEST(same.flops() == 2u * 512 + 64);
    BOOST_TEST(other.flops() == 2u * 2 * 512 + 64);
    std::ostringstream shared, alone;
    shared << same;
    alone << other;
    BOOST_TEST((shared.str().starts_with("passes 1,") && alone.str().starts_with("passes 2,")));
}

BOOST_AUTO_TEST_CASE(running_sums_are_counted_as_they_run) {
    sinter::vector<float> const v(1000000);
    BOOST_TEST(plan(sinter::cumsum<0>(v)).flops() == 3u * 1000000);
    matrix<float> x(30, 20);
    BOOST_TEST(plan(sinter::topk<2>(x)).passes == plan(together(sinter::topk<2>(x))).passes);
    auto const pair = require_fused(sinter::topk<2>(x));
    BOOST_TEST(explain(pair) == explain(together(pair)));
}

}  // namespace
