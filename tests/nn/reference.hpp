// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "support/types.hpp"

#include <sinter/nn.hpp>

#include <vector>

/// Layers in plain loops in double, from their definitions.
namespace sinter::test {

struct rows {
    size n, width;
    std::vector<double> at;

    rows(size n_rows, size columns) : n(n_rows), width(columns), at(n * width) {}
    explicit rows(auto const& x) : rows(x.extent(0), x.extent(1)) {
        for (size i = 0; i < n; ++i)
            for (size j = 0; j < width; ++j) (*this)(i, j) = x(i, j);
    }
    double& operator()(size i, size j) { return at[i * width + j]; }
    double operator()(size i, size j) const { return at[i * width + j]; }
};

inline rows operator+(rows a, rows const& b) {
    for (size i = 0; i < a.at.size(); ++i) a.at[i] += b.at[i];
    return a;
}

inline rows line(rows const& x, auto const& w, auto const& b) {
    rows y(x.n, w.extent(1));
    for (size i = 0; i < y.n; ++i)
        for (size j = 0; j < y.width; ++j) {
            y(i, j) = b(j);
            for (size k = 0; k < x.width; ++k) y(i, j) += x(i, k) * w(k, j);
        }
    return y;
}

template <class T>
rows norm(rows x, nn::norm_weights<T> const& w) {
    for (size i = 0; i < x.n; ++i) {
        double mean = 0, square = 0;
        for (size j = 0; j < x.width; ++j) mean += x(i, j) / double(x.width);
        for (size j = 0; j < x.width; ++j) square += (x(i, j) - mean) * (x(i, j) - mean) / double(x.width);
        for (size j = 0; j < x.width; ++j) x(i, j) = (x(i, j) - mean) / std::sqrt(square + w.eps) * w.gamma(j) + w.beta(j);
    }
    return x;
}

template <class T>
rows heads(rows const& x, rows const& memory, nn::multi_head_weights<T> const& w, bool causal) {
    rows const q = line(x, w.w_q, w.b_q), k = line(memory, w.w_k, w.b_k), v = line(memory, w.w_v, w.b_v);
    size const d = q.width / w.heads, e = v.width / w.heads;
    rows o(x.n, v.width);
    for (size h = 0; h < w.heads; ++h)
        for (size i = 0; i < x.n; ++i) {
            double sum = 0;
            for (size j = 0; j < (causal ? i + 1 : memory.n); ++j) {
                double s = 0;
                for (size c = 0; c < d; ++c) s += q(i, h * d + c) * k(j, h * d + c);
                double const p = std::exp(s / std::sqrt(double(d)));
                sum += p;
                for (size c = 0; c < e; ++c) o(i, h * e + c) += p * v(j, h * e + c);
            }
            for (size c = 0; c < e; ++c) o(i, h * e + c) /= sum;
        }
    return line(o, w.w_o, w.b_o);
}

template <class T>
rows two_lines(rows const& x, nn::feed_forward_weights<T> const& w) {
    rows hidden = line(x, w.w_1, w.b_1);
    for (double& h : hidden.at) h = h / 2 * (1 + std::erf(h / std::sqrt(2.0)));
    return line(hidden, w.w_2, w.b_2);
}

/// x + part(norm(x)) or norm(x + part(x)).
template <class T>
rows residual(rows const& x, nn::norm_weights<T> const& w, nn::norm_order order, auto part) {
    return order == nn::norm_order::post ? norm(x + part(x), w) : x + part(norm(x, w));
}

inline void agree(char const* what, auto const& got, rows const& want, double allowed) {
    BOOST_REQUIRE(got.extent(0) == want.n && got.extent(1) == want.width);
    double worst = 0;
    for (size i = 0; i < want.n; ++i)
        for (size j = 0; j < want.width; ++j) worst = std::max(worst, std::abs(double(got(i, j)) - want(i, j)));
    BOOST_CHECK_MESSAGE(worst <= allowed, what << ": off by " << worst);
}

/// How far a layer in T may be off.
template <class T>
inline constexpr double near_layer = sizeof(T) == 4 ? 1e-4 : 1e-12;

// ---- random weights ---------------------------------------------------------------------------------------------------

/// Weights that live as long as this.
template <class T>
class weights {
    generator& g;
    std::vector<std::vector<T>> kept;

    T* numbers(size n, double largest, double around = 0) {
        auto& part = kept.emplace_back(n);
        fill(part, g, around - largest, around + largest);
        return part.data();
    }

public:
    explicit weights(generator& random) : g(random) {}

    nn::weight_matrix<T> matrix(size in, size out) { return nn::weight_matrix<T>(numbers(in * out, 1.5 / std::sqrt(double(in))), in, out); }
    nn::weight_vector<T> vector(size n, double around = 0) { return nn::weight_vector<T>(numbers(n, 0.5, around), n); }
    nn::norm_weights<T> norm(size width) { return {vector(width, 1), vector(width)}; }
    /// With h·d and h·e columns of queries and values.
    nn::multi_head_weights<T> heads(size width, size memory, size head_width, size value_width, size head_count) {
        return {matrix(width, head_width), vector(head_width), matrix(memory, head_width), vector(head_width),
                matrix(memory, value_width), vector(value_width), matrix(value_width, width), vector(width), head_count};
    }
    nn::multi_head_weights<T> heads(size width, size memory, size head_count) { return heads(width, memory, width, width, head_count); }
    nn::feed_forward_weights<T> lines(size width, size hidden) {
        return {matrix(width, hidden), vector(hidden), matrix(hidden, width), vector(width)};
    }
};

}  // namespace sinter::test
