// SPDX-License-Identifier: BSL-1.0
// Sweeps that prepare a block of what they read for several tiles of lanes at once: sizes around strips, tiles and blocks.
#include "support/plan_of.hpp"
#include "support/types.hpp"

namespace sinter::test {
namespace {

constexpr std::array<size, 8> rows_around{1, 16, 65, 255, 256, 257, 300, 530};
constexpr std::array<size, 5> keys_around{1, 95, 96, 97, 200};

template <class E>
inline constexpr bool has_strips = [] {
    auto const& p = plan_of<E>;
    for (int l = 0; l < p.loops; ++l)
        if (p.loop[l].how == ir::loop::style::strip) return true;
    return false;
}();

BOOST_AUTO_TEST_CASE_TEMPLATE(two_layers, T, real_types) {
    generator g(seed());
    for (size const n : rows_around)
        for (size const m : keys_around) {
            auto const x = make<matrix<T>>(g, -1, 1, n, 5), u = make<matrix<T>>(g, -1, 1, 5, m), v = make<matrix<T>>(g, -1, 1, m, 7);
            auto const b = make<vector<T>>(g, -1, 1, m), c = make<vector<T>>(g, -1, 1, 7);
            auto const e = relu(x * u + b) * v + c;
            static_assert(has_strips<std::remove_cvref_t<decltype(e)>>);
            verify("relu(X*U + b)*V + c", e, matrix<T>(n, 7), near<T>(m + 5));
            verify_workspace("workspace", e, matrix<T>(n, 7));
        }
}

BOOST_AUTO_TEST_CASE(streams_that_are_corrected) {
    generator g(seed());
    for (size const n : {1, 64, 257, 530})
        for (size const m : keys_around) {
            auto const q = make<matrix<float>>(g, -1, 1, n, 5), k = make<matrix<float>>(g, -1, 1, m, 5), p = make<matrix<float>>(g, -1, 1, m, 5);
            auto const v = make<matrix<float>>(g, -1, 1, m, 7);
            auto const keys = eval(cast<half>(k));
            auto const e = softmax(q * transpose(k + p)) * v;
            static_assert(has_strips<std::remove_cvref_t<decltype(e)>> && decltype(plan(e))::passes == 1);
            verify("keys and positions", e, matrix<float>(n, 7), near<float>(m + 5));
            verify("halves", softmax(q * transpose(keys)) * v, matrix<float>(n, 7), near<float>(m + 5));
            verify("entropy beside", logsumexp(q * transpose(k + p), axis<1>) - sum(softmax(q * transpose(k + p)) % (q * transpose(k + p)), axis<1>),
                   vector<float>(n), near<float>(4 * (m + 5)));
            verify("sums of rows", sum(relu(q * transpose(k + p)) * v, axis<1>), vector<float>(n), near<float>(7 * m + 5));
        }
}

BOOST_AUTO_TEST_CASE(batches_and_known_extents) {
    generator g(seed());
    auto const x = make<tensor<float, 2, 300, 5>>(g, -1, 1);
    auto const y = make<tensor<float, 2, 3, 5>>(g, -1, 1);
    auto const u = make<tensor<float, 2, 5, 100>>(g, -1, 1);
    auto const v = make<tensor<float, 2, 100, 3>>(g, -1, 1);
    verify("batches", tanh(x * u) * v, tensor<float, 2, 300, 3>(), near<float>(105));
    verify("few rows", tanh(y * u) * v, tensor<float, 2, 3, 3>(), near<float>(105));
    auto const rows_at_run_time = make<matrix<float, dyn, 5>>(g, -1, 1, 270);
    auto const w = make<matrix<float, 5, 100>>(g, -1, 1);
    auto const z = make<matrix<float, 100, 3>>(g, -1, 1);
    verify("rows known at run time", tanh(rows_at_run_time * w) * z, matrix<float>(270, 3), near<float>(105));
    verify_workspace("workspace", tanh(rows_at_run_time * w) * z, matrix<float>(270, 3));
}

BOOST_AUTO_TEST_CASE(nothing_to_sum_or_to_store) {
    matrix<float> x(3, 2), u(2, 0), v(0, 4), o(3, 4), none(0, 2), w(2, 5), z(5, 4);
    vector<float> b(4);
    b.fill(2);
    o.fill(9);
    o = relu(x * u) * v + b;
    for (float const value : o) BOOST_CHECK_EQUAL(value, 2);
    verify("no rows", relu(none * w) * z + b, matrix<float>(0, 4), near<float>(5));
    x = matrix<float>(3, 0);
    verify("no columns", relu(x * matrix<float>(0, 5) + 1) * z, matrix<float>(3, 4), near<float>(5));
}

/// What tiles keep is kept for a strip; a plain chain keeps it for one tile.
BOOST_AUTO_TEST_CASE(only_where_something_is_prepared) {
    matrix<float> q(4, 3), k(5, 3), v(5, 2), u(3, 5);
    static_assert(!has_strips<decltype(softmax(q * transpose(k)) * v)>);
    static_assert(has_strips<decltype(softmax(q * u) * v)>);
    static_assert(!has_strips<decltype(q * u)>);
    static_assert(!has_strips<decltype(softmax(causal(q * u)) * v)>);     // blocks that a mask leaves out would be prepared
    BOOST_TEST(explain(softmax(q * u) * v).find("for strips of") != std::string::npos);
}

}  // namespace
}  // namespace sinter::test
