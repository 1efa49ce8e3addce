// SPDX-License-Identifier: BSL-1.0
// Attention over heads in layouts as they come, with lengths and groups: one pass each, and what plain loops say.
#include "support/types.hpp"

#include <sinter/nn.hpp>

namespace sinter::test {
namespace {

template <class T>
using table = matrix<T>;
template <class T>
using batch_of_heads = tensor<T, dyn, dyn, dyn, dyn>;

/// softmax(s)v for one row of scores, −∞ where `sees` says no.
std::vector<double> attended(size m, size e, auto score, auto value, auto sees) {
    std::vector<double> o(e);
    double sum = 0;
    for (size j = 0; j < m; ++j) {
        if (!sees(j)) continue;
        double const p = std::exp(score(j));
        sum += p;
        for (size c = 0; c < e; ++c) o[c] += p * value(j, c);
    }
    for (double& x : o) x = sum > 0 ? x / sum : 0;
    return o;
}

double product(auto const& q, auto const& k, size d) {
    double s = 0;
    for (size i = 0; i < d; ++i) s += double(q(i)) * k(i);
    return s;
}

template <class T>
void agree(char const* what, auto const& row, std::vector<double> const& want, size terms) {
    for (size c = 0; c < want.size(); ++c) {
        double const allowed = near<T>(terms).allowed * (1 + std::abs(want[c]));
        BOOST_CHECK_MESSAGE(std::abs(row(c) - want[c]) <= allowed, what << ": " << row(c) << ", expected " << want[c]);
    }
}

/// Queries, keys and values side by side in the rows of one matrix; values of another width; the result in rows again.
BOOST_AUTO_TEST_CASE_TEMPLATE(heads_in_rows, T, real_types) {
    generator g(seed());
    for (auto const& sizes : {std::array<size, 4>{1, 1, 1, 1}, {5, 3, 4, 2}, {17, 2, 8, 9}, {33, 3, 16, 5}, {65, 1, 7, 16}}) {
        size const n = sizes[0], h = sizes[1], d = sizes[2], e = sizes[3];
        size const width = h * (2 * d + e);
        auto const rows = make<table<T>>(g, -2, 2, n, width);
        auto const part = [&](size from, size columns) {
            return nn::split_heads(view<T const, dyn, dyn>(rows.data() + from, {n, columns}, {width, size(1)}), h);
        };
        auto const q = part(0, h * d), k = part(h * d, h * d), v = part(2 * h * d, h * e);
        auto const f = nn::dot_product_attention(q, k, v, [](auto s) { return causal(s); });
        static_assert(decltype(plan(f))::passes == 1);
        table<T> o(n, h * e);
        verify("heads in rows", f, nn::split_heads(o, h), near<T>(n + d));
        for (size a = 0; a < h; ++a)
            for (size i = 0; i < n; ++i)
                agree<T>("heads in rows", [&](size c) { return o(i, a * e + c); },
                      attended(n, e, [&](size j) {
                          return product([&](size x) { return q(a, i, x); }, [&](size x) { return k(a, j, x); }, d) / std::sqrt(double(d));
                      }, [&](size j, size c) { return v(a, j, c); }, [&](size j) { return j <= i; }), n + d);
    }
}

/// (b,h,n,d) with fewer heads of keys, and a length for each batch.
BOOST_AUTO_TEST_CASE_TEMPLATE(groups_and_lengths, T, real_types) {
    generator g(seed());
    for (auto const& sizes : {std::array<size, 4>{1, 1, 1, 1}, {3, 5, 4, 2}, {17, 33, 6, 1}, {7, 97, 4, 4}}) {
        size const b = 3, n = sizes[0], m = sizes[1], h = sizes[2], groups = sizes[3], d = 8, e = 5;
        auto const q = make<batch_of_heads<T>>(g, -2, 2, b, h, n, d), k = make<batch_of_heads<T>>(g, -2, 2, b, groups, m, d);
        auto const v = make<batch_of_heads<T>>(g, -1, 1, b, groups, m, e);
        tensor<std::int32_t, dyn> lengths(b);
        for (size i = 0; i < b; ++i) lengths(i) = std::int32_t(i == 0 ? m : g.below(m + 1));     // none at all is possible
        auto const f = nn::grouped_attention(q, k, v, [&](auto s) { return nn::mask_lengths(s, lengths); });
        static_assert(decltype(plan(f))::passes == 1);
        batch_of_heads<T> o(b, h, n, e);
        verify("groups and lengths", f, nn::group_heads(o, groups), near<T>(m + d));
        for (size x = 0; x < b; ++x)
            for (size a = 0; a < h; ++a)
                for (size i = 0; i < n; i += 3) {
                    size const a_k = a / (h / groups);
                    agree<T>("groups and lengths", [&](size c) { return o(x, a, i, c); },
                          attended(m, e, [&](size j) {
                              return product([&](size y) { return q(x, a, i, y); }, [&](size y) { return k(x, a_k, j, y); }, d) / std::sqrt(double(d));
                          }, [&](size j, size c) { return v(x, a_k, j, c); }, [&](size j) { return j < size(lengths(x)); }), m + d);
                }
    }
}

}  // namespace
}  // namespace sinter::test
